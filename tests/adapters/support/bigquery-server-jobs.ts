import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, refuse, type SentBody, type SentRequest } from './bigquery-server-wire.ts';

/** What becomes of a job. */
export interface JobScript {
  /** What is answered to the first questions about it; DONE afterwards. `forever` runs until it is cancelled. */
  readonly states?: readonly ('PENDING' | 'RUNNING')[] | 'forever';
  readonly fields?: readonly object[];
  /** Rows page by page, each value as it travels. */
  readonly pages?: readonly (readonly (readonly unknown[])[])[];
  /** How the job ends, each time it is submitted; success once the list is used up. */
  readonly errorResults?: readonly { readonly reason: string; readonly message: string }[];
  readonly errors?: readonly { readonly reason: string; readonly message: string }[];
  readonly statistics?: object;
}

interface Job {
  readonly id: string;
  readonly location: string;
  readonly script: JobScript;
  readonly configuration: SentBody['configuration'];
  readonly errorResult: { readonly reason: string; readonly message: string } | undefined;
  states: string[];
  isCancelled: boolean;
}

interface Upload {
  readonly body: SentBody;
  text: string;
}

const longestWait = 5000;

/** The jobs of a server, each of which goes the way that was scripted for its query. */
export class ScriptedJobs {
  /** Text that was uploaded, by job id. */
  readonly uploads = new Map<string, Upload>();
  readonly #jobs = new Map<string, Job>();
  readonly #scripts: { readonly text: string; readonly script: JobScript; uses: number }[] = [];

  reset(): void {
    this.uploads.clear();
    this.#jobs.clear();
    this.#scripts.length = 0;
  }

  add(text: string, script: JobScript): void {
    this.#scripts.push({ text, script, uses: 0 });
  }

  get cancelled(): readonly string[] {
    return [...this.#jobs.values()].filter(({ isCancelled }) => isCancelled).map(({ id }) => id);
  }

  get ids(): readonly string[] {
    return [...this.#jobs.keys()];
  }

  /** The answer to a request about jobs, or null where it is about something else. */
  async answer(request: SentRequest, uploadUrl: string | null): Promise<Answer | null> {
    const { method, path } = request;
    const [, project = '', id, action] =
      /^\/projects\/([^/]+)\/(?:jobs|queries)(?:\/([^/]+))?(\/cancel)?$/.exec(path) ?? [];
    if (project === '') return null;
    if (uploadUrl !== null) return this.#upload(request, project, uploadUrl);
    if (method === 'POST' && id === undefined) return this.#submit(request.body, project);
    const job = this.#jobs.get(id ?? '');
    if (job === undefined) return refuse(404, 'notFound', `Not found: Job ${project}:${id}`);
    if (request.query['location'] !== job.location) return refuse(404, 'notFound', `Not found: Job ${project}:${id}`);
    if (action !== undefined) {
      job.isCancelled = true;
      return { body: { job: render(job, project) } };
    }
    return path.includes('/queries/') ? this.#readPage(job, request, project) : { body: this.#look(job, project) };
  }

  #submit(body: SentBody, project: string): Answer {
    const id = body.jobReference?.jobId ?? '';
    const known = this.#jobs.get(id);
    if (known !== undefined) return refuse(409, 'duplicate', `Already Exists: Job ${project}:${known.location}.${id}`);
    const job = this.#make(body);
    if (body.configuration?.dryRun === true) {
      const { errorResult: error } = job;
      if (error !== undefined) return refuse(error.reason === 'notFound' ? 404 : 400, error.reason, error.message);
      return { body: { ...render({ ...job, states: [] }, project) } };
    }
    this.#jobs.set(id, job);
    return { body: render(job, project) };
  }

  #make(body: SentBody): Job {
    const { configuration } = body;
    const text = configuration?.query?.query ?? JSON.stringify(configuration?.load);
    const found = this.#scripts.find((one) => text.includes(one.text));
    const script = found?.script ?? {};
    const errorResult = found === undefined ? undefined : script.errorResults?.[found.uses++];
    const states = script.states === 'forever' ? [] : [...(script.states ?? [])];
    return {
      id: body.jobReference?.jobId ?? '',
      location: body.jobReference?.location ?? 'US',
      script,
      configuration,
      errorResult,
      states,
      isCancelled: false,
    };
  }

