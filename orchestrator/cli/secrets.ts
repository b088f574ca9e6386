import { isSecret } from '../config/env-var.ts';
import type { Target } from '../config/profile.ts';

/** All texts that must never be shown: secret environment variables and what the connection keeps secret. */
export function collectSecrets(
  env: Readonly<Record<string, string | undefined>>,
  target?: Pick<Target, 'secrets'>,
): readonly string[] {
  const fromEnv = Object.entries(env).flatMap(([name, value]) =>
    isSecret(name) && value !== undefined ? [value] : [],
  );
  return [...fromEnv, ...(target?.secrets ?? [])].filter((text) => text !== '');
}
