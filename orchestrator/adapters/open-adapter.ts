import { StrataError } from '../errors.ts';
import { suggest } from '../nearest.ts';
import type { Adapter } from './adapter.ts';
import type { DuckDbOptions } from './duckdb.ts';
import type { PostgresOptions } from './postgres-connect.ts';

/** A target of profiles.yml as far as the adapters read it; `type` says which one. */
export type AdapterOptions = DuckDbOptions | PostgresOptions;

/** The adapter for a target, not yet connected. A client is loaded only when asked for: some take most of a second. */
export async function openAdapter(options: AdapterOptions): Promise<Adapter> {
  switch (options.type) {
    case 'duckdb':
      return new (await import('./duckdb.ts')).DuckDbAdapter(options);
    case 'postgres':
      return new (await import('./postgres.ts')).PostgresAdapter(options);
    default:
      throw unknownType(options satisfies never);
  }
}

const supported = ['duckdb', 'postgres'];

/** Reached only by a target that was not validated. */
function unknownType(options: { readonly type?: unknown }): StrataError {
  const type = String(options.type);
  const hint = suggest(type, supported, `Supported are ${supported.join(' and ')}.`);
  return new StrataError('profile-invalid', `Target type "${type}" is unknown.`, {}, { hint });
}
