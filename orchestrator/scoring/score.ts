import type { Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import { scoreClusters } from './score-clusters.ts';
import { scoreProbabilities } from './score-probabilities.ts';
import { trimQuery } from './sql-text.ts';
import type { ScoreJob, ScoreOutcome, ScoreRows, Scoring } from './step.ts';

/**
 * Fits a score node's model, judges it, and gives the query that scores the rows in the warehouse with the statements
 * that record the model. A further estimator is one more case here.
 */
export function* score(given: ScoreJob, dialect: Dialect): Scoring<ScoreOutcome> {
  const { config } = given;
  const asOf = findAsOf(given);
  const job = { ...given, sql: trimQuery(given.sql) };
  switch (config.estimator) {
    case 'logistic_regression':
      return yield* scoreProbabilities(job, config, asOf, dialect);
    case 'kmeans':
      return yield* scoreClusters(job, config, asOf, dialect);
    default:
      return config satisfies never;
  }
}

/** The day up to which facts count. Throws `score-invalid` where nothing tells it. */
export function findAsOf(job: ScoreRows): string {
  const asOf = job.config.as_of ?? job.asOf;
  if (asOf !== null) return asOf.slice(0, 10);
  const hint = 'Set the variable as_of_date, or "as_of" in the config.';
  throw new StrataError('score-invalid', `score: no as_of date for "${job.name}".`, job.place, { hint });
}
