import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { snowflakeDialect } from '../dialects/snowflake.ts';
import { StrataError } from '../errors.ts';
import type { Column, Relation } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';
import { batchRows } from './batch-rows.ts';
import { renderBindInsert, renderCopy, renderCsv, toBind } from './snowflake-load-text.ts';

/** What is loaded: where to, the columns, and the rows in their order. */
export interface LoadJob {
  readonly relation: Relation;
  readonly columns: readonly Column[];
  readonly rows: Iterable<readonly CellValue[]>;
}

/** What an adapter has learned about stages: why one was refused, if it was. */
export interface StageMemory {
  refusal: string | null;
}

/** How loading talks to the session. */
export interface LoadChannel {
  readonly stage: StageMemory;
  readonly isInTransaction: boolean;
  /** Runs a statement and gives its rows. Throws a StrataError. */
  readonly send: (sql: string, binds?: (string | null)[][]) => Promise<readonly (readonly CellValue[])[]>;
}

type Row = readonly CellValue[];

/** Rows of one staged file, so that a load of any size takes bounded memory. */
const FILE_ROWS = 50_000;
/** What one insert with binds may have: Snowflake's bound on the values of a statement, and rows. */
const BIND_VALUES = 16_000;
const BIND_ROWS = 2000;

const compress = promisify(gzip);

/**
 * Loads rows through files in the user's stage, which needs no rights, no DDL that would commit the open transaction,
 * and no name of ours. Where a stage is refused the rows go as binds of inserts, and the stage is not asked again.
 */
export async function loadRows(job: LoadJob, channel: LoadChannel): Promise<number> {
  const files = batchRows(job.rows, FILE_ROWS);
  const first = files.next();
  if (first.done === true) return 0;
  if (channel.stage.refusal !== null) return insertRows(job, channel, first.value, files);
  return stageRows(job, channel, first.value, files);
}

async function stageRows(job: LoadJob, channel: LoadChannel, first: Row[], rest: Iterable<Row[]>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-load-'));
  const location = `@~/strata/${randomUUID()}`;
  try {
    const put = (rows: Row[]) => putFile(rows, { folder, location, channel });
    try {
      await put(first);
    } catch (error) {
      channel.stage.refusal = readRefusal(error);
      return await insertRows(job, channel, first, rest);
    }
    let count = first.length;
    for (const rows of rest) {
      await put(rows);
      count += rows.length;
    }
    await copyFiles(job, channel, location, count);
    return count;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Stage {
  readonly folder: string;
  readonly location: string;
  readonly channel: LoadChannel;
}

async function putFile(rows: Row[], { folder, location, channel }: Stage): Promise<void> {
  const file = join(folder, `${randomUUID()}.csv.gz`);
  await writeFile(file, await compress(renderCsv(rows)), { mode: 0o600 });
  const source = `file://${file.replaceAll('\\', '/')}`;
  await channel.send(`put '${source}' '${location}' auto_compress = false source_compression = gzip`);
  await rm(file, { force: true });
}

/** Copied files are removed by Snowflake; those of a load that failed by us. */
async function copyFiles(job: LoadJob, channel: LoadChannel, location: string, expected: number): Promise<void> {
  try {
    const files = await channel.send(renderCopy(job.relation, job.columns, location));
    // file, status, rows parsed, rows loaded, …
    const loaded = files.reduce((total, [, , , rows]) => total + Number(rows ?? 0), 0);
    if (loaded === expected) return;
    const name = snowflakeDialect.renderRelation(job.relation);
    throw new StrataError('database-error', `Snowflake loaded ${loaded} of ${expected} rows into ${name}.`);
  } catch (error) {
    await channel.send(`remove ${location}`).catch(() => undefined);
    throw error;
  }
}

/** Why the stage cannot be used. A cancellation or a lost connection says nothing about it. */
function readRefusal(error: unknown): string {
  if (error instanceof StrataError && error.code === 'database-error') return error.message;
  throw error;
}

async function insertRows(job: LoadJob, channel: LoadChannel, first: Row[], rest: Iterable<Row[]>): Promise<number> {
  if (channel.isInTransaction) return insertBatches(job, channel, chain(first, rest));
  await channel.send('begin transaction');
  try {
    const count = await insertBatches(job, channel, chain(first, rest));
    await channel.send('commit');
    return count;
  } catch (error) {
    await channel.send('rollback').catch(() => undefined);
    throw error;
  }
}

async function insertBatches(job: LoadJob, channel: LoadChannel, all: Iterable<Row>): Promise<number> {
  const sql = renderBindInsert(job.relation, job.columns);
  const size = Math.max(1, Math.min(BIND_ROWS, Math.floor(BIND_VALUES / job.columns.length)));
  let count = 0;
  for (const rows of batchRows(all, size)) {
    const binds = rows.map((row) => row.map(toBind));
    await channel.send(sql, binds).catch((error: unknown) => {
      throw explainRefusal(error, `rows ${count + 1} to ${count + rows.length}`, channel.stage.refusal);
    });
    count += rows.length;
  }
  return count;
}

/** Both ways failed: which rows were sent, and why not the way that was tried first, belong into the message. */
function explainRefusal(error: unknown, rows: string, refusal: string | null): unknown {
  if (!(error instanceof StrataError) || error.code !== 'database-error') return error;
  const message = `${error.message}\nThis was said of ${rows}, sent as binds since the stage was refused: ${refusal}`;
  return new StrataError(error.code, message, error.place, { hint: error.hint, cause: error.cause });
}

function* chain(first: Row[], rest: Iterable<Row[]>): Generator<Row> {
  yield* first;
  for (const rows of rest) yield* rows;
}
