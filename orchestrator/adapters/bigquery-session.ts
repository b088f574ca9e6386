import type { JobMetadata, Query } from '@google-cloud/bigquery';
import { bigQueryDialect } from '../dialects/bigquery.ts';
import type { Dependent } from '../dialects/dialect.ts';
import type { Column, ExistingRelation, Relation } from '../manifest/relation.ts';
import type { CellValue, ResultTable, StatementResponse } from '../manifest/results.ts';
import type { Session, Work } from './adapter.ts';
import { type BigQueryApi, RequestError, type ResultPage, type TableKey } from './bigquery-api.ts';
import type { BigQueryOptions } from './bigquery-connect.ts';
import { type BigQueryPlace, isNotFound, toStatementError } from './bigquery-errors.ts';
import { keyOf, runJob } from './bigquery-jobs.ts';
import { renderLabels } from './bigquery-labels.ts';
import { toTableKey, uploadRows } from './bigquery-load.ts';
import { readNumberPage, readRows, toColumns } from './bigquery-values.ts';
import { readColumnRows, readRelationRows } from './catalog-rows.ts';

/** What all sessions of one target share. */
export interface BigQueryContext {
  readonly api: BigQueryApi;
  readonly options: BigQueryOptions;
  readonly place: BigQueryPlace;
  /** Called when a session has closed. */
  readonly onClose: (session: BigQuerySession) => void;
}

const DEFAULT_JOB_RETRIES = 1;

/**
 * One thread's jobs. BigQuery has no connection to hold: each statement is a job that commits by itself, so beginning and
 * ending a transaction do nothing.
 */
export class BigQuerySession implements Session {
  readonly #context: BigQueryContext;
  #bytesProcessed = 0;
  #labels: Readonly<Record<string, string>> = {};
  #running: { readonly stop: AbortController; readonly done: Promise<unknown> } | null = null;
  #isOpen = true;

  constructor(context: BigQueryContext) {
    this.#context = context;
  }

  get bytesProcessed(): number {
    return this.#bytesProcessed;
  }

