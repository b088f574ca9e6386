import { StrataError } from '../../errors.ts';
import { hostFunction } from '../../jinja/host.ts';
import { iterateValue } from '../../jinja/template.ts';
import { PyDict, PyTuple, type Value } from '../../jinja/values.ts';

/** More items than any template means; a product of long lists would fill the memory. */
const maxItems = 1_000_000;

function listOf(value: Value): Value[] {
  return [...iterateValue(value)];
}

function listsOf(value: Value): Value[][] {
  return listOf(value).map(listOf);
}

function countOf(value: Value, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}

function checkSize(size: number): void {
  if (size > maxItems) {
    throw new StrataError('template-limit', `itertools would make more than ${maxItems} items.`);
  }
}

/** All tuples with one item of each list, the last varying fastest. */
function product(lists: readonly Value[][]): Value[] {
  checkSize(lists.reduce((size, list) => size * list.length, 1));
  let tuples: Value[][] = [[]];
  for (const list of lists) tuples = tuples.flatMap((tuple) => list.map((item) => [...tuple, item]));
  return tuples.map((tuple) => PyTuple.make(tuple));
}

/** Index tuples of length `size` out of `count`, in lexicographic order; `accept` prunes. */
function indexTuples(
  count: number,
  size: number,
  accept: (chosen: readonly number[], next: number) => boolean,
): number[][] {
  let tuples: number[][] = [[]];
  for (let step = 0; step < size; step += 1) {
    const longer: number[][] = [];
    for (const tuple of tuples) {
      for (let index = 0; index < count; index += 1) if (accept(tuple, index)) longer.push([...tuple, index]);
      checkSize(longer.length);
    }
    tuples = longer;
  }
  return tuples;
}

function choose(items: Value, size: number, accept: (chosen: readonly number[], next: number) => boolean): Value[] {
  const list = listOf(items);
  return indexTuples(list.length, size, accept).map((tuple) => PyTuple.make(tuple.map((index) => list[index])));
}

function last(chosen: readonly number[]): number {
  return chosen.at(-1) ?? -1;
}

/** `modules.itertools`. */
export const itertoolsMembers: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['chain', hostFunction('chain', ['*iterables'], (args) => listsOf(args.iterables).flat())],
  [
    'product',
    hostFunction('product', ['*iterables', '**options'], (args) => {
      const repeat = args.options instanceof PyDict ? countOf(args.options.get('repeat'), 1) : 1;
      const lists = listsOf(args.iterables);
      return product(Array.from({ length: repeat }, () => lists).flat());
    }),
  ],
  [
    'combinations',
    hostFunction('combinations', ['iterable', 'r'], (args) =>
      choose(args.iterable, countOf(args.r, 0), (chosen, next) => next > last(chosen)),
    ),
  ],
  [
    'combinations_with_replacement',
    hostFunction('combinations_with_replacement', ['iterable', 'r'], (args) =>
      choose(args.iterable, countOf(args.r, 0), (chosen, next) => next >= last(chosen)),
    ),
  ],
  [
    'permutations',
    hostFunction('permutations', ['iterable', 'r?'], (args) =>
      choose(args.iterable, countOf(args.r, listOf(args.iterable).length), (chosen, next) => !chosen.includes(next)),
    ),
  ],
  [
    'islice',
    hostFunction('islice', ['iterable', 'start', 'stop?', 'step?'], (args) => {
      const list = listOf(args.iterable);
      const hasStop = args.stop !== undefined;
      const start = hasStop ? countOf(args.start, 0) : 0;
      const stop = hasStop ? countOf(args.stop, list.length) : countOf(args.start, list.length);
      const step = countOf(args.step, 1);
      return list.slice(start, stop).filter((_, index) => index % step === 0);
    }),
  ],
  [
    'zip_longest',
    hostFunction('zip_longest', ['*iterables', '**options'], (args) => {
      const lists = listsOf(args.iterables);
      const fill = args.options instanceof PyDict ? (args.options.get('fillvalue') ?? null) : null;
      const length = Math.max(0, ...lists.map((list) => list.length));
      return Array.from({ length }, (_, index) => PyTuple.make(lists.map((list) => list[index] ?? fill)));
    }),
  ],
  [
    'repeat',
    hostFunction('repeat', ['object', 'times'], (args) => {
      checkSize(countOf(args.times, 0));
      return Array.from({ length: countOf(args.times, 0) }, () => args.object);
    }),
  ],
]);
