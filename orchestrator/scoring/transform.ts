import type { Matrix } from './matrix.ts';
import { computeMoments, computeQuantiles } from './quantiles.ts';

/** A feature as it was read: numbers with NaN for what is missing, or categories as positions in `levels`. */
export type InputColumn =
  | { readonly kind: 'number'; readonly name: string; readonly values: Float64Array }
  | {
      readonly kind: 'category';
      readonly name: string;
      readonly levels: readonly string[];
      readonly values: Float64Array;
    };

/** Mean and standard deviation of one column of the design matrix; deviation 0 makes the column all zeros. */
export interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** A number: filled, then logged, then clipped, then standardised. */
export interface NumberInput extends Scale {
  readonly kind: 'number';
  readonly name: string;
  /** Takes sign(x) · ln(1 + |x|). */
  readonly log: boolean;
  /** Winsorising bounds, after the logarithm. */
  readonly low: number | null;
  readonly high: number | null;
  /** Stands for what is missing: the training median. */
  readonly fill: number;
  /** Scale of the 0/1 column that flags what was missing, where the training rows miss any. */
  readonly missing: Scale | null;
}

/** A category: one 0/1 column per level but the first, each standardised; a level unseen in training is all zeros. */
export interface CategoryInput {
  readonly kind: 'category';
  readonly name: string;
  /** The level without a column. */
  readonly reference: string;
  readonly levels: readonly (Scale & { readonly value: string })[];
}

export type TransformInput = NumberInput | CategoryInput;

/** Arrays as they were read, with the names of their columns. */
export function nameNumbers(
  columns: readonly { readonly name: string }[],
  arrays: readonly Float64Array[],
): readonly InputColumn[] {
  return columns.map(({ name }, i) => ({ kind: 'number', name, values: arrays[i] ?? new Float64Array(0) }));
}

/** How rows become a design matrix, fitted on training rows and stored with the model. */
export interface Transform {
  readonly inputs: readonly TransformInput[];
}

export interface TransformOptions {
  /** Features to log; `auto` takes those with skewness above 1 and no negative value. */
  readonly log: readonly string[] | 'auto';
  /** Shares at which numbers are clipped, or null for no clipping. */
  readonly winsorise: readonly [number, number] | null;
  /** Whether missing numbers get a column of their own. */
  readonly flagMissing: boolean;
}

/** Skewness above which `auto` takes the logarithm. */
export const skewedAbove = 1;

/** Fits the transform on the given (training) rows. */
export function fitTransform(columns: readonly InputColumn[], options: TransformOptions): Transform {
  return {
    inputs: columns.map((column) =>
      column.kind === 'number' ? fitNumber(column.name, column.values, options) : fitCategory(column),
    ),
  };
}

function fitNumber(name: string, values: Float64Array, options: TransformOptions): NumberInput {
  const [median = 0] = computeQuantiles(values, [0.5]);
  const fill = Number.isNaN(median) ? 0 : median;
  const { filled, missing } = fillMissing(values, fill);
  const log = options.log === 'auto' ? isSkewed(filled) : options.log.includes(name);
  if (log) replaceEach(filled, signedLog);
  const [low, high] = findBounds(filled, options.winsorise);
  if (low !== null) replaceEach(filled, (value) => clip(value, low, high));
  const { mean, deviation } = computeMoments(filled);
  const flag = options.flagMissing && missing > 0 ? fitShare(missing / values.length) : null;
  return { kind: 'number', name, log, low, high, fill, mean, deviation, missing: flag };
}

function fillMissing(values: Float64Array, fill: number): { readonly filled: Float64Array; readonly missing: number } {
  const filled = Float64Array.from(values);
  let missing = 0;
  for (let i = 0; i < filled.length; i++) {
    if (Number.isFinite(filled[i])) continue;
    filled[i] = fill;
    missing++;
  }
  return { filled, missing };
}

function replaceEach(values: Float64Array, replace: (value: number) => number): void {
  for (let i = 0; i < values.length; i++) values[i] = replace(values[i] as number);
}

function isSkewed(filled: Float64Array): boolean {
  for (let i = 0; i < filled.length; i++) if ((filled[i] as number) < 0) return false;
  return computeMoments(filled).skewness > skewedAbove;
}

