import { HostObject } from '../host.ts';
import { isHostObject, Markup, PyTuple, type Value } from '../values/model.ts';
import { splitCharacters } from '../values/text.ts';
import { runtimeError } from './failures.ts';
import { asInteger } from './numbers.ts';

/** What stands in brackets as `start:stop:step`. */
export class Slice extends HostObject {
  readonly typeName = 'slice';
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;

  constructor(start: Value, stop: Value, step: Value) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** Part of a sequence; JS undefined when the value cannot be sliced or a bound is no integer. */
export function sliceValue(value: Value, slice: Slice): Value {
  const bounds = readBounds(slice);
  if (bounds === undefined) return undefined;
  if (typeof value === 'string') return pick(splitCharacters(value), bounds).join('');
  if (value instanceof Markup) return new Markup(pick(splitCharacters(value.text), bounds).join(''));
  if (value instanceof PyTuple) return PyTuple.make(pick(value, bounds));
  if (Array.isArray(value)) return pick(value, bounds);
  if (!isHostObject(value) || !value.isSequence) return undefined;
  return value.getItem(slice) ?? pick(Array.from(value.iterate() ?? []), bounds);
}

/** The bounds as numbers; undefined when one is neither an integer nor missing. */
export function readBounds(slice: Slice): Bounds | undefined {
  const values = [slice.start, slice.stop, slice.step];
  if (values.some((value) => value !== null && asInteger(value) === undefined)) return undefined;
  const [start, stop, step] = values.map((value) => (value === null ? undefined : Number(asInteger(value))));
  return { start, stop, step };
}

interface Bounds {
  readonly start: number | undefined;
  readonly stop: number | undefined;
  readonly step: number | undefined;
}

function pick<T>(items: readonly T[], bounds: Bounds): T[] {
  const { first, last, step } = resolveBounds(items.length, bounds);
  if (step === 1) return items.slice(first, Math.max(first, last));
  const picked: T[] = [];
  for (let i = first; step > 0 ? i < last : i > last; i += step) picked.push(items[i] as T);
  return picked;
}

/** The places a slice of so many items begins and ends at. */
export function resolveBounds(count: number, { start, stop, step = 1 }: Bounds): ResolvedBounds {
  if (step === 0) throw runtimeError('slice step cannot be zero');
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? count : count - 1;
  const first = clampBound(start, { count, low, high, missing: step > 0 ? low : high });
  const last = clampBound(stop, { count, low, high, missing: step > 0 ? high : low });
  return { first, last, step };
}

interface ResolvedBounds {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

interface Range {
  readonly count: number;
  readonly low: number;
  readonly high: number;
  readonly missing: number;
}

function clampBound(bound: number | undefined, { count, low, high, missing }: Range): number {
  if (bound === undefined) return missing;
  return Math.min(high, Math.max(low, bound < 0 ? bound + count : bound));
}
