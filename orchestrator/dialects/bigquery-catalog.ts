import type { Relation } from '../manifest/relation.ts';
import { quoteBigQuery, quoteBigQueryText } from './bigquery-quoting.ts';

type Dataset = Pick<Relation, 'database' | 'schema'>;

/** Relations of the given datasets. A clone is a table like any other. */
export function listBigQueryRelations(datasets: readonly Dataset[]): string {
  const selects = distinct(datasets).map((dataset) =>
    [
      'select table_catalog as database, table_schema as schema, table_name as identifier, case table_type',
      "    when 'VIEW' then 'view' when 'MATERIALIZED VIEW' then 'materialized_view'",
      "    when 'EXTERNAL' then 'external' else 'table' end as type",
      `from ${renderView(dataset, 'TABLES')}`,
    ].join('\n'),
  );
  if (selects.length === 0) return "select '' as database, '' as schema, '' as identifier, '' as type limit 0";
  return `${selects.join('\nunion all\n')}\norder by 1, 2, 3`;
}

/** Columns of the given relations in their order; what BigQuery adds for itself has no place in it. */
export function listBigQueryColumns(relations: readonly Relation[]): string {
  const selects = distinct(relations).map((dataset) => {
    const names = relations.filter((relation) => isIn(dataset, relation)).map(({ identifier }) => identifier);
    return [
      'select table_schema as schema, table_name as identifier, column_name as name, data_type as type,',
      '    ordinal_position as place',
      `from ${renderView(dataset, 'COLUMNS')}`,
      `where ordinal_position is not null and table_name in (${names.map(quoteBigQueryText).join(', ')})`,
    ].join('\n');
  });
  return [
    'select schema, identifier, name, type',
    `from (\n${selects.join('\nunion all\n')}\n)`,
    'order by schema, identifier, place',
  ].join('\n');
}

function renderView({ database, schema }: Dataset, view: string): string {
  const parts = database === null ? [schema] : [database, schema];
  return `${parts.map(quoteBigQuery).join('.')}.INFORMATION_SCHEMA.${view}`;
}

/** Names of datasets tell case apart. */
function distinct(datasets: readonly Dataset[]): readonly Dataset[] {
  return datasets.filter((dataset, i) => datasets.findIndex((other) => isIn(other, dataset)) === i);
}

function isIn(dataset: Dataset, other: Dataset): boolean {
  return dataset.database === other.database && dataset.schema === other.schema;
}
