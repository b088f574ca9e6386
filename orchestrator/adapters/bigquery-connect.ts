import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { BigQuery } from '@google-cloud/bigquery';
import type { AuthClient, GoogleAuthOptions, JWTInput } from 'google-auth-library';
import { StrataError } from '../errors.ts';

/** Where the data is, who asks and what a job may cost: the part of a target this adapter reads. */
export interface BigQueryOptions {
  readonly type: 'bigquery';
  readonly method: 'oauth' | 'oauth-secrets' | 'service-account' | 'service-account-json';
  readonly project: string;
  /** The project that pays for the jobs; the data's own where it is absent. */
  readonly execution_project?: string | null | undefined;
  /** Where jobs run and new datasets lie; BigQuery follows the data where it is absent. */
  readonly location?: string | null | undefined;
  readonly keyfile?: string | null | undefined;
  readonly keyfile_json?: Readonly<Record<string, unknown>> | null | undefined;
  readonly token?: string | null | undefined;
  readonly refresh_token?: string | null | undefined;
  readonly client_id?: string | null | undefined;
  readonly client_secret?: string | null | undefined;
  readonly token_uri?: string | null | undefined;
  readonly impersonate_service_account?: string | null | undefined;
  readonly scopes?: readonly string[] | null | undefined;
  readonly priority?: 'interactive' | 'batch' | null | undefined;
  readonly maximum_bytes_billed?: number | null | undefined;
  /** Seconds after which a job is cancelled. */
  readonly job_execution_timeout_seconds?: number | null | undefined;
  /** How often a job is run again that failed for a reason of BigQuery's own. */
  readonly job_retries?: number | null | undefined;
  readonly quota_project?: string | null | undefined;
  /** Another server that speaks the same protocol, without the path. */
  readonly api_endpoint?: string | null | undefined;
}

const defaultScopes = [
  'https://www.googleapis.com/auth/bigquery',
  'https://www.googleapis.com/auth/cloud-platform',
  'https://www.googleapis.com/auth/drive',
];
const IMPERSONATION_SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** A client of the vendor's that logs in as the target says. Its own retries are off: ours know what was cancelled. */
export async function openClient(options: BigQueryOptions): Promise<BigQuery> {
  const { client, auth } = loadLibraries();
  return new client.BigQuery({
    projectId: options.execution_project ?? options.project,
    ...(options.location == null ? {} : { location: options.location }),
    ...(options.api_endpoint == null ? {} : { apiEndpoint: options.api_endpoint }),
    authClient: await logIn(options, auth),
    autoRetry: false,
    userAgent: 'strata',
  });
}

/** Texts of the options that no error may show. */
export function listSecrets(options: BigQueryOptions): readonly string[] {
  const key = options.keyfile_json ?? {};
  return [
    options.token,
    options.refresh_token,
    options.client_secret,
    key['private_key'],
    key['private_key_id'],
  ].filter((secret): secret is string => typeof secret === 'string');
}

type AuthLibrary = typeof import('google-auth-library');

/**
 * The client, beside this program or in the project, and the library it logs in with. That one is found from the client,
 * whose dependency it is, so that both are of one version and the user installs one package.
 */
function loadLibraries(): { readonly client: typeof import('@google-cloud/bigquery'); readonly auth: AuthLibrary } {
  const here = createRequire(import.meta.url);
  let path: string;
  try {
    path = here.resolve('@google-cloud/bigquery', {
      paths: [fileURLToPath(new URL('.', import.meta.url)), process.cwd()],
    });
  } catch {
    const hint = 'Run "npm install @google-cloud/bigquery" in the project.';
    throw new StrataError('connection-failed', 'The client of BigQuery is not installed.', {}, { hint });
  }
  const common = createRequire(createRequire(path).resolve('@google-cloud/common'));
  return { client: here(path), auth: common('google-auth-library') };
}

function describeLogin(options: BigQueryOptions, auth: AuthLibrary): GoogleAuthOptions {
  const projectId = options.execution_project ?? options.project;
  const quota = options.quota_project == null ? {} : { quotaProjectId: options.quota_project };
  const login: GoogleAuthOptions = { projectId, clientOptions: quota };
  switch (options.method) {
    case 'oauth':
      return login;
    case 'service-account':
      return options.keyfile == null ? login : { ...login, keyFilename: options.keyfile };
    case 'service-account-json':
      return { ...login, credentials: toKey(options.keyfile_json) };
    case 'oauth-secrets':
      return { ...login, authClient: openTokenClient(options, auth, quota) };
    default:
      return options.method satisfies never;
  }
}

function openTokenClient(options: BigQueryOptions, auth: AuthLibrary, quota: { quotaProjectId?: string }): AuthClient {
  if (options.refresh_token == null) {
    const client = new auth.OAuth2Client(quota);
    client.setCredentials({ access_token: options.token ?? '' });
    return client;
  }
  return new auth.UserRefreshClient({
    ...quota,
    clientId: options.client_id ?? '',
    clientSecret: options.client_secret ?? '',
    refreshToken: options.refresh_token,
    ...(options.token_uri == null ? {} : { endpoints: { oauth2TokenUrl: options.token_uri } }),
  });
}

/** A private key written into YAML or an environment variable often has its line ends spelled out. */
function toKey(fields: BigQueryOptions['keyfile_json']): JWTInput {
  const key = fields?.['private_key'];
  return { ...fields, ...(typeof key === 'string' ? { private_key: key.replaceAll('\\n', '\n') } : {}) };
}

async function logIn(options: BigQueryOptions, auth: AuthLibrary): Promise<AuthClient> {
  const login = { ...describeLogin(options, auth), scopes: listScopes(options) };
  const client = await new auth.GoogleAuth(login).getClient();
  if (options.impersonate_service_account == null) return client;
  return new auth.Impersonated({
    sourceClient: client,
    targetPrincipal: options.impersonate_service_account,
    targetScopes: listScopes({ ...options, impersonate_service_account: null }),
  });
}

function listScopes({ impersonate_service_account: other, scopes }: BigQueryOptions): string[] {
  return other == null ? [...(scopes ?? defaultScopes)] : [IMPERSONATION_SCOPE];
}