  #look(job: Job, project: string): object {
    const answer = render(job, project);
    job.states = job.states.slice(1);
    return answer;
  }

  /** Holds the answer back while the job runs, as long as the request allows. */
  async #readPage(job: Job, request: SentRequest, project: string): Promise<Answer> {
    const deadline = Date.now() + Math.min(Number(request.query['timeoutMs'] ?? 10_000), longestWait);
    while (job.script.states === 'forever' && !job.isCancelled && Date.now() < deadline) await sleep(10);
    const jobReference = { projectId: project, jobId: job.id, location: job.location };
    if (stateOf(job) !== 'DONE') return { body: { jobReference, jobComplete: false } };
    const error = errorOf(job);
    if (error !== undefined) return refuse(400, error.reason, error.message);
    const pages = job.script.pages ?? [];
    const at = Number(request.query['pageToken'] ?? 0);
    const rows = request.query['maxResults'] === '0' ? [] : (pages[at] ?? []);
    return {
      body: {
        jobReference,
        jobComplete: true,
        schema: { fields: job.script.fields ?? [] },
        totalRows: String(pages.flat().length),
        rows: rows.map((row) => ({ f: row.map((v) => ({ v })) })),
        ...(at + 1 < pages.length ? { pageToken: String(at + 1) } : {}),
      },
    };
  }

  /** A resumable upload: an address first, then parts, the last of which makes the job. */
  #upload({ method, query, headers, text, body }: SentRequest, project: string, url: string): Answer {
    if (method === 'POST') {
      const id = body.jobReference?.jobId ?? '';
      this.uploads.set(id, { body, text: '' });
      const location = `${url}/upload/bigquery/v2/projects/${project}/jobs?uploadType=resumable&upload_id=${id}`;
      return { headers: { location } };
    }
    const upload = this.uploads.get(query['upload_id'] ?? '');
    if (upload === undefined) return refuse(404, 'notFound', 'Not found: upload');
    const [, from, to, size] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(String(headers['content-range'])) ?? [];
    const length = Number(to) - Number(from) + 1;
    if (Number(from) !== upload.text.length || length !== Buffer.byteLength(text)) {
      return refuse(400, 'badRequest', `Content-Range ${headers['content-range']} after ${upload.text.length} bytes`);
    }
    if (size === '*' && length % (256 * 1024) !== 0) return refuse(400, 'badRequest', 'Parts are multiples of 256 KiB');
    upload.text += text;
    return size === '*' ? { status: 308, headers: { range: `bytes=0-${to}` } } : this.#submit(upload.body, project);
  }
}

function stateOf(job: Job): string {
  if (job.isCancelled) return 'DONE';
  return job.script.states === 'forever' ? 'RUNNING' : (job.states[0] ?? 'DONE');
}

function errorOf(job: Job) {
  const stopped = { reason: 'stopped', message: 'Job execution was cancelled: User requested cancellation' };
  return job.isCancelled ? stopped : job.errorResult;
}

function render(job: Job, project: string) {
  const state = stateOf(job);
  const error = state === 'DONE' ? errorOf(job) : undefined;
  return {
    kind: 'bigquery#job',
    jobReference: { projectId: project, jobId: job.id, location: job.location },
    configuration: job.configuration,
    statistics: state === 'DONE' ? (job.script.statistics ?? {}) : {},
    status: {
      state,
      ...(error === undefined ? {} : { errorResult: error, errors: [error, ...(job.script.errors ?? [])] }),
    },
  };
}
