import { capitalizeText } from '../methods/letter-case.ts';
import { requireInteger, requireText } from '../methods/method.ts';
import { replaceText } from '../methods/search.ts';
import { splitLines, stripText } from '../methods/split.ts';
import { centerText } from '../methods/string.ts';
import { checkTextLength, runtimeError, undefinedError } from '../runtime/failures.ts';
import { formatPercent } from '../runtime/format-percent.ts';
import { findLength } from '../runtime/iterate.ts';
import { repeatText } from '../runtime/operators.ts';
import { isTrue, isUndefined, Markup, PyTuple, typeName, type Value } from '../values/model.ts';
import { toText } from '../values/print.ts';
import { whitespace } from '../values/text.ts';
import { type Filter, filter, variadicFilter } from './filter.ts';
import { wrapText } from './wrap.ts';

/** Changes text; markup stays markup. */
function changeText(value: Value, change: (text: string) => string): Value {
  return value instanceof Markup ? new Markup(change(value.text)) : change(toText(value));
}

const wordStart = new RegExp(`([-${whitespace}({[<]+)`);

function title(value: Value): string {
  return toText(value)
    .split(wordStart)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())
    .join('');
}

function replace(value: Value, [old, replacement, count]: readonly Value[]): string {
  const times = count === undefined || count === null ? -1 : requireInteger(count);
  return replaceText(toText(value), toText(old), toText(replacement), times);
}

function indent(value: Value, [width, first, blank]: readonly Value[]): Value {
  if (isUndefined(value)) throw undefinedError(value);
  const text = requireText(value, `The text to indent`);
  const space = typeof width === 'string' ? width : repeatText(' ', width === undefined ? 4 : requireInteger(width));
  const lines = splitLines(`${text}\n`, false);
  checkTextLength(text.length + lines.length * space.length);
  const [head = '', ...tail] = lines;
  const rest = tail.map((line) => `\n${isTrue(blank) || line !== '' ? space : ''}${line}`).join('');
  const indented = (isTrue(first) ? space : '') + head + rest;
  return value instanceof Markup ? new Markup(indented) : indented;
}

function truncate(value: Value, [length, killWords, end, leeway]: readonly Value[]): Value {
  const size = length === undefined ? 255 : requireInteger(length);
  const mark = end === undefined ? '...' : requireText(end);
  const spare = leeway === undefined || leeway === null ? 5 : requireInteger(leeway);
  if (size < mark.length) throw runtimeError(`expected length >= ${mark.length}, got ${size}`);
  if (spare < 0) throw runtimeError(`expected leeway >= 0, got ${spare}`);
  const count = findLength(value);
  if (count === undefined) throw runtimeError(`object of type '${typeName(value)}' has no len()`);
  if (count <= size + spare) return value;
  const head = Array.from(requireText(value))
    .slice(0, size - mark.length)
    .join('');
  const space = isTrue(killWords) ? -1 : head.lastIndexOf(' ');
  return changeText(value, () => (space < 0 ? head : head.slice(0, space)) + mark);
}

function format(value: Value, args: readonly Value[], kwargs: Parameters<Filter['run']>[3]): Value {
  if (args.length > 0 && kwargs !== undefined) {
    throw runtimeError("can't handle positional and keyword arguments at the same time");
  }
  const pattern = value instanceof Markup ? value : toText(value);
  return formatPercent(pattern, kwargs ?? PyTuple.make(args));
}

function wordWrap(value: Value, [width, breakLong, glue, breakHyphens]: readonly Value[]): string {
  if (isUndefined(value)) throw undefinedError(value);
  const newline = glue === undefined || glue === null ? '\n' : requireText(glue);
  const rules = {
    width: width === undefined ? 79 : requireInteger(width),
    breakLongWords: breakLong === undefined || isTrue(breakLong),
    breakOnHyphens: breakHyphens === undefined || isTrue(breakHyphens),
  };
  if (rules.width <= 0) throw runtimeError(`invalid width ${rules.width} (must be > 0)`);
  return splitLines(requireText(value), false)
    .map((line) => wrapText(line, rules).join(newline))
    .join(newline);
}

/** Filters on text. */
export const textFilters: readonly Filter[] = [
  filter('capitalize', [], (value) => changeText(value, capitalizeText)),
  filter('center', ['width?'], (value, [width]) =>
    changeText(value, (text) => centerText(text, width === undefined ? 80 : requireInteger(width))),
  ),
  variadicFilter('format', (value, args, _context, kwargs) => format(value, args, kwargs)),
  filter('indent', ['width?', 'first?', 'blank?'], indent),
  filter('lower', [], (value) => changeText(value, (text) => text.toLowerCase())),
  filter('replace', ['old', 'new', 'count?'], replace),
  filter('string', [], (value) => changeText(value, (text) => text)),
  filter('title', [], title),
  filter('trim', ['chars?'], (value, [chars]) => changeText(value, (text) => stripText(text, chars, 'both'))),
  filter('truncate', ['length?', 'killwords?', 'end?', 'leeway?'], truncate),
  filter('upper', [], (value) => changeText(value, (text) => text.toUpperCase())),
  filter('wordcount', [], (value) => toText(value).match(/[\p{L}\p{N}_\p{M}]+/gu)?.length ?? 0),
  filter('wordwrap', ['width?', 'break_long_words?', 'wrapstring?', 'break_on_hyphens?'], wordWrap),
];
