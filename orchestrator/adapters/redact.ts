/** Replaces every secret, however a log or statement spells it, by stars, and passwords written in connection strings. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  const known = [...new Set(secrets.flatMap(spellings))].filter((secret) => secret !== '');
  known.sort((a, b) => b.length - a.length);
  const hidden = known.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return hidden
    .replace(/\b(\w*(?:password|passwd|pwd|secret|token)\w*\s*=\s*)('[^']*'|"[^"]*"|[^\s;&,)]+)/gi, '$1***')
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi, '$1***@');
}

/** Data as JSON without secrets. Each text is redacted by itself, so that what is hidden never takes a bracket along. */
export function stringifyRedacted(data: unknown, secrets: readonly string[]): string {
  return JSON.stringify(data, (_, part) => (typeof part === 'string' ? redactSecrets(part, secrets) : part));
}

/** Whether a setting of a connection holds a secret, by its name. */
export function isSecretSetting(name: string): boolean {
  return /secret|password|token|key/i.test(name);
}

/** A secret as it is, in an address, in JSON, and as a literal of SQL. */
function spellings(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), secret.replaceAll("'", "''")];
}
