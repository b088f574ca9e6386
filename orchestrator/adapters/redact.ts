/** Replaces every secret, also in its URL-encoded form, by stars, and passwords written in connection strings. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  const spellings = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  const known = [...new Set(spellings)].filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
  const hidden = known.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return hidden
    .replace(/\b(\w*(?:password|passwd|pwd|secret|token)\w*\s*=\s*)('[^']*'|"[^"]*"|[^\s;&,)]+)/gi, '$1***')
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi, '$1***@');
}
