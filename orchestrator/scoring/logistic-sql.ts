import type { Dialect } from '../dialects/dialect.ts';
import type { Column } from '../manifest/relation.ts';
import type { LogisticModel } from './model.ts';
import { renderReasons } from './reasons-sql.ts';
import type { ScoredTable } from './scored-table.ts';
import {
  renderCte,
  renderDate,
  renderDouble,
  renderLevel,
  renderList,
  renderNull,
  renderNumber,
  renderQueryCte,
  renderTypedText,
} from './sql-text.ts';
import { type CategoryInput, type NumberInput, type Scale, standardise } from './transform.ts';

/** What the scored table of a classifier needs beside the model. */
export interface LogisticTable extends ScoredTable {
  /** Columns of the model's inputs in the rows to score, in their order. */
  readonly inputs: readonly Column[];
  readonly eligible: Column | null;
  /** Band name → lowest percentile. */
  readonly bands: Readonly<Record<string, number>>;
}

/**
 * One select that scores every row in the warehouse: transform, contributions (coefficient × standardised value, summed
 * per feature), logit, probability, percentile, band and the three features that push the probability up most.
 */
export function renderLogisticSql(model: LogisticModel, table: LogisticTable, dialect: Dialect): string {
  const fence = dialect.needsMaterializedCtes ? 'as materialized' : 'as';
  const features = model.transform.inputs.map((input) => input.name);
  const reasons = renderReasons(features, 'probabilities', { fence, dialect });
  const ctes = [
    renderQueryCte('scored_rows', table.sql),
    renderCte('inputs', renderInputs(model, table, dialect)),
    renderCte('contributions', renderContributions(model, table, dialect), fence),
    renderCte('probabilities', renderProbabilities(model, dialect), fence),
    ...reasons.ctes,
    renderCte('ranked', renderRanked(reasons.last), fence),
  ];
  return `with ${ctes.join(',\n\n')}\n\n${renderFinal(model, table, reasons.columns, dialect)}`;
}

function renderInputs(model: LogisticModel, table: LogisticTable, dialect: Dialect): string {
  const keys = table.key.map((column, i) => `${dialect.quote(column.name)} as key_${i + 1}`);
  const inputs = model.transform.inputs.flatMap((input, i) => {
    const column = table.inputs[i];
    if (column === undefined) return [];
    const value = input.kind === 'number' ? renderDouble(column, dialect) : renderLevel(column, dialect);
    return [`${value} as input_${i + 1}`];
  });
  const { eligible } = table;
  const isEligible = eligible === null ? 'true' : `coalesce(${dialect.quote(eligible.name)}, false)`;
  return `select\n${renderList([...keys, ...inputs, `${isEligible} as is_eligible`], 4)}\nfrom scored_rows`;
}

function renderContributions(model: LogisticModel, table: LogisticTable, dialect: Dialect): string {
  const keys = table.key.map((_, i) => `key_${i + 1}`);
  let next = 0;
  const takeCoefficient = (): number => model.coefficients[next++] ?? 0;
  const contributions = model.transform.inputs.map((input, i) => {
    const name = `input_${i + 1}`;
    const sql =
      input.kind === 'number'
        ? renderNumberContribution(input, name, takeCoefficient)
        : renderCategoryContribution(input, { name, takeCoefficient }, dialect);
    return `cast(${sql} as ${dialect.typeName('float')}) as feature_${i + 1}`;
  });
  return `select\n${renderList([...keys, ...contributions, 'is_eligible'], 4)}\nfrom inputs`;
}

function renderNumberContribution(input: NumberInput, name: string, takeCoefficient: () => number): string {
  const filled = `coalesce(${name}, ${renderNumber(input.fill)})`;
  const value = renderTerm(filled, input, takeCoefficient());
  const { missing } = input;
  if (missing === null) return value;
  // A flag has two values, so its terms are worked out here: a warehouse may take literals alone for decimals.
  const coefficient = takeCoefficient();
  const [present, absent] = [0, 1].map((flag) => renderNumber(coefficient * standardise(flag, missing)));
  return `${value} + case when ${name} is null then ${absent} else ${present} end`;
}

function renderTerm(value: string, scale: Scale, coefficient: number): string {
  // A column that did not vary in training says nothing; multiplying keeps the type.
  if (scale.deviation === 0) return `0e+0 * (${value})`;
  const standard = `(${value} - ${renderNumber(scale.mean)}) / ${renderNumber(scale.deviation)}`;
  return `${renderNumber(coefficient)} * (${standard})`;
}

