import type { Installed, NotInstalled } from './python-tool.mjs';

export function ensureZetaSql(): Promise<Installed | NotInstalled>;
