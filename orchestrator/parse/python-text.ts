/** Python's str() of plain data, which dbt builds the names of tests from. */
export function pythonText(value: unknown): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/** Python's repr() of plain data. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return pythonNumber(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (typeof value === 'object') {
    const pairs = Object.entries(value).map(([key, item]) => `${quote(key)}: ${pythonRepr(item)}`);
    return `{${pairs.join(', ')}}`;
  }
  return String(value);
}

function pythonNumber(value: number): string {
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  if (Number.isNaN(value)) return 'nan';
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Printable ASCII without a backslash, which stands in quotes as it is. */
const PLAIN = /^[\x20-\x5b\x5d-\x7e]*$/;

/** Python prefers single quotes, and double ones where the text has single but no double quotes. */
function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  if (PLAIN.test(text) && !text.includes(mark)) return `${mark}${text}${mark}`;
  let body = '';
  for (const character of text) body += escapeCharacter(character, mark);
  return `${mark}${body}${mark}`;
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function escapeCharacter(character: string, mark: string): string {
  if (character === mark) return `\\${mark}`;
  const named = NAMED.get(character);
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code !== 0x7f && !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(character)) return character;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}
