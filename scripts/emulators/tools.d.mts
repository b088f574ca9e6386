import type { Installed, NotInstalled } from './python-tool.mjs';

export function ensureEmulator(name: 'bigquery' | 'snowflake'): Promise<Installed | NotInstalled>;
export function ensureEmulators(): Promise<void>;
