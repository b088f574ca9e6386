import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JobScript, ScriptedJobs } from './bigquery-server-jobs.ts';
import { type Answer, refuse, type SentRequest } from './bigquery-server-wire.ts';

interface Refusal {
  readonly pattern: RegExp;
  readonly answers: Answer[];
  /** Whether the request is carried out all the same, as when only its answer is lost. */
  readonly isCarriedOut: boolean;
}

/**
 * A server of BigQuery's REST API, version 2: jobs that pend, run and end, results in pages, uploads in parts. It knows no
 * SQL: a test says what becomes of which query, and which requests are refused.
 */
export class BigQueryServer {
  readonly requests: SentRequest[] = [];
  readonly jobs = new ScriptedJobs();
  /** Resources by path, below /bigquery/v2. */
  readonly resources = new Map<string, object>();
  readonly #server = createServer((request, response) => this.#receive(request, response));
  #refusals: Refusal[] = [];

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    const address = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${address.port}`;
  }

  /** Forgets what was sent and scripted. */
  reset(): void {
    this.requests.length = 0;
    this.resources.clear();
    this.#refusals = [];
    this.jobs.reset();
  }

  /** What becomes of the queries that contain a text. */
  script(text: string, script: JobScript): void {
    this.jobs.add(text, script);
  }

  /** Answers the next requests that match (as `POST /path`) with these, one each. */
  refuseNext(pattern: RegExp, answers: readonly Answer[], isCarriedOut = false): void {
    this.#refusals.push({ pattern, answers: [...answers], isCarriedOut });
  }

  /** The requests that match, as `POST /path`. */
  find(pattern: RegExp): readonly SentRequest[] {
    return this.requests.filter(({ method, path }) => pattern.test(`${method} ${path}`));
  }

  async #receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    this.requests.push(request);
    const refusal = this.#refusals.find(
      ({ pattern, answers }) => answers.length > 0 && pattern.test(`${request.method} ${request.path}`),
    );
    const answer = refusal === undefined || refusal.isCarriedOut ? await this.#answer(request) : {};
    const { status = 200, body, headers } = refusal?.answers.shift() ?? answer;
    if (response.destroyed) return;
    response.writeHead(status, { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }

  async #answer(request: SentRequest): Promise<Answer> {
    const path = request.path.replace(/^(\/upload)?\/bigquery\/v2/, '');
    const resource = this.resources.get(path);
    if (resource !== undefined) return { body: resource };
    const answer = await this.jobs.answer({ ...request, path }, request.path.startsWith('/upload') ? this.url : null);
    return answer ?? refuse(404, 'notFound', `Not found: ${path}`);
  }
}

async function readRequest(incoming: IncomingMessage): Promise<SentRequest> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  const text = Buffer.concat(parts).toString('utf8');
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  return {
    method: incoming.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: Object.fromEntries(url.searchParams),
    headers: incoming.headers,
    text,
    body: text.startsWith('{') && incoming.method === 'POST' ? JSON.parse(text) : {},
  };
}