  execute(sql: string): Promise<StatementResponse> {
    return this.#run(sql, async (signal) => {
      const { statistics } = await this.#runQuery(sql, signal);
      const type = statistics?.query?.statementType ?? 'OK';
      return { code: type, rowsAffected: await this.#countRows(statistics) };
    });
  }

  query(sql: string): Promise<ResultTable> {
    return this.#run(sql, async (signal) => {
      const job = await this.#runQuery(sql, signal);
      const pages: ResultPage[] = [];
      for await (const page of this.#readPages(job)) pages.push(page);
      const fields = pages[0]?.schema?.fields ?? [];
      return { columns: toColumns(fields), rows: pages.flatMap((page) => readRows(page, fields)) };
    });
  }

  readNumbers(sql: string): Promise<readonly Float64Array[]> {
    return this.#run(sql, async (signal) => {
      const job = await this.#runQuery(sql, signal);
      const parts: (readonly Float64Array[])[] = [];
      let width = 0;
      for await (const page of this.#readPages(job)) {
        width = page.schema?.fields?.length ?? width;
        parts.push(readNumberPage(page, width));
      }
      return Array.from({ length: width }, (_, column) => joinParts(parts.map((part) => part[column])));
    });
  }

  load(relation: Relation, columns: readonly Column[], rows: Iterable<readonly CellValue[]>): Promise<number> {
    return this.#run('', async (signal) => {
      const first = peek(rows);
      if (first === null) return 0;
      const { api, options } = this.#context;
      const table = toTableKey(relation, options.project);
      const { schema, location } = await api.getTable(table);
      const fields = typeof schema === 'object' ? (schema.fields ?? []) : [];
      const load = { table, fields, location, labels: this.#labels, columns, rows: first, signal };
      // The rows are gone once they were sent, so a failed job is not run again.
      const submit = (jobId: string) => uploadRows(api, load, jobId);
      const job = await runJob(api, { submit, signal, retries: 0, timeoutSeconds: null });
      return Number(job.statistics?.load?.outputRows ?? 0);
    });
  }

  async describeQuery(sql: string): Promise<readonly Column[]> {
    const { statistics } = await this.#dryRun(bigQueryDialect.describeQuery(sql));
    const fields = statistics?.query?.schema?.fields;
    if (fields != null) return toColumns(fields);
    // Servers that tell no schema with a dry run tell it with an empty answer.
    return (await this.query(`select * from (\n${sql}\n) limit 0`)).columns;
  }

  async estimateBytes(sql: string): Promise<number> {
    return readBytes(await this.#dryRun(sql));
  }

  async listRelations(schemas: readonly Pick<Relation, 'database' | 'schema'>[]): Promise<readonly ExistingRelation[]> {
    const table = await this.#queryDatasets(schemas, (existing) => bigQueryDialect.listRelations(existing));
    return table === null ? [] : readRelationRows(table);
  }

  async listColumns(relations: readonly Relation[]): Promise<ReadonlyMap<string, readonly Column[]>> {
    const table = await this.#queryDatasets(relations, (existing) => bigQueryDialect.listColumns(existing));
    return table === null ? new Map() : readColumnRows(table);
  }

  async listDependents(): Promise<readonly Dependent[]> {
    return [];
  }

  async begin(): Promise<void> {}

  async commit(): Promise<void> {}

  async rollback(): Promise<void> {}

  async tag(work: Work): Promise<void> {
    this.#labels = renderLabels(work);
  }

  async cancel(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    running.stop.abort();
    await running.done.catch(() => undefined);
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.cancel();
    this.#context.onClose(this);
  }

  async #runQuery(sql: string, signal: AbortSignal): Promise<JobMetadata> {
    const { api, options } = this.#context;
    const timeoutSeconds = options.job_execution_timeout_seconds ?? null;
    const bounds = {
      ...(timeoutSeconds === null ? {} : { jobTimeoutMs: timeoutSeconds * 1000 }),
      ...(options.maximum_bytes_billed == null ? {} : { maximumBytesBilled: String(options.maximum_bytes_billed) }),
      ...(options.priority == null ? {} : { priority: options.priority.toUpperCase() }),
    };
    const submit = (jobId: string) => api.submitQuery({ ...this.#describe(sql), ...bounds, jobId });
    const retries = options.job_retries ?? DEFAULT_JOB_RETRIES;
    const job = await runJob(api, { submit, signal, retries, timeoutSeconds });
    this.#bytesProcessed += readBytes(job);
    return job;
  }

  #dryRun(sql: string): Promise<JobMetadata> {
    return this.#run(sql, () => this.#context.api.submitDryRun(this.#describe(sql)));
  }

  /** What every query of this session has. Datasets named without a project are the data's, whoever pays. */
  #describe(sql: string): Query & { readonly query: string } {
    const { project, execution_project: payer, location } = this.#context.options;
    const isElsewhere = payer != null && payer !== project;
    return {
      query: sql,
      labels: { ...this.#labels },
      ...(location == null ? {} : { location }),
      ...(isElsewhere ? { connectionProperties: [{ key: 'dataset_project_id', value: project }] } : {}),
    };
  }

  async *#readPages(job: JobMetadata): AsyncGenerator<ResultPage> {
    let pageToken: string | undefined;
    do {
      const page = await this.#context.api.readPage(keyOf(job), { pageToken });
      yield page;
      pageToken = page.pageToken;
    } while (pageToken !== undefined && pageToken !== '');
  }

  /** DML counts its rows; a table just created is asked for them. */
  async #countRows(statistics: JobMetadata['statistics']): Promise<number | null> {
    const query = statistics?.query;
    if (query?.numDmlAffectedRows != null) return Number(query.numDmlAffectedRows);
    if (query?.statementType !== 'CREATE_TABLE_AS_SELECT' || query.ddlTargetTable == null) return null;
    const { projectId: project = '', datasetId: dataset = '', tableId: table = '' } = query.ddlTargetTable;
    const { numRows } = await this.#context.api.getTable({ project, dataset, table });
    return numRows == null ? null : Number(numRows);
  }

  /** A query over the catalogs of several datasets fails as a whole where one is missing, so it is asked without that. */
  async #queryDatasets<Named extends Pick<Relation, 'database' | 'schema'>>(
    named: readonly Named[],
    render: (existing: readonly Named[]) => string,
  ): Promise<ResultTable | null> {
    if (named.length === 0) return null;
    try {
      return await this.query(render(named));
    } catch (error) {
      if (!isNotFound(error)) throw error;
      const existing = await this.#keepExisting(named);
      if (existing.length === named.length) throw error;
      return this.#queryDatasets(existing, render);
    }
  }

  async #keepExisting<Named extends Pick<Relation, 'database' | 'schema'>>(named: readonly Named[]): Promise<Named[]> {
    const { api, options } = this.#context;
    const keys = named.map(({ database, schema }) => toTableKey({ database, schema, identifier: '' }, options.project));
    const distinct = new Map(keys.map((key): [string, TableKey] => [toText(key), key]));
    const found = [...distinct].map(async ([text, key]) => [text, await api.hasDataset(key)] as const);
    const existing = await this.#run('', async () => new Map(await Promise.all(found)));
    return named.filter((_, index) => existing.get(toText(keys[index])) === true);
  }

  async #run<T>(sql: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const done = work(stop.signal);
    this.#running = { stop, done };
    try {
      return await done;
    } catch (error) {
      throw error instanceof RequestError ? toStatementError(error.failure, sql, this.#context.place) : error;
    } finally {
      this.#running = null;
    }
  }
}

/** Bytes a query read, or would read. */
function readBytes({ statistics }: JobMetadata): number {
  return Number(statistics?.query?.totalBytesProcessed ?? statistics?.totalBytesProcessed ?? 0);
}

function toText(key: TableKey | undefined): string {
  return `${key?.project}.${key?.dataset}`;
}

function joinParts(parts: readonly (Float64Array | undefined)[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + (part?.length ?? 0), 0));
  let offset = 0;
  for (const part of parts) {
    if (part !== undefined) whole.set(part, offset);
    offset += part?.length ?? 0;
  }
  return whole;
}

/** The same rows, or null where there are none: an upload of nothing is no job. */
function peek<T>(rows: Iterable<T>): Iterable<T> | null {
  const iterator = rows[Symbol.iterator]();
  const first = iterator.next();
  if (first.done === true) return null;
  return (function* () {
    yield first.value;
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) yield next.value;
  })();
}
