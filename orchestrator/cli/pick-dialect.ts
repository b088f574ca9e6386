import type { Credentials } from '../config/profile-schema.ts';
import type { Dialect } from '../dialects/dialect.ts';

/** The dialect of a target, without loading the client that connects to it. */
export async function pickDialect(type: Credentials['type']): Promise<Dialect> {
  switch (type) {
    case 'duckdb':
      return (await import('../dialects/duckdb.ts')).duckDbDialect;
    case 'postgres':
      return (await import('../dialects/postgres.ts')).postgresDialect;
    default:
      return type satisfies never;
  }
}
