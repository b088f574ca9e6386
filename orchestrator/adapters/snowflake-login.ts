import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'snowflake-sdk';
import { StrataError } from '../errors.ts';

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

/** Logins that ask a person: what they give is kept by the client for the next session. */
const cached: ReadonlySet<string> = new Set(['username_password_mfa', 'externalbrowser', 'oauth_authorization_code']);

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
    // The client reads both caches through a store that only this option opens.
    ...(cached.has(authenticator) ? { clientStoreTemporaryCredential: true } : {}),
  };
}

/** The key as the client wants it. The client would name neither the file nor what is wrong with it. */
function readPrivateKey(login: SnowflakeLogin): string | null {
  const { privateKey, privateKeyPath, privateKeyPassphrase: passphrase } = login;
  if (privateKey === null && privateKeyPath === null) return null;
  try {
    const pem = toPem(privateKeyPath === null ? (privateKey ?? '') : readFileSync(privateKeyPath, 'utf8'), passphrase);
    if (passphrase === null && pem.includes('ENCRYPTED')) throw new Error('it is encrypted');
    createPrivateKey({ key: pem, ...(passphrase === null ? {} : { passphrase }) });
    return pem;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const name = privateKeyPath === null ? '"private_key"' : `"private_key_path" (${privateKeyPath})`;
    const hint = 'It must be a PEM file or its base64 text; an encrypted one needs "private_key_passphrase".';
    throw new StrataError('connection-failed', `The key in ${name} cannot be read: ${reason}`, {}, { hint });
  }
}

/** Profiles may have the bare base64, or line ends written as \n. */
function toPem(text: string, passphrase: string | null): string {
  const trimmed = text.replaceAll('\\n', '\n').trim();
  if (trimmed.startsWith('-----')) return trimmed;
  const kind = passphrase === null ? 'PRIVATE KEY' : 'ENCRYPTED PRIVATE KEY';
  return `-----BEGIN ${kind}-----\n${trimmed}\n-----END ${kind}-----`;
}

/** What of a login no message may show. */
export function listLoginSecrets(login: SnowflakeLogin): string[] {
  const { password, passcode, token, privateKey, privateKeyPassphrase, oauthClientSecret } = login;
  const all = [password, passcode, token, privateKey, privateKeyPassphrase, oauthClientSecret];
  return all.flatMap((secret) => (secret === null || secret === '' ? [] : [secret]));
}
