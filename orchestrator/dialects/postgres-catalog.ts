import type { Relation } from '../manifest/relation.ts';
import { quoteText } from './quoting.ts';

/** The name under which a session sees its own temporary schema. */
export const TEMPORARY_SCHEMA = 'pg_temp';

const schemaName = `case when n.oid = pg_my_temp_schema() then '${TEMPORARY_SCHEMA}' else n.nspname end`;
/** The type of the relation in alias c, as an expression. */
export const relationType =
  "case c.relkind when 'v' then 'view' when 'm' then 'materialized_view' when 'f' then 'external' else 'table' end";
const isRelation = "c.relkind in ('r', 'p', 'v', 'm', 'f')";

/** Relations of the given schemas of the connected database. */
export function listPostgresRelations(schemas: readonly Pick<Relation, 'schema'>[]): string {
  const names = [...new Set(schemas.map(({ schema }) => quoteText(schema)))];
  const filter = names.length === 0 ? 'false' : `${schemaName} in (${names.join(', ')})`;
  return [
    `select current_database() as database, ${schemaName} as schema, c.relname as identifier, ${relationType} as type`,
    'from pg_catalog.pg_class as c',
    'inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace',
    `where ${isRelation} and ${filter}`,
    'order by 1, 2, 3',
  ].join('\n');
}

/** Columns of the given relations in their order. Names are joined, not listed in `in`, which is quadratic. */
export function listPostgresColumns(relations: readonly Relation[]): string {
  const pairs = relations.map(({ schema, identifier }) => `(${quoteText(schema)}, ${quoteText(identifier)})`);
  return [
    'select w.schema, w.identifier, a.attname as name, pg_catalog.format_type(a.atttypid, a.atttypmod) as type',
    `from (values ${pairs.join(', ')}) as w (schema, identifier)`,
    'inner join pg_catalog.pg_class as c on c.relname = w.identifier',
    `inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace and ${schemaName} = w.schema`,
    'inner join pg_catalog.pg_attribute as a on a.attrelid = c.oid',
    `where ${isRelation} and a.attnum > 0 and not a.attisdropped`,
    'order by 1, 2, a.attnum',
  ].join('\n');
}
