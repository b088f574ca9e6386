import type { Relation } from '../manifest/relation.ts';
import { findRelation } from './postgres-dependents.ts';
import { quoteText, renderQuotedRelation } from './quoting.ts';

/** Indexes of plain columns that belong to no constraint. */
export function listPostgresIndexes(relation: Relation): string {
  return [
    'select i.relname as name, x.indisunique as is_unique, m.amname as method, (',
    '    select json_agg(a.attname order by k.place)::text',
    '    from unnest(x.indkey::int2[]) with ordinality as k (attnum, place)',
    '    inner join pg_catalog.pg_attribute as a on a.attrelid = x.indrelid and a.attnum = k.attnum',
    '    where k.place <= x.indnkeyatts',
    ') as columns',
    'from pg_catalog.pg_index as x',
    'inner join pg_catalog.pg_class as i on i.oid = x.indexrelid',
    'inner join pg_catalog.pg_am as m on m.oid = i.relam',
    `where x.indrelid = ${findRelation(relation)} and x.indpred is null and x.indexprs is null`,
    '    and not exists (select 1 from pg_catalog.pg_constraint as k where k.conindid = x.indexrelid)',
    'order by 1',
  ].join('\n');
}

/**
 * Statements that give a table the constraints of its successor. Keys that the successor lacks stay: tables of others
 * may refer to them.
 */
export function listPostgresConstraintChanges(relation: Relation, successor: Relation): string {
  const name = quoteText(renderQuotedRelation({ ...relation, database: null }));
  return [
    'with ends as (',
    `    select ${findRelation(relation)} as old, ${findRelation(successor)} as new, ${name} as name`,
    '),',
    'rules as (',
    '    select k.conrelid, k.conname, k.contype, pg_catalog.pg_get_constraintdef(k.oid) as definition',
    '    from pg_catalog.pg_constraint as k, ends as e',
    "    where k.conrelid in (e.old, e.new) and k.contype in ('c', 'u', 'p', 'f', 'x')",
    '),',
    'needed as (',
    '    select a.attrelid, a.attname,',
    '        exists (select 1 from pg_catalog.pg_index as x where x.indrelid = a.attrelid and x.indisprimary',
    '            and a.attnum = any (x.indkey::int2[])) as is_key',
    '    from pg_catalog.pg_attribute as a, ends as e',
    '    where a.attrelid in (e.old, e.new) and a.attnotnull and a.attnum > 0 and not a.attisdropped',
    ')',
    "select false as is_late, format('alter table %s drop constraint %I', e.name, r.conname) as statement",
    "from ends as e inner join rules as r on r.conrelid = e.old and r.contype = 'c'",
    'where not exists (select 1 from rules as s where s.conrelid = e.new and s.definition = r.definition)',
    'union all',
    "select false, format('alter table %s alter column %I drop not null', e.name, n.attname)",
    'from ends as e inner join needed as n on n.attrelid = e.old and not n.is_key',
    'where not exists (select 1 from needed as m where m.attrelid = e.new and m.attname = n.attname)',
    'union all',
    "select true, format('alter table %s add %s', e.name, r.definition)",
    'from ends as e inner join rules as r on r.conrelid = e.new',
    'where not exists (select 1 from rules as s where s.conrelid = e.old and s.definition = r.definition)',
    'union all',
    "select true, format('alter table %s alter column %I set not null', e.name, n.attname)",
    'from ends as e inner join needed as n on n.attrelid = e.new and not n.is_key',
    'where not exists (select 1 from needed as m where m.attrelid = e.old and m.attname = n.attname)',
    'order by 1, 2',
  ].join('\n');
}
