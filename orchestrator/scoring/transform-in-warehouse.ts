import { nameInputColumns, type Preparation, renderPrepared } from './design-sql.ts';
import { type RankedPair, type RankRequest, readRanks } from './order-statistics.ts';
import { isNegligible } from './quantiles.ts';
import { renderNumber } from './sql-text.ts';
import type { Scoring } from './step.ts';
import {
  fitShare,
  type InputColumn,
  signedLog,
  skewedAbove,
  type Transform,
  type TransformInput,
  type TransformOptions,
} from './transform.ts';
import { readSums, type WorkRows } from './work-rows.ts';

/** A numeric input and what one pass told of it. */
interface NumberFacts {
  readonly name: string;
  readonly column: string;
  /** Values of the sample, ascending, without what is missing. */
  readonly sample: Float64Array;
  readonly known: number;
  readonly sum: number;
  readonly hasNegative: boolean;
}

type FilledFacts = NumberFacts & { readonly fill: number };
type Prepared = FilledFacts & Preparation;

/**
 * Fits the transform by a handful of aggregates over all rows: what fitTransform() would give of them.
 *
 * @param sample the inputs of some of the rows: their names and levels, and bounds to look for quantiles between.
 */
export function* fitTransformInWarehouse(
  work: WorkRows,
  sample: readonly InputColumn[],
  options: TransformOptions,
): Scoring<Transform> {
  const names = nameInputColumns({ inputs: sample });
  const numbers = yield* countNumbers(work, sample, names);
  const filled = yield* findFills(work, numbers);
  const logged = yield* chooseLogs(work, filled, options);
  const prepared = yield* findClips(work, logged, options);
  const scales = yield* measureScales(work, prepared);
  const shares = yield* countLevels(work, sample, names);
  const inputs = sample.map((column, i): TransformInput => {
    const name = names[i] ?? '';
    if (column.kind === 'category') {
      const [reference = '', ...others] = column.levels;
      const levels = others.map((value, level) => ({ value, ...fitShare(shares.get(`${name} ${level + 1}`) ?? 0) }));
      return { kind: 'category', name: column.name, reference, levels };
    }
    const at = prepared.findIndex((number) => number.column === name);
    const { log, low, high, fill, known } = prepared[at] ?? noPreparation;
    const flag = options.flagMissing && known < work.rows ? fitShare((work.rows - known) / work.rows) : null;
    const { mean, deviation } = scales[at] ?? { mean: 0, deviation: 0 };
    return { kind: 'number', name: column.name, log, low, high, fill, mean, deviation, missing: flag };
  });
  return { inputs };
}

const noPreparation = { log: false, low: null, high: null, fill: 0, known: 0 };

/** The rows learned from, as what follows `select`. */
function learned({ table, rows }: WorkRows): { readonly ctes: string; readonly table: string } {
  return { ctes: '', table: `${table}\nwhere row_index < ${rows}` };
}

function* countNumbers(
  work: WorkRows,
  sample: readonly InputColumn[],
  names: readonly string[],
): Scoring<readonly NumberFacts[]> {
  const numbers = sample.flatMap((column, i) =>
    column.kind === 'number' ? [{ name: column.name, column: names[i] ?? '', values: column.values }] : [],
  );
  const sums = yield* readSums(
    numbers.flatMap(({ column }) => [`count(${column})`, `sum(${column})`, `min(${column})`]),
    learned(work),
  );
  return numbers.map(({ name, column, values }, i) => {
    const [known = 0, sum = 0, least = 0] = sums.subarray(3 * i, 3 * i + 3);
    return { name, column, sample: values.filter(Number.isFinite).sort(), known, sum, hasNegative: least < 0 };
  });
}

/** The medians of what is known. */
function* findFills(work: WorkRows, numbers: readonly NumberFacts[]): Scoring<readonly FilledFacts[]> {
  const known = numbers.filter((number) => number.known > 0);
  const pairs = yield* readRanks(
    work,
    known.map((number) => ({ ...number, rank: Math.floor((number.known - 1) / 2) })),
  );
  const fills = new Map(known.map(({ column, known: count }, i) => [column, interpolate(pairs[i], (count - 1) / 2)]));
  return numbers.map((number) => ({ ...number, fill: fills.get(number.column) ?? 0 }));
}

function interpolate(pair: RankedPair | undefined, position: number): number {
  const [low, high] = pair ?? [Number.NaN, Number.NaN];
  return low + (high - low) * (position - Math.floor(position));
}

