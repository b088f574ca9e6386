/** What is wrong with a YAML text in a user's words, and what to do about it. */
export interface YamlMistake {
  readonly message: string;
  readonly hint?: string;
}

/** Tells a mistake from the parser's reason and the line it stopped at. */
export function describeYamlMistake(reason: string, line: string, column: number): YamlMistake {
  const found = MISTAKES.find(([pattern]) => pattern.test(reason));
  if (found !== undefined) return found[1](found[1] === describeDuplicate ? line.slice(column) : line, reason);
  return { message: `The YAML cannot be read: ${reason}.`, hint: QUOTE_HINT };
}

const QUOTE_HINT = 'Put quotes around a value that contains ": " or " #", or starts with one of { [ * & % @ `.';
const INDENT_HINT = 'Items of one list or mapping begin in the same column, and spaces indent them.';

type Describe = (line: string, reason: string) => YamlMistake;

const always =
  (message: string, hint: string): Describe =>
  () => ({ message, hint });

const openFlow = always(
  'A bracket, brace or quote that was opened above is not closed before this line.',
  'Close it, or put quotes around a value that begins with one.',
);

const MISTAKES: readonly (readonly [RegExp, Describe])[] = [
  [/^duplicated mapping key/, describeDuplicate],
  [/tab characters/, always('A tab indents this line.', 'Use spaces: YAML takes no tabs there.')],
  [/deficient indentation/, openFlow],
  [/unexpected end of the (stream|document) within a flow/, openFlow],
  [/unexpected end of the (stream|document) within/, always('A quote is opened and not closed.', 'Close it.')],
  [/missed comma/, always('A comma is missing between two items in brackets or braces.', 'Add it.')],
  [/expected the node content, but found ','/, always('There is nothing between two commas.', 'Remove one of them.')],
  [/unidentified alias/, describeAlias],
  [/bad indentation of a mapping entry|multiline key/, describeIndentation],
  [/bad indentation/, always('This line is not indented like the items it belongs to.', INDENT_HINT)],
  [/end of the stream or a document separator/, always('This line does not belong to what is above it.', INDENT_HINT)],
  [
    /unknown escape sequence/,
    always('"\\" in double quotes begins an escape that YAML does not have.', 'Write "\\\\".'),
  ],
  [/unknown .*tag/, always('A word after "!" is a tag, and this one is unknown.', 'Put quotes around the value.')],
  [/non-printable/, always('The file holds characters that no text has.', 'Save it as UTF-8 text.')],
];

function describeDuplicate(fromKey: string): YamlMistake {
  const key = /^["']?([^"':]+)["']?\s*:/.exec(fromKey)?.[1];
  const named = key === undefined ? 'A key' : `"${key.trim()}"`;
  return { message: `${named} is given twice in the same mapping.`, hint: 'Keep one of them, or merge their values.' };
}

function describeAlias(_line: string, reason: string): YamlMistake {
  const name = /"(.*)"/.exec(reason)?.[1] ?? '';
  return {
    message: `"*${name}" refers to an anchor that does not exist.`,
    hint: `Define "&${name}" above it, or put quotes around a value that begins with "*".`,
  };
}

/** Most often a value holds a colon; otherwise something stands in the wrong column. */
function describeIndentation(line: string): YamlMistake {
  if (/:\s.*:(\s|$)/.test(line)) return { message: 'The value contains ": " and has no quotes.', hint: QUOTE_HINT };
  if (/^[\s-]*[^:]*$/.test(line)) return { message: 'A key lacks its colon.', hint: 'Write "key: value".' };
  return { message: 'This line is not indented like the keys it belongs to.', hint: INDENT_HINT };
}
