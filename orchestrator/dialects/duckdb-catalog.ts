import type { Relation } from '../manifest/relation.ts';
import { quoteText } from './quoting.ts';

/** Relations of the given schemas. Names are compared without case, as DuckDB does. */
export function listDuckDbRelations(schemas: readonly Pick<Relation, 'database' | 'schema'>[]): string {
  const wanted = schemas.map((schema) => `(${renderDatabase(schema)}, ${renderName(schema.schema)})`);
  const filter = renderFilter('(lower(database_name), lower(schema_name))', wanted);
  return [
    "select database_name as database, schema_name as schema, table_name as identifier, 'table' as type",
    `from duckdb_tables() where not internal and ${filter}`,
    'union all',
    "select database_name, schema_name, view_name, 'view'",
    `from duckdb_views() where not internal and ${filter}`,
    'order by 1, 2, 3',
  ].join('\n');
}

/** Columns of the given relations in their order. */
export function listDuckDbColumns(relations: readonly Relation[]): string {
  const wanted = relations.map(
    (relation) => `(${renderDatabase(relation)}, ${renderName(relation.schema)}, ${renderName(relation.identifier)})`,
  );
  return [
    'select c.schema_name as schema, c.table_name as identifier, c.column_name as name, c.data_type as type',
    'from duckdb_columns() as c',
    `inner join (values ${wanted.join(', ')}) as w (database, schema, identifier)`,
    '    on lower(c.database_name) = w.database and lower(c.schema_name) = w.schema',
    '    and lower(c.table_name) = w.identifier',
    'order by 1, 2, c.column_index',
  ].join('\n');
}

function renderDatabase(relation: Pick<Relation, 'database'>): string {
  return relation.database === null ? 'lower(current_database())' : renderName(relation.database);
}

function renderName(name: string): string {
  return quoteText(name.toLowerCase());
}

function renderFilter(columns: string, wanted: readonly string[]): string {
  return wanted.length === 0 ? 'false' : `${columns} in (${wanted.join(', ')})`;
}
