/** Python's whitespace, as the body of a character class. */
export const whitespace = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const spaceCharacter = new RegExp(`[${whitespace}]`);

/** The text without white space at its end. A pattern for it would look at each run of blanks once for each blank. */
export function trimSpaceEnd(text: string): string {
  let end = text.length;
  while (end > 0 && spaceCharacter.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

const exponentForm = /^(-?\d(?:\.\d+)?)e([+-])(\d+)$/;

/** A float as Python's repr prints it: `1.0`, `1e-05`, `1e+16`, `inf`, `nan`. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) return padExponent(value.toExponential());
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** Exponents have at least two digits in Python. */
export function padExponent(text: string): string {
  const match = exponentForm.exec(text);
  return match === null ? text : `${match[1]}e${match[2]}${(match[3] ?? '').padStart(2, '0')}`;
}

const plainText = /^[\x20-\x26\x28-\x5b\x5d-\x7e\xa1-\xac\xae-\u0377]*$/;
const unprintable = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
const shortEscapes = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** A string as Python's repr prints it. */
export function quoteString(text: string): string {
  if (plainText.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let result = quote;
  for (const character of text) {
    if (character === quote) result += `\\${quote}`;
    else
      result += shortEscapes.get(character) ?? (unprintable.test(character) ? escapeCharacter(character) : character);
  }
  return result + quote;
}

/** A text as Python's `ascii` prints it: what is beyond ASCII as escape sequences. */
export function escapeNonAscii(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, escapeCharacter);
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

const surrogate = /[\ud800-\udfff]/;

/** The characters of a text as Python counts them: code points. */
export function splitCharacters(text: string): string[] {
  return surrogate.test(text) ? Array.from(text) : text.split('');
}

/** The number of characters as Python counts them. */
export function countCharacters(text: string): number {
  return surrogate.test(text) ? Array.from(text).length : text.length;
}
