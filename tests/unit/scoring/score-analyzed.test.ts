import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Adapter, Session } from '../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import { bigQueryDialect } from '../../../orchestrator/dialects/bigquery.ts';
import type { Dialect, LogicalType } from '../../../orchestrator/dialects/dialect.ts';
import { snowflakeDialect } from '../../../orchestrator/dialects/snowflake.ts';
import { createRegistry } from '../../../orchestrator/scoring/registry.ts';
import { score } from '../../../orchestrator/scoring/score.ts';
import type { ScoreAnswer, ScoreJob, ScoreOutcome, Scoring } from '../../../orchestrator/scoring/step.ts';
import { type AnalyzerRequest, analyze, analyzerMissing } from '../../analyzers/bigquery-analyzer.ts';
import {
  listProblems,
  type ReadableStatement,
  readerMissing,
  readSnowflake,
} from '../../analyzers/snowflake-reader.ts';
import { answer, createJob, registry } from './drive-score.ts';
import { churn, clusters } from './sample-jobs.ts';
import { drawFeatures, drawTraining, loadTable } from './sample-tables.ts';

let adapter: Adapter;
let session: Session;

beforeAll(async () => {
  adapter = new DuckDbAdapter({ type: 'duckdb', path: ':memory:' });
  await adapter.connect();
  session = await adapter.openSession();
  await session.execute('create schema scores');
  await session.execute(createRegistry(adapter.dialect, registry));
  await loadTable(session, adapter.dialect, 'training', drawTraining());
  await loadTable(session, adapter.dialect, 'features', drawFeatures());
});

afterAll(() => adapter.close());

const jobs = [
  ['a classifier', churn, { fit_in: 'local' }],
  ['a classifier', churn, { fit_in: 'warehouse' }],
  ['a classifier of too few rows', churn, { gates: { min_positives: 1_000_000 } }],
  ['clusters', clusters, { fit_in: 'local' }],
  ['clusters', clusters, { fit_in: 'warehouse', params: { k: 4 } }],
  ['clusters of other rows', clusters, { fit_in: 'warehouse', training: 'training', params: { k: 3 } }],
  ['clusters of too few rows', clusters, { gates: { min_rows: 1_000_000 } }],
] as const;

interface Statement {
  /** The table it makes; null for a query. */
  readonly makes: string | null;
  readonly sql: string;
}

/** What a dialect would be asked and told: DuckDB answers in its place, step by step. */
async function collect(given: ScoreJob, dialect: Dialect): Promise<readonly Statement[]> {
  const job = { ...given, training: given.config.training === undefined ? null : 'scores.training' };
  const local = score({ ...job, workTable: adapter.dialect.temporaryRelation('work', registry) }, adapter.dialect);
  const remote = score({ ...job, workTable: { ...registry, identifier: 'work' } }, withPlainTables(dialect));
  const statements: Statement[] = [];
  const outcome = await followBoth(local, remote, (sql) => statements.push({ makes: readMade(sql), sql }), dialect);
  statements.push({ makes: null, sql: outcome.sql });
  for (const sql of outcome.statements) statements.push({ makes: null, sql });
  return statements.map(({ makes, sql }) => ({ makes, sql: makes === null ? sql : sql.slice(sql.indexOf('\n') + 1) }));
}

/** The query of a new table stands alone below a line of ours, since it is the query that is analysed. */
function withPlainTables(dialect: Dialect): Dialect {
  return { ...dialect, createTableAs: (relation, sql) => `-- makes ${relation.identifier}\n${sql}` };
}

function readMade(sql: string): string | null {
  return /^-- makes (\w+)/.exec(sql)?.[1] ?? null;
}

