/** How lines are broken. */
export interface WrapRules {
  readonly width: number;
  readonly breakLongWords: boolean;
  readonly breakOnHyphens: boolean;
}

// Words, runs of blanks, and words with hyphens in pieces that end with the hyphen, as Python's textwrap has them.
const hyphenated =
  /([\t\n\v\f\r ]+|[^\s-]*[\w!"'&.,?]?-{2,}(?=\w)|(?:[^\s\d-][^\s-]*-)(?=[^\s\d\W])|[^\s-]+(?:-[^\s-]*\d[^\s-]*)*-*|-+[^\s-]*)/g;
const plain = /[\t\n\v\f\r ]+|[^\t\n\v\f\r ]+/g;

/** The lines of a text that are at most so wide, as Python's `textwrap.wrap` breaks them. */
export function wrapText(text: string, rules: WrapRules): string[] {
  const chunks: string[] = [...(text.match(rules.breakOnHyphens ? hyphenated : plain) ?? [])].reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    if (lines.length > 0 && isBlank(chunks.at(-1))) chunks.pop();
    const line = takeLine(chunks, rules);
    if (isBlank(line.at(-1))) line.pop();
    if (line.length > 0) lines.push(line.join(''));
  }
  return lines;
}

function isBlank(chunk: string | undefined): boolean {
  return chunk !== undefined && chunk.trim() === '';
}

function takeLine(chunks: string[], { width, breakLongWords, breakOnHyphens }: WrapRules): string[] {
  const line: string[] = [];
  let length = 0;
  for (let next = chunks.at(-1); next !== undefined && length + next.length <= width; next = chunks.at(-1)) {
    line.push(next);
    length += next.length;
    chunks.pop();
  }
  const long = chunks.at(-1);
  if (long === undefined || long.length <= width) return line;
  if (breakLongWords) {
    const end = findBreak(long, Math.max(1, width - length), breakOnHyphens);
    line.push(long.slice(0, end));
    chunks[chunks.length - 1] = long.slice(end);
  } else if (line.length === 0) {
    line.push(long);
    chunks.pop();
  }
  return line;
}

/** A long word is cut after a hyphen where there is one. */
function findBreak(word: string, room: number, breakOnHyphens: boolean): number {
  if (!breakOnHyphens || word.length <= room) return room;
  const hyphen = word.lastIndexOf('-', room - 1);
  return hyphen > 0 && [...word.slice(0, hyphen)].some((character) => character !== '-') ? hyphen + 1 : room;
}
