import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { done, type Reply, type Row, renderPart, toBody, toError, toUpload } from './snowflake-replies.ts';

/** A statement as it came over the wire. */
export interface SentStatement {
  readonly sqlText: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly bindings?: Readonly<Record<string, { readonly type: string; readonly value: unknown }>>;
  readonly describeOnly?: boolean;
  readonly requestId: string;
  readonly token: string;
}

/** What a login said. */
export interface SentLogin {
  readonly query: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, unknown>>;
}

type Ask = (statement: SentStatement) => Reply;

/** A query that runs until it is aborted. */
interface RunningQuery {
  readonly requestId: string;
  readonly queryId: string;
  isAborted: boolean;
  /** Answers the request that waits for the end. */
  send: Send | null;
}

type Send = (answer: object | number) => void;

/** The answer to a request that waits for the end of a statement. */
const LATER = Symbol('later');
type Answer = object | number | typeof LATER;

interface Call {
  readonly url: URL;
  readonly body: Readonly<Record<string, unknown>>;
  readonly token: string;
  readonly send: Send;
}

/**
 * A server of the session protocol as Snowflake's Node client speaks it: logins, statements, sessions that expire,
 * answers in parts, aborts. It knows no SQL: a test says what it answers to what.
 */
export class SnowflakeServer {
  readonly logins: SentLogin[] = [];
  readonly statements: SentStatement[] = [];
  /** Method and path of every request, in order. */
  readonly requests: string[] = [];
  /** What the next logins are refused with, first to last. */
  readonly refusedLogins: (number | { readonly code: string; readonly message: string })[] = [];
  readonly #server = createServer((request, response) => this.#receive(request, response));
  readonly #replies: { readonly pattern: RegExp; readonly ask: Ask; times: number }[] = [];
  readonly #parts = new Map<string, readonly (readonly Row[])[]>();
  readonly #running: RunningQuery[] = [];
  readonly #tokens = new Map<string, 'valid' | 'expired' | 'gone'>();

  /** Starts it on a free port of this machine. */
  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Answers statements that match; the latest rule wins. `times` bounds how often it does. */
  on(pattern: RegExp, reply: Reply | Ask, times = Number.POSITIVE_INFINITY): this {
    this.#replies.unshift({ pattern, ask: typeof reply === 'function' ? reply : () => reply, times });
    return this;
  }

