const escapeSequence = /\\(?:\n|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([xuUN])|([\s\S]))/g;

const simpleEscapes = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** The text a Python string literal stands for; undefined when an escape sequence is not complete. */
export function unescapeString(body: string): string | undefined {
  if (!body.includes('\\')) return body;
  let isComplete = true;
  const text = body.replace(escapeSequence, (_match, ...groups: (string | undefined)[]) => {
    const [byte, short, long, octal, broken, other] = groups;
    const code = Number.parseInt(byte ?? short ?? long ?? '', 16);
    if (code > 0x10ffff || broken !== undefined) isComplete = false;
    else if (!Number.isNaN(code)) return String.fromCodePoint(code);
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    return other === undefined ? '' : (simpleEscapes.get(other) ?? `\\${other}`);
  });
  return isComplete ? text : undefined;
}
