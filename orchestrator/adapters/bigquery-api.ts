import { setTimeout as sleep } from 'node:timers/promises';
import type { BigQuery, JobMetadata, Query, TableField, TableMetadata } from '@google-cloud/bigquery';
import { type BigQueryFailure, isTransient, readFailure } from './bigquery-errors.ts';

/** Which job: BigQuery finds it by its place too. */
export interface JobKey {
  readonly id: string;
  readonly location: string | undefined;
}

/** A part of a query's rows, as they travel. */
export interface ResultPage {
  readonly schema?: { readonly fields?: readonly TableField[] };
  readonly rows?: readonly { readonly f: readonly { readonly v: unknown }[] }[];
  readonly pageToken?: string;
  readonly jobComplete?: boolean;
}

/** What is asked of `readPage`. */
export interface PageRequest {
  readonly pageToken?: string | undefined;
  readonly maxResults?: number;
  /** How long the server may wait for the job to end before it answers. */
  readonly timeoutMs?: number;
}

/** A dataset and what is in it. */
export interface TableKey {
  readonly project: string;
  readonly dataset: string;
  readonly table: string;
}

/** One request as the client takes it. */
interface Request {
  readonly uri: string;
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly qs?: Readonly<Record<string, unknown>>;
  readonly json?: object;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly projectId?: string;
}

/** A failed request: thrown here and nowhere else, and turned into an error for people by who asked. */
export class RequestError extends Error {
  readonly failure: BigQueryFailure;
  readonly headers: Readonly<Record<string, string>>;

  constructor(error: unknown) {
    const failure = readFailure(error);
    super(failure.message);
    this.failure = failure;
    this.headers = readHeaders(error);
  }
}

const ATTEMPTS = 5;
/** The client sets no limit of its own, and a connection that went silent would be waited for until the end of days. */
const ANSWER_MILLIS = 120_000;
const FIRST_WAIT_MILLIS = 250;
const LONGEST_WAIT_MILLIS = 30_000;

/**
 * The requests this adapter makes, each tried a few times where waiting may help. All of them may be repeated: reading
 * changes nothing, and a job has an id of ours, so a second submission finds the first.
 */
export class BigQueryApi {
  readonly #client: BigQuery;

  constructor(client: BigQuery) {
    this.#client = client;
  }

  /** The project that jobs run in. */
  get project(): string {
    return this.#client.projectId;
  }

  get endpoint(): string {
    return this.#client.apiEndpoint;
  }

  /** Submits a query under an id of ours, or finds the job that an earlier attempt has made. */
  submitQuery(query: Query & { readonly jobId: string }): Promise<JobMetadata> {
    return retry(async () => {
      try {
        const [, job] = await this.#client.createQueryJob(query);
        return job;
      } catch (error) {
        const { status, message } = readFailure(error);
        if (status !== 409) throw error;
        // Only this message says where a job runs whose place was left to BigQuery: `Already Exists: Job shop:EU.id`.
        const [, location] = /\bJob .+:([\w-]+)\./.exec(message) ?? [];
        return this.getJob({ id: query.jobId, location: location ?? query.location });
      }
    });
  }

  /** What a query would read and answer; no job comes of it. */
  async submitDryRun(query: Query): Promise<JobMetadata> {
    return retry(async () => (await this.#client.createQueryJob({ ...query, dryRun: true }))[1]);
  }

  getJob({ id, location }: JobKey): Promise<JobMetadata> {
    return this.send({ uri: `/jobs/${id}`, qs: { location } });
  }

  async cancelJob({ id, location }: JobKey): Promise<void> {
    await this.send({ method: 'POST', uri: `/jobs/${id}/cancel`, qs: { location } });
  }

  readPage({ id, location }: JobKey, page: PageRequest): Promise<ResultPage> {
    const qs = { location, 'formatOptions.useInt64Timestamp': true, ...page };
    return this.send({ uri: `/queries/${id}`, qs });
  }

  getTable({ project, dataset, table }: TableKey): Promise<TableMetadata> {
    const uri = `/datasets/${encodeURIComponent(dataset)}/tables/${encodeURIComponent(table)}`;
    return this.send({ projectId: project, uri });
  }

  /** Whether a dataset exists that this account may see. */
  async hasDataset({ project, dataset }: Omit<TableKey, 'table'>): Promise<boolean> {
    try {
      await this.send({ projectId: project, uri: `/datasets/${encodeURIComponent(dataset)}` });
      return true;
    } catch (error) {
      if (error instanceof RequestError && error.failure.status === 404) return false;
      throw error;
    }
  }

  /** One request and its answer's body; the caller knows what that is. */
  async send<Answer>(request: Request): Promise<Answer> {
    return (await this.exchange<Answer>(request)).body;
  }

  /** One request with its answer's body and headers. */
  exchange<Answer>(request: Request): Promise<Exchange<Answer>> {
    return retry(() => this.#exchange(request));
  }

  #exchange<Answer>(request: Request): Promise<Exchange<Answer>> {
    // The client adds a parameter of its own and writes a second `?` where the address has some already.
    const [uri = '', search = ''] = request.uri.split('?');
    const given = Object.entries(request.qs ?? {}).filter(([, value]) => value !== undefined);
    const qs = { ...Object.fromEntries(new URLSearchParams(search)), ...Object.fromEntries(given) };
    return new Promise((resolve, reject) => {
      this.#client.request({ ...request, uri, qs, headers: { ...request.headers } }, (error, body, response) => {
        if (error) reject(error);
        else resolve({ body, headers: readHeaders({ response }) });
      });
    });
  }
}

/** An answer: its body as the caller knows it, and its headers in lower case. */
export interface Exchange<Answer> {
  readonly body: Answer;
  readonly headers: Readonly<Record<string, string>>;
}

async function retry<T>(request: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withinTime(request());
    } catch (cause) {
      const error = cause instanceof RequestError ? cause : new RequestError(cause);
      if (attempt >= ATTEMPTS || !isTransient(error.failure)) throw error;
      await sleep(chooseWait(attempt, error.headers['retry-after']));
    }
  }
}

async function withinTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = Object.assign(new Error(`no answer within ${ANSWER_MILLIS / 1000} seconds`), { code: 'ETIMEDOUT' });
    timer = setTimeout(reject, ANSWER_MILLIS, error);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Doubles each time and is a little random, so that sessions refused together do not come back together. */
export function chooseWait(attempt: number, retryAfter?: string): number {
  const asked = Number(retryAfter) * 1000;
  const doubled = FIRST_WAIT_MILLIS * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
  return Math.min(asked > 0 ? asked : doubled, LONGEST_WAIT_MILLIS);
}

function readHeaders(source: unknown): Readonly<Record<string, string>> {
  if (typeof source !== 'object' || source === null || !('response' in source)) return {};
  const { response } = source;
  if (typeof response !== 'object' || response === null || !('headers' in response)) return {};
  const { headers } = response;
  if (headers instanceof Headers) return Object.fromEntries(headers);
  const entries = Object.entries(typeof headers === 'object' && headers !== null ? headers : {});
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}
