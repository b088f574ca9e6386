import { checkTextLength, runtimeError } from '../runtime/failures.ts';
import { padText } from '../runtime/format-number.ts';
import { listItems } from '../runtime/iterate.ts';
import { Markup, PyTuple, typeName, type Value } from '../values/model.ts';
import { countCharacters } from '../values/text.ts';
import { capitalizeText, foldCase, isLowerText, isTitleText, isUpperText, swapCase, titleText } from './letter-case.ts';
import {
  type Method,
  type MethodTable,
  method,
  optionalInteger,
  requireInteger,
  requireText,
  tabulate,
} from './method.ts';
import { findInText, isBeyond, replaceText, sliceText } from './search.ts';
import { splitLines, splitText, splitTextRight, stripText } from './split.ts';

function predicate(name: string, pattern: RegExp): Method<string> {
  return method(name, [0, 0], (self) => pattern.test(self));
}

function startsOrEnds(name: string, test: (text: string, affix: string) => boolean): Method<string> {
  return method(name, [1, 3], (self, [affix, start, end]) => {
    if (isBeyond(self, start, end)) return false;
    const text = sliceText(self, start, end);
    if (Array.isArray(affix) && affix instanceof PyTuple) return affix.some((item) => test(text, requireText(item)));
    return test(text, requireText(affix, `${name} first argument`));
  });
}

function find(name: string, fromRight: boolean, mustExist: boolean): Method<string> {
  return method(name, [1, 3], (self, [part, start, end]) => {
    const index = findInText(self, { part: requireText(part), start, end, fromRight });
    if (index < 0 && mustExist) throw runtimeError('substring not found');
    return index;
  });
}

function pad(name: string, align: '<' | '>' | '^'): Method<string> {
  return method(name, [1, 2], (self, [width, fill]) => {
    const character = fill === undefined ? ' ' : requireText(fill);
    if (countCharacters(character) !== 1) throw runtimeError('The fill character must be exactly one character long');
    if (align !== '^') return padText(self, requireInteger(width), align, character);
    return centerText(self, requireInteger(width), character);
  });
}

/** CPython puts the odd blank left when the width is odd, right otherwise. */
export function centerText(text: string, width: number, fill = ' '): string {
  const missing = width - countCharacters(text);
  if (missing <= 0) return text;
  checkTextLength(width);
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

function partition(name: string, fromRight: boolean): Method<string> {
  return method(name, [1, 1], (self, [separator]) => {
    const text = requireText(separator);
    if (text === '') throw runtimeError('empty separator');
    const index = fromRight ? self.lastIndexOf(text) : self.indexOf(text);
    if (index < 0) return PyTuple.make(fromRight ? ['', '', self] : [self, '', '']);
    return PyTuple.make([self.slice(0, index), text, self.slice(index + text.length)]);
  });
}

function zeroFill(self: string, width: number): string {
  const sign = /^[-+]/.exec(self)?.[0] ?? '';
  return sign + padText(self.slice(sign.length), width - sign.length, '>', '0');
}

function expandTabs(self: string, size: number): string {
  let column = 0;
  let result = '';
  for (const character of self) {
    const blanks = size > 0 ? size - (column % size) : 0;
    result += character === '\t' ? ' '.repeat(blanks) : character;
    column = character === '\n' || character === '\r' ? 0 : column + (character === '\t' ? blanks : 1);
    checkTextLength(result.length);
  }
  return result;
}

/** `separator.join(items)`: every item must be text. */
function joinTexts(separator: string, items: Value): string {
  const texts = listItems(items).map((item, i) => {
    if (typeof item === 'string') return item;
    if (item instanceof Markup) return item.text;
    throw runtimeError(`sequence item ${i}: expected str instance, ${typeName(item)} found`);
  });
  checkTextLength(texts.reduce((sum, text) => sum + text.length + separator.length, 0));
  return texts.join(separator);
}

function countParts(self: string, [part, start, end]: readonly Value[]): number {
  const text = sliceText(self, start, end);
  const piece = requireText(part);
  if (isBeyond(self, start, end)) return 0;
  return piece === '' ? countCharacters(text) + 1 : text.split(piece).length - 1;
}

function removeAffix(name: string, remove: (text: string, affix: string) => string): Method<string> {
  return method(name, [1, 1], (self, [affix]) => remove(self, requireText(affix)));
}

/** The methods of `str`, but `format`, which needs attribute lookup. */
export const stringMethods: MethodTable<string> = tabulate([
  method('upper', [0, 0], (self) => self.toUpperCase()),
  method('lower', [0, 0], (self) => self.toLowerCase()),
  method('casefold', [0, 0], (self) => foldCase(self)),
  method('capitalize', [0, 0], (self) => capitalizeText(self)),
  method('title', [0, 0], (self) => titleText(self)),
  method('swapcase', [0, 0], (self) => swapCase(self)),
  method('strip', [0, 1], (self, [chars]) => stripText(self, chars, 'both')),
  method('lstrip', [0, 1], (self, [chars]) => stripText(self, chars, 'left')),
  method('rstrip', [0, 1], (self, [chars]) => stripText(self, chars, 'right')),
  startsOrEnds('startswith', (text, affix) => text.startsWith(affix)),
  startsOrEnds('endswith', (text, affix) => text.endsWith(affix)),
  method('replace', [2, 3], (self, [old, replacement, count]) =>
    replaceText(self, requireText(old), requireText(replacement), optionalInteger(count, -1)),
  ),
  method('split', [0, 2], (self, [sep, max]) => splitText(self, sep, optionalInteger(max, -1)), ['sep', 'maxsplit']),
  method('rsplit', [0, 2], (self, [sep, max]) => splitTextRight(self, sep, optionalInteger(max, -1)), [
    'sep',
    'maxsplit',
  ]),
  method('splitlines', [0, 1], (self, [keep]) => splitLines(self, optionalInteger(keep, 0) !== 0), ['keepends']),
  partition('partition', false),
  partition('rpartition', true),
  method('join', [1, 1], (self, [items]) => joinTexts(self, items)),
  find('find', false, false),
  find('rfind', true, false),
  find('index', false, true),
  find('rindex', true, true),
  method('count', [1, 3], (self, args) => countParts(self, args)),
  pad('ljust', '<'),
  pad('rjust', '>'),
  pad('center', '^'),
  method('zfill', [1, 1], (self, [width]) => zeroFill(self, requireInteger(width))),
  method('expandtabs', [0, 1], (self, [size]) => expandTabs(self, optionalInteger(size, 8)), ['tabsize']),
  removeAffix('removeprefix', (text, affix) => (text.startsWith(affix) ? text.slice(affix.length) : text)),
  removeAffix('removesuffix', (text, affix) =>
    affix !== '' && text.endsWith(affix) ? text.slice(0, -affix.length) : text,
  ),
  predicate('isdigit', /^[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468]+$/u),
  predicate('isdecimal', /^\p{Nd}+$/u),
  predicate('isnumeric', /^\p{N}+$/u),
  predicate('isalpha', /^\p{L}+$/u),
  predicate('isalnum', /^[\p{L}\p{N}]+$/u),
  predicate('isspace', /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/),
  predicate('isascii', /^[\x00-\x7f]*$/),
  predicate('isidentifier', /^[\p{XID_Start}_]\p{XID_Continue}*$/u),
  predicate('isprintable', /^(?:[^\p{C}\p{Z}]| )*$/u),
  method('isupper', [0, 0], (self) => isUpperText(self)),
  method('islower', [0, 0], (self) => isLowerText(self)),
  method('istitle', [0, 0], (self) => isTitleText(self)),
]);
