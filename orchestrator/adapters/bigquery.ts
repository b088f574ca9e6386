import { bigQueryDialect } from '../dialects/bigquery.ts';
import { StrataError } from '../errors.ts';
import type { Adapter, Session } from './adapter.ts';
import { BigQueryApi, RequestError } from './bigquery-api.ts';
import { type BigQueryOptions, listSecrets, openClient } from './bigquery-connect.ts';
import { type BigQueryPlace, isConflict, readFailure, toConnectionError } from './bigquery-errors.ts';
import { BigQuerySession } from './bigquery-session.ts';

/** BigQuery, through the vendor's client. There are no connections: a session is the jobs of one thread. */
export class BigQueryAdapter implements Adapter {
  readonly dialect = bigQueryDialect;
  readonly #options: BigQueryOptions;
  readonly #place: BigQueryPlace;
  readonly #sessions = new Set<BigQuerySession>();
  #api: Promise<BigQueryApi> | null = null;

  constructor(options: BigQueryOptions) {
    this.#options = options;
    const { project, method, location = null } = options;
    this.#place = { project, method, location, secrets: listSecrets(options) };
  }

  /** A dry run costs nothing, and is refused where jobs may not be made. */
  async connect(): Promise<void> {
    const api = await this.#openApi();
    const { location } = this.#options;
    try {
      await api.submitDryRun({ query: 'select 1', ...(location == null ? {} : { location }) });
    } catch (error) {
      throw this.#toConnectionError(error);
    }
  }

  async openSession(): Promise<Session> {
    const session = new BigQuerySession({
      api: await this.#openApi(),
      options: this.#options,
      place: this.#place,
      onClose: (closed) => this.#sessions.delete(closed),
    });
    this.#sessions.add(session);
    return session;
  }

  isRetryable(error: unknown): boolean {
    return isConflict(error);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.close()));
  }

  #openApi(): Promise<BigQueryApi> {
    this.#api ??= openClient(this.#options).then(
      (client) => new BigQueryApi(client),
      (error: unknown) => {
        this.#api = null;
        throw this.#toConnectionError(error);
      },
    );
    return this.#api;
  }

  #toConnectionError(error: unknown) {
    const failure = error instanceof RequestError ? error.failure : readFailure(error);
    return error instanceof StrataError ? error : toConnectionError(failure, this.#place);
  }
}
