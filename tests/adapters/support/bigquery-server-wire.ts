/** A request as it came over the wire. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as text. */
  readonly text: string;
  /** The body as JSON; an empty object where it is none. */
  readonly body: SentBody;
}

/** The parts of a request's body that tests look at. */
export interface SentBody {
  readonly jobReference?: { readonly jobId?: string; readonly projectId?: string; readonly location?: string };
  readonly configuration?: {
    readonly dryRun?: boolean;
    readonly labels?: Readonly<Record<string, string>>;
    readonly jobTimeoutMs?: string;
    readonly query?: Readonly<Record<string, unknown>> & { readonly query?: string };
    readonly load?: Readonly<Record<string, unknown>>;
  };
}

/** What is answered. */
export interface Answer {
  readonly status?: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The body of an error as the API documents it. */
export function refuse(status: number, reason: string, message: string, headers?: Record<string, string>): Answer {
  const errors = [{ message, domain: 'global', reason }];
  return { status, body: { error: { code: status, message, errors } }, ...(headers === undefined ? {} : { headers }) };
}