function findBounds(values: Float64Array, shares: readonly [number, number] | null): [number | null, number | null] {
  if (shares === null || values.length === 0) return [null, null];
  const [low = null, high = null] = computeQuantiles(values, shares);
  return [low, high];
}

function fitCategory(column: Extract<InputColumn, { kind: 'category' }>): CategoryInput {
  const counts = new Float64Array(column.levels.length);
  for (const code of column.values) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  const [reference = '', ...others] = column.levels;
  return {
    kind: 'category',
    name: column.name,
    reference,
    levels: others.map((value, i) => ({ value, ...fitShare((counts[i + 1] as number) / column.values.length) })),
  };
}

/** Mean and deviation of a 0/1 column with this share of ones. */
export function fitShare(share: number): Scale {
  return { mean: share, deviation: Math.sqrt(share * (1 - share)) };
}

/** Names of the design columns in order: `tenure`, `tenure is missing`, `plan = pro`. */
export function nameDesignColumns(transform: Transform): readonly string[] {
  return transform.inputs.flatMap((input) => {
    if (input.kind === 'category') return input.levels.map((level) => `${input.name} = ${level.value}`);
    return input.missing === null ? [input.name] : [input.name, `${input.name} is missing`];
  });
}

/**
 * Applies a fitted transform to columns in the order of its inputs.
 *
 * @returns n × p design matrix.
 */
export function applyTransform(transform: Transform, columns: readonly InputColumn[]): Matrix {
  const rows = columns[0]?.values.length ?? 0;
  const width = nameDesignColumns(transform).length;
  const values = new Float64Array(rows * width);
  const writers = createWriters(transform, columns, { values, width });
  // Blocks of rows stay in the cache while the columns are written one beside the other.
  for (let start = 0; start < rows; start += blockRows) {
    const end = Math.min(start + blockRows, rows);
    for (const write of writers) write(start, end);
  }
  return { values, rows, columns: width };
}

const blockRows = 512;

/** Writes its columns of the design matrix for rows start to end. */
type Writer = (start: number, end: number) => void;

interface Target {
  readonly values: Float64Array;
  readonly width: number;
}

function createWriters(transform: Transform, columns: readonly InputColumn[], target: Target): readonly Writer[] {
  let offset = 0;
  return transform.inputs.flatMap((input, i) => {
    const column = columns[i];
    if (column === undefined) return [];
    const at = offset;
    offset += input.kind === 'category' ? input.levels.length : input.missing === null ? 1 : 2;
    return input.kind === 'number'
      ? [createNumberWriter(input, column.values, target, at)]
      : [createCategoryWriter(input, column, target, at)];
  });
}

function createNumberWriter(input: NumberInput, source: Float64Array, target: Target, offset: number): Writer {
  const { values, width } = target;
  const { fill, log, low, high, missing } = input;
  return (start, end) => {
    for (let i = start, at = start * width + offset; i < end; i++, at += width) {
      const value = source[i] as number;
      const isMissing = !Number.isFinite(value);
      const filled = isMissing ? fill : value;
      values[at] = standardise(clip(log ? signedLog(filled) : filled, low, high), input);
      if (missing !== null) values[at + 1] = standardise(isMissing ? 1 : 0, missing);
    }
  };
}

function createCategoryWriter(input: CategoryInput, column: InputColumn, target: Target, offset: number): Writer {
  const { values, width } = target;
  const known = column.kind === 'category' ? column.levels : [];
  const positions = known.map((level) => input.levels.findIndex(({ value }) => value === level));
  const zeros = input.levels.map((level) => standardise(0, level));
  const ones = input.levels.map((level) => standardise(1, level));
  return (start, end) => {
    for (let i = start, at = start * width + offset; i < end; i++, at += width) {
      values.set(zeros, at);
      const position = positions[column.values[i] as number] ?? -1;
      if (position >= 0) values[at + position] = ones[position] as number;
    }
  };
}

/** A value in standard deviations from the mean; 0 where the training column did not vary. */
export function standardise(value: number, scale: Scale): number {
  return scale.deviation === 0 ? 0 : (value - scale.mean) / scale.deviation;
}

/** A logarithm that takes any number: sign(x) · ln(1 + |x|). */
export function signedLog(value: number): number {
  return Math.sign(value) * Math.log(1 + Math.abs(value));
}

function clip(value: number, low: number | null, high: number | null): number {
  if (low !== null && value < low) return low;
  return high !== null && value > high ? high : value;
}
