import type { Dialect } from '../dialects/dialect.ts';
import { mostRowsHere } from './fit-place.ts';
import { findClassifierColumns } from './read-classifier-rows.ts';
import {
  renderLevelsQuery,
  renderPeriodsQuery,
  renderReadQuery,
  renderScoredInputsQuery,
  type ScoredSource,
} from './reading-sql.ts';
import { findAsOf } from './score.ts';
import { findClusterColumns } from './score-clusters.ts';
import type { KMeansConfig, LogisticConfig, ScoreConfig } from './score-config.ts';
import { trimQuery } from './sql-text.ts';
import type { ScoreRows, Scoring } from './step.ts';

/** What a fit reads of the project's tables, beside the query of the node. */
export interface FitReadings {
  readonly queries: readonly string[];
  /** What it may read besides, which only running it can tell; null where that is nothing. */
  readonly omitted: string | null;
}

/**
 * Tells what a fit would read, without running anything: steps only ask for columns. A fit in the warehouse reads the
 * same rows to copy their inputs, and goes through the copy then.
 */
export function* listReadings(given: ScoreRows, dialect: Dialect): Scoring<FitReadings> {
  const { config } = given;
  const asOf = findAsOf(given);
  const rows = { ...given, sql: trimQuery(given.sql) };
  const omitted = describeOmitted(config);
  switch (config.estimator) {
    case 'logistic_regression':
      return { queries: yield* listClassifierReadings(rows, config, asOf, dialect), omitted };
    case 'kmeans':
      return { queries: yield* listClusterReadings(rows, config, asOf, dialect), omitted };
    default:
      return config satisfies never;
  }
}

function* listClassifierReadings(
  rows: ScoreRows,
  config: LogisticConfig,
  asOf: string,
  dialect: Dialect,
): Scoring<readonly string[]> {
  const { source, ...columns } = yield* findClassifierColumns(rows, config, asOf, dialect);
  // The levels are not known yet, but their columns are read whatever they are.
  const levels = columns.trainingCategories.map((column) => ({ column, levels: [''] }));
  const scored: ScoredSource = {
    sql: rows.sql,
    key: columns.scoredKey,
    numbers: columns.scoredNumbers,
    categories: columns.scoredCategories.map((column) => ({ column, levels: [''] })),
  };
  return [
    renderPeriodsQuery(source, dialect),
    ...(levels.length === 0 ? [] : [renderLevelsQuery(source, columns.trainingCategories, null, dialect)]),
    renderReadQuery(source, columns.trainingNumbers, levels, dialect),
    renderScoredInputsQuery(scored, null, dialect),
  ];
}

function* listClusterReadings(
  rows: ScoreRows,
  config: KMeansConfig,
  asOf: string,
  dialect: Dialect,
): Scoring<readonly string[]> {
  const { source, numbers, scored } = yield* findClusterColumns(rows, config, asOf, dialect);
  const fit = [renderPeriodsQuery(source, dialect), renderReadQuery(source, numbers, [], dialect)];
  if (rows.training === null) return fit;
  const key = scored.findAll(config.entity_key);
  const inputs = { sql: rows.sql, key, numbers: scored.findNumbers(config.features), categories: [] };
  return [...fit, renderScoredInputsQuery(inputs, null, dialect)];
}

function describeOmitted({ fit_in: place, estimator }: ScoreConfig): string | null {
  const passes = 'the passes of its fit over a copy of the inputs';
  if (place === 'local') return null;
  return place === 'warehouse' ? passes : `${passes}, made above ${mostRowsHere[estimator]} rows`;
}
