import { requireInteger } from '../methods/method.ts';
import { compareValues, isEqual } from '../runtime/compare.ts';
import { checkItemCount, checkTextLength, runtimeError } from '../runtime/failures.ts';
import { findItems, findLength, iterateValue, listItems } from '../runtime/iterate.ts';
import { compute } from '../runtime/operators.ts';
import { GroupTuple, Iterator } from '../runtime/sequences.ts';
import {
  isHostObject,
  isTrue,
  isUndefined,
  Markup,
  PyDict,
  PySet,
  PyTuple,
  typeName,
  Undefined,
  type Value,
} from '../values/model.ts';
import { toText } from '../values/print.ts';
import { attributeGetter, attributeListGetter, type Getter, ignoreCase } from './attributes.ts';
import { type Filter, filter } from './filter.ts';

function keepCase(value: Value): Value {
  return value;
}

function caseRule(caseSensitive: Value): Getter {
  return isTrue(caseSensitive) ? keepCase : ignoreCase;
}

/** Items in the order of their keys; equal ones stay in place, also when reversed. */
function sortBy(items: readonly Value[], key: Getter, reverse: boolean): Value[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  const sign = reverse ? -1 : 1;
  return keyed.sort((a, b) => sign * compareValues(a.key, b.key)).map((entry) => entry.item);
}

/** Python's `sorted` wants an integer here and takes no other value for true or false. */
function isReversed(reverse: Value): boolean {
  return reverse !== undefined && requireInteger(reverse) !== 0;
}

function sort(value: Value, [reverse, caseSensitive, attribute]: readonly Value[]): Value {
  const keys = attributeListGetter(attribute, caseRule(caseSensitive));
  return sortBy(listItems(value), keys, isReversed(reverse));
}

function dictSort(value: Value, [caseSensitive, by, reverse]: readonly Value[]): Value {
  if (!(value instanceof PyDict)) throw runtimeError(`The filter 'dictsort' needs a dict, not ${typeName(value)}.`);
  if (by !== undefined && by !== 'key' && by !== 'value') {
    throw runtimeError('You can only sort by either "key" or "value"');
  }
  const rule = caseRule(caseSensitive);
  const place = by === 'value' ? 1 : 0;
  const pairs = value.entries().map((entry) => PyTuple.make(entry));
  return sortBy(pairs, (pair) => rule(Array.isArray(pair) ? pair[place] : pair), isReversed(reverse));
}

function groupBy(value: Value, [attribute, fallback, caseSensitive]: readonly Value[]): Value {
  const get = attributeGetter(attribute, fallback);
  const rule = caseRule(caseSensitive);
  const key = (item: Value) => rule(get(item));
  const groups: { key: Value; items: Value[] }[] = [];
  for (const item of sortBy(listItems(value), key, false)) {
    const last = groups.at(-1);
    if (last !== undefined && isEqual(last.key, key(item))) last.items.push(item);
    else groups.push({ key: key(item), items: [item] });
  }
  return groups.map(({ items }) => GroupTuple.pair(get(items[0]), items));
}

function* unique(value: Value, [caseSensitive, attribute]: readonly Value[]): Generator<Value> {
  const get = attributeGetter(attribute);
  const rule = caseRule(caseSensitive);
  const seen = new PySet();
  for (const item of iterateValue(value)) {
    const key = rule(get(item));
    if (seen.has(key)) continue;
    seen.add(key);
    yield item;
  }
}

function findExtreme(sign: number, value: Value, [caseSensitive, attribute]: readonly Value[]): Value {
  const get = attributeGetter(attribute);
  const rule = caseRule(caseSensitive);
  let best: { item: Value; key: Value } | undefined;
  for (const item of iterateValue(value)) {
    const key = rule(get(item));
    if (best === undefined || sign * compareValues(key, best.key, sign > 0 ? '>' : '<') > 0) best = { item, key };
  }
  return best === undefined ? new Undefined('', 'No aggregated item, sequence was empty.') : best.item;
}

function* batch(value: Value, [size, fill]: readonly Value[]): Generator<Value> {
  const count = requireInteger(size);
  let group: Value[] = [];
  for (const item of iterateValue(value)) {
    if (group.length === count) {
      yield group;
      group = [];
    }
    group.push(item);
  }
  if (group.length === 0) return;
  checkItemCount(count);
  if (fill !== undefined && fill !== null) while (group.length < count) group.push(fill);
  yield group;
}

