import type { Relation } from '../manifest/relation.ts';
import { quoteText, renderQuotedRelation } from './quoting.ts';

/** The name under which a session sees its own temporary schema. */
export const TEMPORARY_SCHEMA = 'pg_temp';

const schemaName = `case when n.oid = pg_my_temp_schema() then '${TEMPORARY_SCHEMA}' else n.nspname end`;
const relationType =
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

/**
 * Views and materialized views, whoever owns them, whose query reads the relation. The rule that holds a view's query
 * depends on each column it names; on the relation alone where it names none (count(*)) or the whole row.
 */
export function listPostgresDependents(relation: Relation): string {
  const name = quoteText(renderQuotedRelation({ ...relation, database: null }));
  return [
    `select current_database() as database, n.nspname as schema, c.relname as identifier, ${relationType} as type,`,
    '    pg_catalog.pg_get_userbyid(c.relowner) as owner, pg_catalog.pg_get_viewdef(c.oid) as definition,',
    "    coalesce(json_agg(distinct a.attname) filter (where a.attname is not null), '[]')::text as columns",
    'from pg_catalog.pg_depend as d',
    'inner join pg_catalog.pg_rewrite as r on r.oid = d.objid',
    'inner join pg_catalog.pg_class as c on c.oid = r.ev_class',
    'inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace',
    'left join pg_catalog.pg_attribute as a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid and a.attnum > 0',
    `where d.refobjid = to_regclass(${name})`,
    "    and d.refclassid = 'pg_catalog.pg_class'::regclass and d.classid = 'pg_catalog.pg_rewrite'::regclass",
    '    and c.oid <> d.refobjid',
    'group by c.oid, c.relname, c.relkind, c.relowner, n.nspname',
    'order by 2, 3',
  ].join('\n');
}
