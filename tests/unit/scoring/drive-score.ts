import type { Session } from '../../../orchestrator/adapters/adapter.ts';
import type { Dialect } from '../../../orchestrator/dialects/dialect.ts';
import type { Relation } from '../../../orchestrator/manifest/relation.ts';
import type { CellValue } from '../../../orchestrator/manifest/results.ts';
import { parseScoreConfig } from '../../../orchestrator/scoring/parse-score-config.ts';
import { createRegistry } from '../../../orchestrator/scoring/registry.ts';
import { score } from '../../../orchestrator/scoring/score.ts';
import type { ScoreAnswer, ScoreJob, ScoreOutcome, ScoreStep, Scoring } from '../../../orchestrator/scoring/step.ts';

export const registry = { database: null, schema: 'scores', identifier: 'strata_models' };

/** A job with the settings a test does not care about. */
export function createJob(job: Pick<ScoreJob, 'name' | 'sql' | 'training'> & { readonly config: object }): ScoreJob {
  return {
    ...job,
    config: parseScoreConfig({ ...job.config }),
    place: { file: `models/scoring/${job.name}.sql` },
    registry,
    // Where a warehouse keeps temporary tables is its own: publishScore() asks it.
    workTable: { ...registry, identifier: `${job.name}_fit` },
    asOf: '2025-07-01',
    codeVersion: 'c0de',
    invocationId: 'run-1',
    startedAt: '2025-07-01 04:00:00',
  };
}

/** Runs scoring against a warehouse and publishes scores and registry, in one transaction where there is such a thing. */
export async function publishScore(job: ScoreJob, session: Session, dialect: Dialect): Promise<ScoreOutcome> {
  await session.execute(createRegistry(dialect, registry));
  const outcome = await drive(score({ ...job, workTable: placeWorkTable(job, dialect) }, dialect), session);
  const target = { database: null, schema: 'scores', identifier: job.name };
  // Elsewhere a table is put in place by a statement of its own.
  if (dialect.supportsTransactionalDdl) await session.begin();
  await session.execute(dialect.drop(target, 'table'));
  await session.execute(dialect.createTableAs(target, outcome.sql));
  for (const statement of outcome.statements) await session.execute(statement);
  if (dialect.supportsTransactionalDdl) await session.commit();
  return outcome;
}

/** Where a warehouse keeps the temporary table of a fit. */
export function placeWorkTable({ workTable }: ScoreJob, dialect: Dialect): Relation {
  return dialect.temporaryRelation(workTable.identifier, workTable);
}

/** Performs the steps of scoring, or of a part of it, against a warehouse. */
export async function drive<Result>(steps: Scoring<Result>, session: Session): Promise<Result> {
  let next = steps.next();
  while (next.done !== true) next = steps.next(await answer(next.value, session));
  return next.value;
}

/** What a warehouse says to one step. */
export async function answer(step: ScoreStep, session: Session): Promise<ScoreAnswer> {
  switch (step.kind) {
    case 'describe-query':
      return session.describeQuery(step.sql);
    case 'query':
      return session.query(step.sql);
    case 'read-numbers':
      return session.readNumbers(step.sql);
    case 'execute':
      return session.execute(step.sql);
    case 'progress':
      return undefined;
    default:
      return step satisfies never;
  }
}

/** Rows as objects, by column name. */
export async function readRows(session: Session, sql: string): Promise<readonly Readonly<Record<string, CellValue>>[]> {
  const { columns, rows } = await session.query(sql);
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column.name, row[i] ?? null])));
}