function* chooseLogs(
  work: WorkRows,
  numbers: readonly FilledFacts[],
  { log }: TransformOptions,
): Scoring<readonly Prepared[]> {
  const prepare = (isLogged: (number: FilledFacts) => boolean): readonly Prepared[] =>
    numbers.map((number) => ({ ...number, log: isLogged(number), low: null, high: null }));
  if (log !== 'auto') return prepare(({ name }) => log.includes(name));
  const candidates = numbers.filter(({ hasNegative }) => !hasNegative);
  const means = candidates.map(({ sum, known, fill }) => (sum + (work.rows - known) * fill) / work.rows);
  const moments = yield* readSums(
    candidates.flatMap(({ column, fill }, i) => {
      const difference = `(coalesce(${column}, ${renderNumber(fill)}) - ${renderNumber(means[i] ?? 0)})`;
      const square = `${difference} * ${difference}`;
      return [`sum(${square})`, `sum(${square} * ${difference})`];
    }),
    learned(work),
  );
  const skewed = new Set(
    candidates.flatMap(({ column }, i) => {
      const [squares = 0, cubes = 0] = moments.subarray(2 * i, 2 * i + 2);
      const deviation = Math.sqrt(squares / work.rows);
      const isConstant = isNegligible(deviation, means[i] ?? 0);
      return !isConstant && cubes / work.rows / deviation ** 3 > skewedAbove ? [column] : [];
    }),
  );
  return prepare(({ column }) => skewed.has(column));
}

/** Bounds are quantiles of the filled rows: the medians put in count like values that were read. */
function* findClips(
  work: WorkRows,
  numbers: readonly Prepared[],
  { winsorise }: TransformOptions,
): Scoring<readonly Prepared[]> {
  if (winsorise === null) return numbers;
  const wanted = numbers.flatMap((number) =>
    winsorise.map((share) => locate(number, (work.rows - 1) * share, work.rows)),
  );
  const requests = wanted.flatMap(({ requests: asked }) => asked);
  const pairs = yield* readRanks(work, requests);
  const findValue = (number: Prepared, place: Place): number => {
    if (place === 'fill') return number.fill;
    const at = requests.findIndex(({ column, rank }) => column === number.column && rank === place);
    return pairs[at]?.[0] ?? Number.NaN;
  };
  return numbers.map((number, i) => {
    const [low = null, high = null] = winsorise.map((_, s) => {
      const { places, position } = wanted[i * winsorise.length + s] ?? noPlaces;
      const pair = places.map((place) => {
        const value = findValue(number, place);
        return number.log ? signedLog(value) : value;
      });
      return interpolate([pair[0] ?? Number.NaN, pair[1] ?? Number.NaN], position);
    });
    return { ...number, low, high };
  });
}

/** A rank among the known values, or one that the filled-in median holds. */
type Place = number | 'fill';

interface Location {
  readonly places: readonly Place[];
  readonly position: number;
  readonly requests: readonly RankRequest[];
}

const noPlaces: Location = { places: [], position: 0, requests: [] };

/** Where a rank among the filled rows lies among the known ones: the fills stand together in their middle. */
function locate(number: FilledFacts, position: number, rows: number): Location {
  const { known } = number;
  const before = known === 0 ? 0 : Math.floor((known - 1) / 2) + 1;
  const missing = rows - known;
  const rank = Math.floor(position);
  const places = [rank, Math.min(rank + 1, rows - 1)].map((at): Place => {
    if (at < before) return at;
    return at < before + missing ? 'fill' : at - missing;
  });
  const requests = places.flatMap((place) => (place === 'fill' ? [] : [{ ...number, rank: place }]));
  return { places, position, requests };
}

interface Scales {
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and deviation of the prepared numbers, in two passes: squares around the mean keep their digits. */
function* measureScales(work: WorkRows, numbers: readonly Prepared[]): Scoring<readonly Scales[]> {
  const values = numbers.map((number) => renderPrepared(number, number.column));
  const sums = yield* readSums(
    values.map((value) => `sum(${value})`),
    learned(work),
  );
  const means = sums.map((sum) => sum / work.rows);
  const squares = yield* readSums(
    values.map((value, i) => {
      const difference = `(${value} - ${renderNumber(means[i] ?? 0)})`;
      return `sum(${difference} * ${difference})`;
    }),
    learned(work),
  );
  return numbers.map((_, i) => {
    const mean = means[i] ?? 0;
    const deviation = Math.sqrt((squares[i] ?? 0) / work.rows);
    return { mean, deviation: isNegligible(deviation, mean) ? 0 : deviation };
  });
}

/** The share of each level but the first, by the column's name and the level's position. */
function* countLevels(
  work: WorkRows,
  sample: readonly InputColumn[],
  names: readonly string[],
): Scoring<ReadonlyMap<string, number>> {
  const levels = sample.flatMap((column, i) =>
    column.kind === 'category' ? column.levels.slice(1).map((_, level) => `${names[i]} ${level + 1}`) : [],
  );
  const counts = yield* readSums(
    levels.map((level) => `sum(case when ${level.replace(' ', ' = ')} then 1 else 0 end)`),
    learned(work),
  );
  return new Map(levels.map((level, i) => [level, (counts[i] ?? 0) / work.rows]));
}
