import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'snowflake-sdk';

/** How to log in: which way, and what it needs. */
export interface SnowflakeLogin {
  /** One of the client's authenticators in lower case, or the address of an Okta account. */
  readonly authenticator: string;
  readonly user: string | null;
  readonly password: string | null;
  /** A code of a second factor. */
  readonly passcode: string | null;
  /** PEM, or the base64 text between its first and last line. */
  readonly privateKey: string | null;
  readonly privateKeyPath: string | null;
  readonly privateKeyPassphrase: string | null;
  readonly token: string | null;
  readonly oauthClientId: string | null;
  readonly oauthClientSecret: string | null;
  readonly oauthTokenRequestUrl: string | null;
  readonly oauthAuthorizationUrl: string | null;
  readonly oauthScope: string | null;
}

/**
 * The login as the client's options. The token caches of a second factor and of a browser's login spare the user a
 * prompt per thread.
 */
export function toLoginOptions(login: SnowflakeLogin): ConnectionOptions {
  const { authenticator } = login;
  const key = readPrivateKey(login);
  const given: Readonly<Record<string, string | null>> = {
    username: login.user,
    password: login.password,
    passcode: login.passcode,
    token: login.token,
    privateKey: key,
    privateKeyPass: login.privateKeyPassphrase,
    oauthClientId: login.oauthClientId,
    oauthClientSecret: login.oauthClientSecret,
    oauthTokenRequestUrl: login.oauthTokenRequestUrl,
    oauthAuthorizationUrl: login.oauthAuthorizationUrl,
    oauthScope: login.oauthScope,
  };
  return {
    authenticator: /^https:/i.test(authenticator) ? authenticator : authenticator.toUpperCase(),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
    ...(authenticator === 'username_password_mfa' ? { clientRequestMFAToken: true } : {}),
    ...(authenticator === 'externalbrowser' ? { clientStoreTemporaryCredential: true } : {}),
  };
}

/** PEM, as the client wants it; profiles may have the bare base64, or line ends written as \n. */
function readPrivateKey({ privateKey, privateKeyPath, privateKeyPassphrase }: SnowflakeLogin): string | null {
  const text = privateKeyPath === null ? privateKey : readFileSync(privateKeyPath, 'utf8');
  if (text === null) return null;
  const trimmed = text.replaceAll('\\n', '\n').trim();
  if (trimmed.startsWith('-----')) return trimmed;
  const kind = privateKeyPassphrase === null ? 'PRIVATE KEY' : 'ENCRYPTED PRIVATE KEY';
  return `-----BEGIN ${kind}-----\n${trimmed}\n-----END ${kind}-----`;
}

/** What of a login no message may show. */
export function listLoginSecrets(login: SnowflakeLogin): string[] {
  const { password, passcode, token, privateKey, privateKeyPassphrase, oauthClientSecret } = login;
  const all = [password, passcode, token, privateKey, privateKeyPassphrase, oauthClientSecret];
  return all.flatMap((secret) => (secret === null || secret === '' ? [] : [secret]));
}
