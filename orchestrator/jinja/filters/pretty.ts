import { splitLines } from '../methods/split.ts';
import { compareValues } from '../runtime/compare.ts';
import { PyDict, PyTuple, typeName, type Value } from '../values/model.ts';
import { toRepr } from '../values/print.ts';
import { countCharacters, quoteString, whitespace } from '../values/text.ts';

const lineWidth = 80;

/** A value as Python's `pprint.pformat` lays it out: on one line where it fits, dicts sorted by key. */
export function prettyPrint(value: Value): string {
  const text = toRepr(value);
  if (typeof value === 'string') return countCharacters(text) <= lineWidth ? text : layOutWholeText(value);
  return text.length <= lineWidth && !text.includes('{') ? text : layOut(value, 0, 0);
}

/** `column` is where the value begins, `after` how many characters must fit behind it. */
function layOut(value: Value, column: number, after: number): string {
  const flat = toRepr(sortKeys(value));
  if (countCharacters(flat) <= lineWidth - column - after) return flat;
  if (typeof value === 'string') return breakText(value, column, after).join(`\n${' '.repeat(column)}`);
  const separator = `,\n${' '.repeat(column + 1)}`;
  if (value instanceof PyDict && value.size > 0) {
    const entries = sortedEntries(value);
    const parts = entries.map(([key, item], i) => {
      const name = `${toRepr(key)}: `;
      return name + layOut(item, column + 1 + name.length, i === entries.length - 1 ? after + 1 : 1);
    });
    return `{${parts.join(separator)}}`;
  }
  if (!Array.isArray(value) || value.length === 0) return flat;
  const close = value instanceof PyTuple ? (value.length === 1 ? ',)' : ')') : ']';
  const parts = value.map((item, i) => layOut(item, column + 1, i === value.length - 1 ? after + close.length : 1));
  return (value instanceof PyTuple ? '(' : '[') + parts.join(separator) + close;
}

/** A text that is all there is stands in parentheses when it takes several lines. */
function layOutWholeText(text: string): string {
  const pieces = breakText(text, 1, 1);
  return pieces.length === 1 ? (pieces[0] ?? '') : `(${pieces.join('\n ')})`;
}

const wordWithSpace = new RegExp(`[^${whitespace}]*[${whitespace}]*`, 'g');

/** The literals of a long text: one for each of its lines, and several for a line that is too wide, cut between words. */
function breakText(text: string, column: number, after: number): string[] {
  const width = lineWidth - column;
  const lines = splitLines(text, true);
  return lines.flatMap((line, i) => {
    const lastWidth = i === lines.length - 1 ? width - after : width;
    return countCharacters(quoteString(line)) <= lastWidth ? [quoteString(line)] : breakLine(line, width, lastWidth);
  });
}

function breakLine(line: string, width: number, lastWidth: number): string[] {
  const words = (line.match(wordWithSpace) ?? []).filter((part) => part !== '');
  const pieces: string[] = [];
  let current = '';
  words.forEach((part, i) => {
    const room = i === words.length - 1 ? lastWidth : width;
    if (countCharacters(quoteString(current + part)) <= room) current += part;
    else {
      if (current !== '') pieces.push(current);
      current = part;
    }
  });
  return [...pieces, current].map(quoteString);
}

function sortKeys(value: Value): Value {
  if (value instanceof PyDict) return new PyDict(sortedEntries(value).map(([key, item]) => [key, sortKeys(item)]));
  if (value instanceof PyTuple) return PyTuple.make(Array.from(value, sortKeys));
  return Array.isArray(value) ? value.map(sortKeys) : value;
}

/** Keys that have no order are sorted by the names of their types. */
function sortedEntries(dict: PyDict): [Value, Value][] {
  return dict.entries().sort(([a], [b]) => {
    try {
      return compareValues(a, b);
    } catch {
      return compareValues(typeName(a), typeName(b));
    }
  });
}