  /** Lets the tokens of all sessions expire, or the sessions be gone. */
  end(how: 'expired' | 'gone'): void {
    for (const token of this.#tokens.keys()) this.#tokens.set(token, how);
  }

  /** Leaves every request without an answer, or answers again. */
  isSilent = false;

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${this.port}`);
    const body = await readBody(request);
    this.requests.push(`${request.method} ${url.pathname}`);
    const send = (answer: object | number) => {
      response.writeHead(typeof answer === 'number' ? answer : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(typeof answer === 'number' ? { message: 'busy' } : answer));
    };
    if (url.pathname.startsWith('/parts/')) {
      this.#sendPart(url, request, response);
      return;
    }
    if (this.isSilent) return;
    const token = /Token="([^"]*)"/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const answer = this.#answer({ url, body, token, send });
    if (answer !== LATER) send(answer);
  }

  #answer(call: Call): Answer {
    const { url, body, token } = call;
    if (url.pathname === '/session/v1/login-request') return this.#logIn(url, body);
    if (url.pathname === '/session/token-request') return this.#renew(token);
    const state = this.#tokens.get(token);
    if (state === 'expired') return toError('390112', 'Your session has expired. Please login again.');
    if (state !== 'valid') return toError('390111', 'Session no longer exists. New login required.');
    if (url.pathname === '/queries/v1/query-request') return this.#run(call);
    if (url.pathname.endsWith('/abort-request')) return this.#abort(url, body);
    if (url.pathname.endsWith('/result')) return this.#wait(call);
    return { data: null, code: null, message: null, success: true };
  }

  #logIn(url: URL, body: Readonly<Record<string, unknown>>): object | number {
    const data = body.data as Readonly<Record<string, unknown>>;
    this.logins.push({ query: Object.fromEntries(url.searchParams), data });
    const refusal = this.refusedLogins.shift();
    if (typeof refusal === 'number') return refusal;
    if (refusal !== undefined) return toError(refusal.code, refusal.message);
    const mfaToken = data.AUTHENTICATOR === 'USERNAME_PASSWORD_MFA' ? 'second-factor' : undefined;
    const sessionId = this.logins.length;
    return { data: { ...this.#issue(), sessionId, mfaToken, parameters: [] }, code: null, success: true };
  }

  #issue(): object {
    const token = `session-${randomUUID()}`;
    this.#tokens.set(token, 'valid');
    return { token, masterToken: `master-${token}`, validityInSeconds: 3600, masterValidityInSeconds: 14_400 };
  }

  /** A session that is gone cannot be renewed. */
  #renew(master: string): object {
    const old = master.replace(/^master-/, '');
    if (this.#tokens.get(old) !== 'expired') return toError('390114', 'Authentication token has expired.');
    const { token, ...rest } = this.#issue() as { token: string };
    const data = { ...rest, sessionToken: token, validityInSecondsST: 3600, validityInSecondsMT: 14_400 };
    return { data, code: null, success: true };
  }

  #run(call: Call): Answer {
    const requestId = call.url.searchParams.get('requestId') ?? '';
    const statement = { ...call.body, requestId, token: call.token } as unknown as SentStatement;
    this.statements.push(statement);
    const rule = this.#replies.find(({ pattern, times }) => times > 0 && pattern.test(statement.sqlText));
    if (rule !== undefined) rule.times--;
    const reply = rule?.ask(statement) ?? done;
    const queryId = randomUUID();
    switch (reply.kind) {
      case 'rows':
        this.#parts.set(queryId, reply.parts ?? []);
        return toBody(reply, queryId, `http://127.0.0.1:${this.port}`);
      case 'error':
        return toError(reply.code, reply.message, { queryId, sqlState: reply.sqlState ?? '42000' });
      case 'upload':
        return toUpload(statement.sqlText, reply.folder, queryId);
      case 'status':
        return reply.status;
      default:
        return this.#start({ requestId, queryId, isAborted: false, send: null }, reply.isDetached ? null : call.send);
    }
  }

  /** Leaves the request open, or answers it with where to ask for the end, as for every long statement. */
  #start(query: RunningQuery, send: Send | null): Answer {
    this.#running.push(query);
    query.send = send;
    if (send !== null) return LATER;
    const data = { queryId: query.queryId, getResultUrl: `/queries/${query.queryId}/result` };
    return { data, code: '333333', message: 'Query execution in progress.', success: true };
  }

  #wait({ url, send }: Call): Answer {
    const query = this.#running.find(({ queryId }) => url.pathname.includes(queryId));
    if (query === undefined || query.isAborted) return toAborted(query?.queryId ?? '');
    query.send = send;
    return LATER;
  }

  /** By the id of the query where the client knows it, else by that of its request. */
  #abort(url: URL, body: Readonly<Record<string, unknown>>): object {
    for (const query of this.#running) {
      if (query.requestId !== body.requestId && !url.pathname.includes(query.queryId)) continue;
      query.isAborted = true;
      query.send?.(toAborted(query.queryId));
      query.send = null;
    }
    return { data: null, code: null, message: null, success: true };
  }

  #sendPart(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const [, , queryId = '', index = ''] = url.pathname.split('/');
    const part = this.#parts.get(queryId)?.[Number(index)];
    response.writeHead(part === undefined || request.headers['x-part-key'] !== 'sesame' ? 403 : 200);
    response.end(renderPart(part ?? []));
  }
}

async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const blocks: Buffer[] = [];
  for await (const block of request) blocks.push(block as Buffer);
  const raw = Buffer.concat(blocks);
  const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw).toString() : raw.toString();
  return text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
}

function toAborted(queryId: string): object {
  return toError('000604', 'SQL execution canceled', { queryId, sqlState: '57014' });
}
