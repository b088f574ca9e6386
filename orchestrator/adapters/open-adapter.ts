import { StrataError } from '../errors.ts';
import { suggest } from '../nearest.ts';
import type { Adapter } from './adapter.ts';
import type { DuckDbOptions } from './duckdb.ts';

/** A target of profiles.yml as far as the adapters read it; `type` says which one. */
export type AdapterOptions = DuckDbOptions;

type Factory = (options: AdapterOptions) => Promise<Adapter>;

/** A warehouse's client is loaded only when a target asks for it: some take most of a second. */
const factories = new Map<string, Factory>([
  ['duckdb', async (options) => new (await import('./duckdb.ts')).DuckDbAdapter(options)],
]);

/** The adapter for a target, not yet connected. */
export async function openAdapter(options: AdapterOptions): Promise<Adapter> {
  const open = factories.get(options.type);
  if (open !== undefined) return open(options);
  const known = [...factories.keys()];
  const fallback = `Supported are ${known.join(' and ')}.`;
  throw new StrataError(
    'profile-invalid',
    `Target type "${options.type}" is unknown.`,
    {},
    {
      hint: suggest(String(options.type), known, fallback),
    },
  );
}
