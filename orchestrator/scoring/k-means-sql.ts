import type { Dialect } from '../dialects/dialect.ts';
import type { Column } from '../manifest/relation.ts';
import type { KMeansModel } from './model.ts';
import type { ScoredTable } from './scored-table.ts';
import {
  renderCte,
  renderDate,
  renderDouble,
  renderList,
  renderNull,
  renderNumber,
  renderQueryCte,
  renderTypedText,
} from './sql-text.ts';
import type { TransformInput } from './transform.ts';

/** What the table of clusters needs beside the model. */
export interface KMeansTable extends ScoredTable {
  /** Columns of the model's inputs in the rows to score, in their order. */
  readonly inputs: readonly Column[];
}

/** One select that gives every row its nearest cluster (the first of equals) and the distance to its centroid. */
export function renderKMeansSql(model: KMeansModel, table: KMeansTable, dialect: Dialect): string {
  const fence = dialect.needsMaterializedCtes ? 'as materialized' : 'as';
  const ctes = [
    renderQueryCte('scored_rows', table.sql),
    renderCte('inputs', renderInputs(model, table, dialect), fence),
    renderCte('standardised', renderStandardised(model, table), fence),
    renderCte('distances', renderDistances(model, table), fence),
    renderCte('assigned', renderAssigned(model), fence),
  ];
  return `with ${ctes.join(',\n\n')}\n\n${renderFinal(model, table, dialect)}`;
}

function renderInputs(model: KMeansModel, table: KMeansTable, dialect: Dialect): string {
  const keys = table.key.map((column, i) => `${dialect.quote(column.name)} as key_${i + 1}`);
  const inputs = model.transform.inputs.flatMap((input, i) => {
    const column = table.inputs[i];
    return column === undefined ? [] : [`${renderLogged(input, renderDouble(column, dialect))} as input_${i + 1}`];
  });
  return `select\n${renderList([...keys, ...inputs], 4)}\nfrom scored_rows`;
}

function renderLogged(input: TransformInput, value: string): string {
  if (input.kind !== 'number') return value;
  const filled = `coalesce(${value}, ${renderNumber(input.fill)})`;
  return input.log ? `sign(${filled}) * ln(1e+0 + abs(${filled}))` : filled;
}

function renderStandardised(model: KMeansModel, table: KMeansTable): string {
  const values = model.transform.inputs.map(
    (input, i) => `${renderStandard(input, `input_${i + 1}`)} as value_${i + 1}`,
  );
  return `select\n${renderList([...renderKeys(table), ...values], 4)}\nfrom inputs`;
}

function renderStandard(input: TransformInput, name: string): string {
  if (input.kind !== 'number' || input.deviation === 0) return `0e+0 * ${name}`;
  const { low, high, mean, deviation } = input;
  const clipped =
    low === null || high === null ? name : `least(greatest(${name}, ${renderNumber(low)}), ${renderNumber(high)})`;
  return `(${clipped} - ${renderNumber(mean)}) / ${renderNumber(deviation)}`;
}

function renderDistances(model: KMeansModel, table: KMeansTable): string {
  const distances = model.clusters.map((cluster, c) => {
    const squares = cluster.centroid.map((center, i) => {
      const difference = `(value_${i + 1} - ${renderNumber(center)})`;
      return `${difference} * ${difference}`;
    });
    return `${squares.join(' + ')} as distance_${c + 1}`;
  });
  return `select\n${renderList([...renderKeys(table), ...distances], 4)}\nfrom standardised`;
}

function renderAssigned(model: KMeansModel): string {
  const distances = model.clusters.map((_, c) => `distance_${c + 1}`);
  return `select\n    distances.*,\n    least(${distances.join(', ')}) as least_distance\nfrom distances`;
}

function renderFinal(model: KMeansModel, table: KMeansTable, dialect: Dialect): string {
  const pick = (value: (position: number) => string): string => {
    const cases = model.clusters.map((_, c) => `when distance_${c + 1} = least_distance then ${value(c)}`);
    return `case ${cases.join(' ')} end`;
  };
  const columns = [
    ...table.key.map((column, i) => `key_${i + 1} as ${dialect.quote(column.name)}`),
    `${pick((c) => dialect.renderLiteral(model.clusters[c]?.name ?? ''))} as cluster_name`,
    `'scored' as status`,
    `${renderTypedText(table.reason, dialect)} as status_reason`,
    `${renderTypedText(model.version, dialect)} as model_version`,
    `cast(${pick((c) => String(c + 1))} as ${dialect.typeName('integer')}) as cluster_id`,
    'sqrt(least_distance) as centroid_distance',
    `${renderDate(table.asOf, dialect)} as as_of`,
  ];
  return `select\n${renderList(columns, 4)}\nfrom assigned`;
}

function renderKeys(table: KMeansTable): readonly string[] {
  return table.key.map((_, i) => `key_${i + 1}`);
}

/** The same columns without a cluster, for rows that no model can place. */
export function renderUnscoredKMeansSql(table: ScoredTable & { readonly status: string }, dialect: Dialect): string {
  const columns = [
    ...table.key.map((column) => dialect.quote(column.name)),
    `${renderNull('string', dialect)} as cluster_name`,
    `${dialect.renderLiteral(table.status)} as status`,
    `${renderTypedText(table.reason, dialect)} as status_reason`,
    `${renderNull('string', dialect)} as model_version`,
    `${renderNull('integer', dialect)} as cluster_id`,
    `${renderNull('float', dialect)} as centroid_distance`,
    `${renderDate(table.asOf, dialect)} as as_of`,
  ];
  return `with ${renderQueryCte('scored_rows', table.sql)}\n\nselect\n${renderList(columns, 4)}\nfrom scored_rows`;
}