function* slice(value: Value, [count, fill]: readonly Value[]): Generator<Value> {
  const items = listItems(value);
  const slices = requireInteger(count);
  if (slices === 0) throw runtimeError('integer division or modulo by zero');
  checkItemCount(slices);
  const size = Math.floor(items.length / slices);
  const longer = items.length % slices;
  let start = 0;
  for (let i = 0; i < slices; i++) {
    const end = start + size + (i < longer ? 1 : 0);
    const part = items.slice(start, end);
    if (fill !== undefined && fill !== null && i >= longer) part.push(fill);
    yield part;
    start = end;
  }
}

function first(value: Value): Value {
  for (const item of iterateValue(value)) return item;
  return new Undefined('', 'No first item, sequence was empty.');
}

function last(value: Value): Value {
  const items = reversible(value);
  if (items.length === 0) return new Undefined('', 'No last item, sequence was empty.');
  const item = items.at(-1);
  return value instanceof Markup ? new Markup(toText(item)) : item;
}

/** The items of a value that Python can reverse: not of sets and generators. */
function reversible(value: Value): Value[] {
  const isReversible = !(value instanceof PySet) && findLength(value) !== undefined;
  if (!isReversible) throw runtimeError(`'${typeName(value)}' object is not reversible`);
  return listItems(value);
}

function reverse(value: Value): Value {
  if (typeof value === 'string') return Array.from(value).reverse().join('');
  if (value instanceof Markup) return new Markup(Array.from(value.text).reverse().join(''));
  if (findItems(value) === undefined) throw runtimeError('argument must be iterable');
  const items = listItems(value).reverse();
  return value instanceof PySet || findLength(value) === undefined
    ? items
    : new Iterator(items, 'list_reverseiterator');
}

function length(value: Value): Value {
  const count = findLength(value);
  if (count === undefined) throw runtimeError(`object of type '${typeName(value)}' has no len()`);
  return count;
}

function sum(value: Value, [attribute, start]: readonly Value[]): Value {
  const get = attributeGetter(attribute);
  let total: Value = start === undefined ? 0 : start;
  if (typeof total === 'string' || total instanceof Markup)
    throw runtimeError("sum() can't sum strings [use ''.join(seq) instead]");
  for (const item of iterateValue(value)) total = compute('+', total, get(item));
  return total;
}

function* items(value: Value): Generator<Value> {
  if (isUndefined(value)) return;
  if (value instanceof PyDict) yield* value.entries().map((entry) => PyTuple.make(entry));
  else if (isHostObject(value) && value.isMapping) {
    for (const key of value.iterate() ?? []) yield PyTuple.make([key, value.getItem(key)]);
  } else throw runtimeError('Can only get item pairs from a mapping.');
}

function random(value: Value): Value {
  if (value instanceof PyDict) throw runtimeError("The filter 'random' needs a sequence, not dict.");
  const choices = reversible(value);
  if (choices.length === 0) return new Undefined('', 'No random item, sequence was empty.');
  return choices[Math.floor(Math.random() * choices.length)];
}

function join(value: Value, [separator, attribute]: readonly Value[]): Value {
  const get = attributeGetter(attribute);
  let text = '';
  let isFirst = true;
  const glue = separator === undefined ? '' : toText(separator);
  for (const item of iterateValue(value)) {
    text += isFirst ? toText(get(item)) : glue + toText(get(item));
    isFirst = false;
    checkTextLength(text.length);
  }
  return text;
}

/** Filters on lists, dicts and whatever else has items. */
export const sequenceFilters: readonly Filter[] = [
  filter('batch', ['linecount', 'fill_with?'], (value, args) => new Iterator(batch(value, args))),
  filter('count', [], length),
  filter('dictsort', ['case_sensitive?', 'by?', 'reverse?'], dictSort),
  filter('first', [], first),
  filter('groupby', ['attribute', 'default?', 'case_sensitive?'], groupBy),
  filter('items', [], (value) => new Iterator(items(value))),
  filter('join', ['d?', 'attribute?'], join),
  filter('last', [], last),
  filter('length', [], length),
  filter('list', [], listItems),
  filter('max', ['case_sensitive?', 'attribute?'], (value, args) => findExtreme(1, value, args)),
  filter('min', ['case_sensitive?', 'attribute?'], (value, args) => findExtreme(-1, value, args)),
  filter('random', [], random),
  filter('reverse', [], reverse),
  filter('slice', ['slices', 'fill_with?'], (value, args) => new Iterator(slice(value, args))),
  filter('sort', ['reverse?', 'case_sensitive?', 'attribute?'], sort),
  filter('sum', ['attribute?', 'start?'], sum),
  filter('unique', ['case_sensitive?', 'attribute?'], (value, args) => new Iterator(unique(value, args))),
];
