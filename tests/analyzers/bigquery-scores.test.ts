import { describe, expect, test } from 'vitest';
import { DuckDbAdapter } from '../../orchestrator/adapters/duckdb.ts';
import { bigQueryDialect } from '../../orchestrator/dialects/bigquery.ts';
import type { Dialect } from '../../orchestrator/dialects/dialect.ts';
import { duckDbDialect } from '../../orchestrator/dialects/duckdb.ts';
import { createRegistry } from '../../orchestrator/scoring/registry.ts';
import { score } from '../../orchestrator/scoring/score.ts';
import type { ScoreAnswer, ScoreJob, ScoreStep, Scoring } from '../../orchestrator/scoring/step.ts';
import { createJob, drive, placeWorkTable, registry } from '../unit/scoring/drive-score.ts';
import { churn, clusters } from '../unit/scoring/sample-jobs.ts';
import { drawFeatures, drawTraining, loadTable } from '../unit/scoring/sample-tables.ts';
import { type AnalyzerRequest, analyze, analyzerMissing } from './bigquery-analyzer.ts';

const jobs: readonly (readonly [string, ScoreJob])[] = [
  ['logistic regression fitted here', churn],
  ['k-means fitted here', clusters],
  ['logistic regression fitted by SQL', createJob({ ...churn, config: { ...churn.config, fit_in: 'warehouse' } })],
  ['k-means fitted by SQL', createJob({ ...clusters, config: { ...clusters.config, fit_in: 'warehouse' } })],
];

describe.skipIf(analyzerMissing !== undefined)("BigQuery's scores as Google's analyzer sees them", () => {
  test.each(jobs)('every statement of %s is sound', { timeout: 180_000 }, async (_, job) => {
    const statements = [createRegistry(bigQueryDialect, registry), ...(await writeStatements(job))];
    const replies = await analyze([...tables(), ...statements.map(toRequest)]);
    const errors = replies.slice(tables().length).map(({ error }) => error);
    const problems = statements.flatMap((sql, i) => (errors[i] === undefined ? [] : [`${errors[i]}\n${sql}`]));
    expect(problems).toEqual([]);
    expect(statements.length).toBeGreaterThan(4);
  });
});

/** The statements BigQuery would get, where DuckDB gives the answers that the next ones depend on. */
async function writeStatements(job: ScoreJob): Promise<readonly string[]> {
  const adapter = new DuckDbAdapter({ type: 'duckdb', path: ':memory:' });
  await adapter.connect();
  try {
    const session = await adapter.openSession();
    await session.execute(duckDbDialect.createSchema(registry));
    await loadTable(session, duckDbDialect, 'training', drawTraining());
    await loadTable(session, duckDbDialect, 'features', drawFeatures());
    await session.execute(createRegistry(duckDbDialect, registry));
    const [asked, written] = [start(job, duckDbDialect), start(job, bigQueryDialect)];
    const statements: string[] = [];
    let [question, other] = [asked.next(), written.next()];
    while (question.done !== true && other.done !== true) {
      if ('sql' in other.value) statements.push(other.value.sql);
      const answer = await drive(askOnce(question.value), session);
      [question, other] = [asked.next(answer), written.next(answer)];
    }
    if (other.done !== true) throw new Error('BigQuery asks for more than DuckDB.');
    const { sql, statements: recorded } = other.value;
    return [...statements, sql, ...recorded];
  } finally {
    await adapter.close();
  }
}

function start(job: ScoreJob, dialect: Dialect) {
  return score({ ...job, workTable: placeWorkTable(job, dialect) }, dialect);
}

function* askOnce(step: ScoreStep): Scoring<ScoreAnswer> {
  return yield step;
}

function tables(): readonly AnalyzerRequest[] {
  return [['training', drawTraining()] as const, ['features', drawFeatures()] as const].map(([name, { columns }]) => ({
    table: ['scores', name],
    columns: columns.map(([column, type]) => [column, bigQueryDialect.typeName(type)] as const),
  }));
}

/** A table that a statement makes is known to those after it. */
function toRequest(sql: string): AnalyzerRequest {
  const created = /^create (?:or replace )?table (?:if not exists )?(`[^\s(]+`)/.exec(sql)?.[1];
  return created === undefined ? { sql } : { sql, into: created.slice(1, -1).split('`.`') };
}
