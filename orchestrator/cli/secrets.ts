import { isSecretSetting } from '../adapters/redact.ts';
import { isSecret } from '../config/env-var.ts';
import type { Credentials } from '../config/profile-schema.ts';

/** All texts that must never be shown: secret environment variables and what the connection keeps secret. */
export function collectSecrets(
  env: Readonly<Record<string, string | undefined>>,
  credentials?: Credentials,
): readonly string[] {
  const fromEnv = Object.entries(env).flatMap(([name, value]) =>
    isSecret(name) && value !== undefined ? [value] : [],
  );
  return [...fromEnv, ...(credentials === undefined ? [] : secretsOf(credentials))].filter((text) => text !== '');
}

function secretsOf(credentials: Credentials): readonly string[] {
  switch (credentials.type) {
    case 'postgres':
      return [credentials.password];
    case 'duckdb':
      return Object.entries(credentials.settings).flatMap(([name, value]) =>
        isSecretSetting(name) ? [String(value)] : [],
      );
    default:
      return credentials satisfies never;
  }
}
