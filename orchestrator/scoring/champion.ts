import * as z from 'zod';
import type { Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import type { ResultTable } from '../manifest/results.ts';
import type { FittedModel } from './model.ts';
import { renderDate } from './sql-text.ts';
import type { ScoreJob } from './step.ts';

const scale = { mean: z.number(), deviation: z.number() };

const transformSchema = z.object({
  inputs: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('number'),
        name: z.string(),
        log: z.boolean(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        fill: z.number(),
        ...scale,
        missing: z.object(scale).nullable(),
      }),
      z.object({
        kind: z.literal('category'),
        name: z.string(),
        reference: z.string(),
        levels: z.array(z.object({ value: z.string(), ...scale })),
      }),
    ]),
  ),
});

const modelSchema = z.discriminatedUnion('estimator', [
  z.object({
    estimator: z.literal('logistic_regression'),
    version: z.string(),
    transform: transformSchema,
    intercept: z.number(),
    coefficients: z.array(z.number()),
  }),
  z.object({
    estimator: z.literal('kmeans'),
    version: z.string(),
    transform: transformSchema,
    clusters: z.array(
      z.object({
        name: z.string(),
        centroid: z.array(z.number()),
        size: z.number(),
        profile: z.record(z.string(), z.number().nullable()),
      }),
    ),
  }),
]);

/**
 * The query for the champion at a date: the latest model promoted up to then, other than the version at hand, so that a
 * rebuilt day is judged against the same model as on its first day.
 */
export function renderChampionQuery(job: ScoreJob, asOf: string, version: string, dialect: Dialect): string {
  return [
    'select version, transform, coefficients, metrics',
    `from ${dialect.renderRelation(job.registry)}`,
    `where name = ${dialect.renderLiteral(job.name)}`,
    `    and estimator = ${dialect.renderLiteral(job.config.estimator)}`,
    "    and status = 'champion'",
    `    and as_of <= ${renderDate(asOf, dialect)}`,
    `    and version <> ${dialect.renderLiteral(version)}`,
    'order by as_of desc, fitted_at desc, version',
    'limit 1',
  ].join('\n');
}

const metricsSchema = z.object({ auc: z.number().nullish() });

/** The model promoted before, and the validation AUC it had when it was fitted (null for estimators without one). */
export interface Champion {
  readonly model: FittedModel;
  readonly auc: number | null;
}

/** The model in the answer to that query; null where there is none. */
export function readChampion(job: ScoreJob, answer: ResultTable): Champion | null {
  const [row] = answer.rows;
  if (row === undefined) return null;
  const [version = '', transform = '', coefficients = '', metrics = ''] = row.map(String);
  try {
    const stored = { ...JSON.parse(coefficients), transform: JSON.parse(transform) };
    const model = modelSchema.parse({ ...stored, estimator: job.config.estimator, version });
    return { model, auc: metricsSchema.parse(JSON.parse(metrics)).auc ?? null };
  } catch (cause) {
    const message = `score: model ${version} of "${job.name}" in ${job.registry.identifier} cannot be read.`;
    const hint = 'Delete its row, or set its status to rejected.';
    throw new StrataError('score-invalid', message, job.place, { hint, cause });
  }
}
