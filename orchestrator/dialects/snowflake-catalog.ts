import type { Relation } from '../manifest/relation.ts';
import { quoteSnowflakeText, renderSnowflakeRelation } from './snowflake-names.ts';

const relationType = [
  "case table_type when 'VIEW' then 'view' when 'MATERIALIZED VIEW' then 'materialized_view'",
  "    when 'EXTERNAL TABLE' then 'external' else 'table' end",
].join('\n');

/** A type with its length or digits, as it is written in DDL; text without a limit has the longest there is. */
const columnType = [
  "case data_type when 'TEXT' then 'varchar(' || character_maximum_length || ')'",
  "    when 'NUMBER' then 'number(' || numeric_precision || ',' || numeric_scale || ')'",
  '    else lower(data_type) end',
].join('\n');

const columnFacts = [
  'table_schema, table_name, column_name, ordinal_position, data_type,',
  '        character_maximum_length, numeric_precision, numeric_scale',
].join('\n');

/** Relations of the given schemas. Names are compared without case: projects write them in either. */
export function listSnowflakeRelations(schemas: readonly Pick<Relation, 'database' | 'schema'>[]): string {
  if (schemas.length === 0) return 'select null, null, null, null where false';
  const parts = groupByDatabase(schemas).map(({ database, members }) => {
    const names = new Set(members.map(({ schema }) => renderUpper(schema)));
    return [
      `select table_catalog, table_schema, table_name, ${relationType}`,
      `from ${catalogView(database, 'tables')}`,
      `where upper(table_schema) in (${[...names].join(', ')})`,
    ].join('\n');
  });
  return `${parts.join('\nunion all\n')}\norder by 1, 2, 3`;
}

/** Columns of the given relations in their order. */
export function listSnowflakeColumns(relations: readonly Relation[]): string {
  const parts = groupByDatabase(relations).map(({ database, members }) => {
    const pairs = members.map(({ schema, identifier }) => `(${renderUpper(schema)}, ${renderUpper(identifier)})`);
    return [
      `    select ${columnFacts}`,
      `    from ${catalogView(database, 'columns')}`,
      `    where (upper(table_schema), upper(table_name)) in (${pairs.join(', ')})`,
    ].join('\n');
  });
  return [
    `select table_schema, table_name, column_name, ${columnType}`,
    'from (',
    parts.join('\n    union all\n'),
    ') as found',
    'order by table_schema, table_name, ordinal_position',
  ].join('\n');
}

interface DatabaseGroup<Member> {
  readonly database: string | null;
  readonly members: Member[];
}

/** Each database has a catalog of its own. */
function groupByDatabase<Member extends Pick<Relation, 'database'>>(
  members: readonly Member[],
): DatabaseGroup<Member>[] {
  const groups = new Map<string | null, DatabaseGroup<Member>>();
  for (const member of members) {
    const key = member.database?.toUpperCase() ?? null;
    const group = groups.get(key) ?? { database: member.database, members: [] };
    group.members.push(member);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A name in upper case, made there by whoever also does it to the catalog's: JavaScript's for ß would be SS. */
function renderUpper(name: string): string {
  return /^[ -~]*$/.test(name) ? quoteSnowflakeText(name.toUpperCase()) : `upper(${quoteSnowflakeText(name)})`;
}

function catalogView(database: string | null, view: string): string {
  const prefix = database === null ? '' : `${renderSnowflakeRelation({ database, schema: '', identifier: '' })}.`;
  return `${prefix}information_schema.${view}`;
}
