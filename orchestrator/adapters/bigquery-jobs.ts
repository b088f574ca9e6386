import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobMetadata } from '@google-cloud/bigquery';
import { StrataError } from '../errors.ts';
import { type BigQueryApi, chooseWait, type JobKey, RequestError } from './bigquery-api.ts';
import { isTransient, toCancelled, toFailure } from './bigquery-errors.ts';

/** A job to run, and the bounds it has. */
export interface JobRun {
  /** Submits it under the id given; the answer tells where it runs. */
  readonly submit: (jobId: string) => Promise<JobMetadata>;
  /** Stops it. */
  readonly signal: AbortSignal;
  /** How often it is run again when it failed for a reason of BigQuery's own. */
  readonly retries: number;
  /** After which time it is cancelled; null for never. */
  readonly timeoutSeconds: number | null;
}

/** How long the server may hold an answer back while the job runs. */
const LONG_POLL_MILLIS = 10_000;
const SHORT_POLL_MILLIS = 250;
/** A job waits like a request that was refused so many times before: what ails jobs takes seconds to pass. */
const SLOWER_BY = 2;
/** How long a cancelled job may take to end before nobody waits for it any more. */
const PATIENCE_MILLIS = 2000;

/**
 * Runs a job to its end. A failed job has changed nothing, so it may run again under another id; a script of several
 * statements may have done half, and is not repeated. Throws a RequestError or `cancelled`.
 */
export async function runJob(api: BigQueryApi, run: JobRun): Promise<JobMetadata> {
  for (let attempt = 1; ; attempt++) {
    const job = await runOnce(api, run);
    const error = job.status?.errorResult;
    if (error == null) return job;
    const isRepeatable = attempt <= run.retries && Number(job.statistics?.numChildJobs ?? 0) === 0;
    if (!isRepeatable || !isTransient(toFailure(error))) throw new RequestError({ errors: [chooseError(job)] });
    await sleep(chooseWait(attempt + SLOWER_BY));
    if (run.signal.aborted) throw toCancelled();
  }
}

/** Where a job can be asked for. */
export function keyOf(job: JobMetadata): JobKey {
  return { id: job.jobReference?.jobId ?? '', location: job.jobReference?.location ?? undefined };
}

/** The reason that ended it; a load names the row in the last of its errors. */
function chooseError(job: JobMetadata) {
  const { errorResult, errors } = job.status ?? {};
  const details = (errors ?? []).map(({ message }) => message ?? '').filter((text) => text !== '');
  const message = [...new Set([errorResult?.message ?? '', ...(job.configuration?.load == null ? [] : details)])];
  return { reason: errorResult?.reason ?? '', message: message.filter((text) => text !== '').join('\n') };
}

async function runOnce(api: BigQueryApi, run: JobRun): Promise<JobMetadata> {
  const left = new AbortController();
  const submitted = run.submit(`strata_${randomUUID()}`);
  const ended = submitted.then((job) => waitForEnd(api, job, { ...run, signal: left.signal }));
  ended.catch(() => undefined);
  try {
    return await Promise.race([ended, giveUp(api, submitted, run.signal)]);
  } finally {
    left.abort();
  }
}

/** Asks until the job has ended, or until the signal says that nobody wants to know any more. */
async function waitForEnd(api: BigQueryApi, submitted: JobMetadata, run: JobRun): Promise<JobMetadata> {
  const deadline = run.timeoutSeconds === null ? Number.POSITIVE_INFINITY : Date.now() + run.timeoutSeconds * 1000;
  let job = submitted;
  while (job.status?.state !== 'DONE') {
    if (run.signal.aborted) throw toCancelled();
    const left = deadline - Date.now();
    if (left <= 0) await endLate(api, job, run.timeoutSeconds ?? 0);
    await waitAWhile(api, job, Math.min(LONG_POLL_MILLIS, left));
    job = await api.getJob(keyOf(job));
  }
  return job;
}

/** A query's result can be waited for at the server; of a load only the state can be asked. */
async function waitAWhile(api: BigQueryApi, job: JobMetadata, millis: number): Promise<void> {
  if (job.configuration?.load != null) return void (await sleep(Math.min(SHORT_POLL_MILLIS, millis)));
  try {
    await api.readPage(keyOf(job), { maxResults: 0, timeoutMs: Math.max(1, Math.ceil(millis)) });
  } catch {
    // It failed, or its rows cannot be read: the job itself says which.
    await sleep(Math.min(SHORT_POLL_MILLIS, millis));
  }
}

async function endLate(api: BigQueryApi, job: JobMetadata, seconds: number): Promise<never> {
  await api.cancelJob(keyOf(job)).catch(() => undefined);
  const message = `The job did not end within ${seconds} seconds and was cancelled.`;
  const hint = 'Raise "job_execution_timeout_seconds" in profiles.yml, or make the statement smaller.';
  throw new StrataError('database-error', message, {}, { hint });
}

/** Once the signal comes the job is cancelled, and waited for only a little longer. Never settles without the signal. */
async function giveUp(api: BigQueryApi, submitted: Promise<JobMetadata>, signal: AbortSignal): Promise<never> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  submitted.then((job) => api.cancelJob(keyOf(job))).catch(() => undefined);
  await sleep(PATIENCE_MILLIS, undefined, { ref: false });
  throw toCancelled();
}