async function followBoth(
  local: Scoring<ScoreOutcome>,
  remote: Scoring<ScoreOutcome>,
  note: (sql: string) => void,
  dialect: Dialect,
): Promise<ScoreOutcome> {
  let asked = local.next();
  let shown = remote.next();
  while (asked.done !== true && shown.done !== true) {
    expect(shown.value.kind).toBe(asked.value.kind);
    if (shown.value.kind !== 'progress') note(shown.value.sql);
    const answered = await answer(asked.value, session);
    asked = local.next(answered);
    shown = remote.next(translate(answered, dialect));
  }
  if (shown.done !== true) throw new Error('the steps differ between dialects');
  return shown.value;
}

/** Columns as the other warehouse would describe them. */
function translate(answered: ScoreAnswer, dialect: Dialect): ScoreAnswer {
  if (!Array.isArray(answered)) return answered;
  return answered.map((part) => ('type' in part ? { ...part, type: dialect.typeName(logical(part.type)) } : part));
}

function logical(type: string): LogicalType {
  const types = ['boolean', 'integer', 'bigint', 'float', 'string', 'date', 'timestamp'] as const;
  const found = types.find((one) => adapter.dialect.isSameType(adapter.dialect.typeName(one), type));
  if (found === undefined) throw new Error(`no type ${type}`);
  return found;
}

const registryColumns = [
  ...['name', 'version', 'estimator', 'status', 'status_reason', 'parameters', 'transform', 'coefficients', 'metrics'],
  ...['code_version', 'invocation_id', 'training_rows', 'training_positives', 'validation_rows', 'as_of'],
  ...['training_from', 'training_to', 'validation_from', 'validation_to', 'fitted_at'],
].map((name): readonly [string, LogicalType] => {
  if (/_(rows|positives)$/.test(name)) return [name, 'bigint'];
  if (/^as_of$|_(from|to)$/.test(name)) return [name, 'date'];
  return [name, name === 'fitted_at' ? 'timestamp' : 'string'];
});

const tables = [
  ['training', drawTraining().columns],
  ['features', drawFeatures().columns],
  ['strata_models', registryColumns],
] as const;

describe("what scoring asks, as BigQuery's own analyzer reads it", () => {
  it.skipIf(analyzerMissing !== undefined).each(jobs)('is sound for %s: %#', async (_title, job, changes) => {
    const collected = await collect(createJob({ ...job, config: { ...job.config, ...changes } }), bigQueryDialect);
    // The analyzer's tables have a project.
    const statements = collected.map(({ makes, sql }) => ({
      makes,
      sql: sql.replaceAll(/`?scores`?\./g, 'db.scores.'),
    }));
    const known = tables.map(
      ([name, columns]): AnalyzerRequest => ({
        table: ['db', 'scores', name],
        columns: columns.map(([column, type]) => [column, bigQueryDialect.typeName(type)] as const),
      }),
    );
    const asked = statements.map(
      ({ makes, sql }): AnalyzerRequest => (makes === null ? { sql } : { sql, into: ['db', 'scores', makes] }),
    );
    const replies = (await analyze([...known, ...asked])).slice(known.length);
    expect(replies.flatMap(({ error }, i) => (error === undefined ? [] : [`${error}\n${statements[i]?.sql}`]))).toEqual(
      [],
    );
  });
});

describe('what scoring asks, as an independent reader of Snowflake reads it', () => {
  it.skipIf(readerMissing !== undefined).each(jobs)('is sound for %s: %#', async (_title, job, changes) => {
    const statements = await collect(createJob({ ...job, config: { ...job.config, ...changes } }), snowflakeDialect);
    const relation = (identifier: string) => ({ database: '', schema: 'scores', identifier });
    const known = tables.map(
      ([name, columns]): ReadableStatement => ({
        ...{ name, sql: '', relation: relation(name) },
        columns: columns.map(([column]) => column),
      }),
    );
    const asked = statements.map(({ makes, sql }, i): ReadableStatement => {
      const named = { name: `statement ${i + 1}`, sql };
      return makes === null ? named : { ...named, relation: relation(makes) };
    });
    expect(listProblems(await readSnowflake([...known, ...asked]))).toEqual([]);
  });
});
