import type { StrataError } from '../../errors.ts';
import { suggest } from '../../nearest.ts';
import { type ConnectionPlace, invalidKey, missingKey } from './target.ts';

/** How to log in: which way, and what it needs. */
export interface SnowflakeLogin {
  /** In lower case, or the address of an Okta account. */
  readonly authenticator: string;
  readonly user: string | null;
  readonly password: string | null;
  /** A code of a second factor. */
  readonly passcode: string | null;
  /** PEM, or the base64 text between its first and last line. */
  readonly privateKey: string | null;
  /** Absolute. */
  readonly privateKeyPath: string | null;
  readonly privateKeyPassphrase: string | null;
  readonly token: string | null;
  readonly oauthClientId: string | null;
  readonly oauthClientSecret: string | null;
  readonly oauthTokenRequestUrl: string | null;
  readonly oauthAuthorizationUrl: string | null;
  readonly oauthScope: string | null;
}

/** The keys of a target that say how to log in, as profiles.yml spells them. */
export interface LoginKeys {
  readonly authenticator?: string | null | undefined;
  readonly user?: string | null | undefined;
  readonly password?: string | null | undefined;
  readonly passcode?: string | null | undefined;
  readonly private_key?: string | null | undefined;
  readonly private_key_path?: string | null | undefined;
  readonly private_key_passphrase?: string | null | undefined;
  readonly token?: string | null | undefined;
  readonly oauth_client_id?: string | null | undefined;
  readonly oauth_client_secret?: string | null | undefined;
  readonly oauth_token_request_url?: string | null | undefined;
  readonly oauth_authorization_url?: string | null | undefined;
  readonly oauth_scope?: string | null | undefined;
}

type Key = Exclude<keyof LoginKeys, 'authenticator'>;

interface Way {
  readonly needs: readonly Key[];
  readonly takes: readonly Key[];
}

const clientKeys: readonly Key[] = ['oauth_client_id', 'oauth_client_secret'];
const keyKeys: readonly Key[] = ['private_key', 'private_key_path', 'private_key_passphrase'];

/** Every way to log in with the keys it needs and those it may have beside `user`. */
const ways: ReadonlyMap<string, Way> = new Map([
  ['snowflake', { needs: ['user', 'password'], takes: ['passcode'] }],
  ['username_password_mfa', { needs: ['user', 'password'], takes: ['passcode'] }],
  ['snowflake_jwt', { needs: ['user'], takes: keyKeys }],
  ['externalbrowser', { needs: ['user'], takes: [] }],
  ['oauth', { needs: ['token'], takes: [] }],
  ['programmatic_access_token', { needs: ['token'], takes: [] }],
  ['oauth_client_credentials', { needs: [...clientKeys, 'oauth_token_request_url'], takes: ['oauth_scope'] }],
  [
    'oauth_authorization_code',
    { needs: [], takes: [...clientKeys, 'oauth_token_request_url', 'oauth_authorization_url', 'oauth_scope'] },
  ],
]);

const okta: Way = { needs: ['user', 'password'], takes: [] };

/** What is missing or contradicts itself in the keys of a login. */
export function checkLogin(keys: LoginKeys, place: ConnectionPlace): StrataError[] {
  const authenticator = nameAuthenticator(keys);
  const way = findWay(authenticator);
  if (way === undefined) return [unknownAuthenticator(authenticator, place)];
  return [
    ...way.needs.filter((key) => isAbsent(keys[key])).map((key) => missingKey(key, place)),
    ...listUnused(keys, way, authenticator, place),
    ...(authenticator === 'snowflake_jwt' ? checkKeyPair(keys, place) : []),
  ];
}

/** The login that checked keys describe. */
export function toLogin(keys: LoginKeys): SnowflakeLogin {
  return {
    authenticator: nameAuthenticator(keys),
    user: keys.user ?? null,
    password: keys.password ?? null,
    passcode: keys.passcode ?? null,
    privateKey: keys.private_key ?? null,
    privateKeyPath: keys.private_key_path ?? null,
    privateKeyPassphrase: keys.private_key_passphrase ?? null,
    token: keys.token ?? null,
    oauthClientId: keys.oauth_client_id ?? null,
    oauthClientSecret: keys.oauth_client_secret ?? null,
    oauthTokenRequestUrl: keys.oauth_token_request_url ?? null,
    oauthAuthorizationUrl: keys.oauth_authorization_url ?? null,
    oauthScope: keys.oauth_scope ?? null,
  };
}

/** A private key speaks for itself, as in dbt; otherwise it is a password. */
function nameAuthenticator(keys: LoginKeys): string {
  const named = keys.authenticator ?? null;
  if (named !== null) return isOkta(named) ? named : named.toLowerCase();
  return isAbsent(keys.private_key) && isAbsent(keys.private_key_path) ? 'snowflake' : 'snowflake_jwt';
}

function findWay(authenticator: string): Way | undefined {
  return isOkta(authenticator) ? okta : ways.get(authenticator);
}

function isOkta(authenticator: string): boolean {
  return /^https:\/\//i.test(authenticator);
}

function listUnused(keys: LoginKeys, way: Way, authenticator: string, place: ConnectionPlace): StrataError[] {
  const used = new Set<string>(['user', ...way.needs, ...way.takes]);
  const known = new Set([...ways.values()].flatMap(({ needs, takes }) => [...needs, ...takes]));
  return [...known]
    .filter((key) => !used.has(key) && !isAbsent(keys[key]))
    .map((key) =>
      invalidKey(key, `has "${key}", which authenticator "${authenticator}" does not use.`, place, hintFor(key)),
    );
}

function hintFor(key: Key): string {
  if (key === 'token') return 'Set "authenticator:" to oauth or programmatic_access_token, or remove the token.';
  return `Remove "${key}:", or set the "authenticator:" that uses it.`;
}

function checkKeyPair(keys: LoginKeys, place: ConnectionPlace): StrataError[] {
  const hasText = !isAbsent(keys.private_key);
  const hasPath = !isAbsent(keys.private_key_path);
  if (!hasText && !hasPath) return [missingKey('private_key_path', place)];
  if (!hasText || !hasPath) return [];
  const hint = 'Keep one of them.';
  return [invalidKey('private_key', 'has both "private_key" and "private_key_path".', place, hint)];
}

function unknownAuthenticator(authenticator: string, place: ConnectionPlace): StrataError {
  const names = [...ways.keys()];
  const all = `Use one of ${names.join(', ')}, or the address of an Okta account.`;
  const hint = suggest(authenticator, names) ?? all;
  return invalidKey('authenticator', `has authenticator "${authenticator}", which is unknown.`, place, hint);
}

function isAbsent(value: string | null | undefined): boolean {
  return value == null || value === '';
}
