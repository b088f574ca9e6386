/** How lines are broken. */
export interface WrapRules {
  readonly width: number;
  readonly breakLongWords: boolean;
  readonly breakOnHyphens: boolean;
}

const space = '[\\t\\n\\v\\f\\r ]';
const word = '[\\p{L}\\p{N}_]';
const letter = '[\\p{L}\\p{Nl}\\p{No}_]';
const wordEnd = `(?<=[\\p{L}\\p{N}_!"'&.,?])`;
const hyphen = `-(?:(?<=${letter}{2}-)|(?<=${letter}-${letter}-))(?=${letter}-?${letter})`;

// As Python's textwrap takes a text apart: runs of blanks, dashes between words, and words, which end with a hyphen
// between letters, in front of a blank or in front of a dash.
const hyphenated = new RegExp(
  `${space}+|${wordEnd}-{2,}(?=${word})|[^\\t\\n\\v\\f\\r ]+?(?:${hyphen}|(?=${space}|$)|${wordEnd}(?=-{2,}${word}))`,
  'gu',
);
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
    const end = findBreak(long, width - length, breakOnHyphens);
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