/** All columns of a category together have one value per level, so they are summed here. */
function renderCategoryContribution(
  input: CategoryInput,
  { name, takeCoefficient }: { readonly name: string; readonly takeCoefficient: () => number },
  dialect: Dialect,
): string {
  const coefficients = input.levels.map(takeCoefficient);
  const contributionOf = (value: string | null): number =>
    input.levels.reduce(
      (sum, level, i) => sum + (coefficients[i] ?? 0) * standardise(level.value === value ? 1 : 0, level),
      0,
    );
  const others = renderNumber(contributionOf(null));
  if (input.levels.length === 0) return others;
  const cases = input.levels.map(
    (level) => `when ${dialect.renderLiteral(level.value)} then ${renderNumber(contributionOf(level.value))}`,
  );
  return `case ${name} ${cases.join(' ')} else ${others} end`;
}

function renderProbabilities(model: LogisticModel, dialect: Dialect): string {
  const terms = model.transform.inputs.map((_, i) => `feature_${i + 1}`);
  const logit = [renderNumber(model.intercept), ...terms].join(' + ');
  const double = dialect.typeName('float');
  const up = '1e+0 / (1e+0 + exp(-least(logit, 7e+2)))';
  const down = 'exp(greatest(logit, -7e+2)) / (1e+0 + exp(greatest(logit, -7e+2)))';
  return [
    'select',
    '    logits.*,',
    `    case when is_eligible then case when logit >= 0 then ${up} else ${down} end end as probability`,
    'from (',
    '    select',
    '        contributions.*,',
    `        cast(${logit} as ${double}) as logit`,
    '    from contributions',
    ') as logits',
  ].join('\n');
}

function renderRanked(from: string): string {
  const rank = 'percent_rank() over (partition by is_eligible order by probability)';
  return `select\n    ${from}.*,\n    case when is_eligible then ${rank} end as percentile\nfrom ${from}`;
}

function renderFinal(
  model: LogisticModel,
  table: LogisticTable,
  reasons: { readonly names: readonly string[]; readonly values: readonly string[] },
  dialect: Dialect,
): string {
  const columns = [
    ...table.key.map((column, i) => `key_${i + 1} as ${dialect.quote(column.name)}`),
    `${renderBand(table.bands, dialect)} as band`,
    `case when is_eligible then 'scored' else 'not_eligible' end as status`,
    `${renderTypedText(table.reason, dialect)} as status_reason`,
    ...reasons.names.map((sql, i) => `${sql} as top_feature_${i + 1}`),
    `${renderTypedText(model.version, dialect)} as model_version`,
    'probability',
    'percentile',
    ...reasons.values.map((sql, i) => `${sql} as top_contribution_${i + 1}`),
    'is_eligible',
    `${renderDate(table.asOf, dialect)} as as_of`,
  ];
  return `select\n${renderList(columns, 4)}\nfrom ranked`;
}

function renderBand(bands: Readonly<Record<string, number>>, dialect: Dialect): string {
  const cases = Object.entries(bands)
    .sort(([, a], [, b]) => b - a)
    .map(([name, least]) => `when percentile >= ${renderNumber(least)} then ${dialect.renderLiteral(name)}`);
  return `case ${cases.join(' ')} end`;
}

/** The same columns without a single figure, for rows that no model can score. */
export function renderUnscoredLogisticSql(
  table: Omit<LogisticTable, 'inputs' | 'bands'> & { readonly status: string },
  dialect: Dialect,
): string {
  const text = renderNull('string', dialect);
  const float = renderNull('float', dialect);
  const { eligible } = table;
  const isEligible = eligible === null ? 'true' : `coalesce(${dialect.quote(eligible.name)}, false)`;
  const columns = [
    ...table.key.map((column) => dialect.quote(column.name)),
    `${text} as band`,
    `case when ${isEligible} then ${dialect.renderLiteral(table.status)} else 'not_eligible' end as status`,
    `${renderTypedText(table.reason, dialect)} as status_reason`,
    ...[1, 2, 3].map((i) => `${text} as top_feature_${i}`),
    `${text} as model_version`,
    `${float} as probability`,
    `${float} as percentile`,
    ...[1, 2, 3].map((i) => `${float} as top_contribution_${i}`),
    `${isEligible} as is_eligible`,
    `${renderDate(table.asOf, dialect)} as as_of`,
  ];
  return `with ${renderQueryCte('scored_rows', table.sql)}\n\nselect\n${renderList(columns, 4)}\nfrom scored_rows`;
}
