import { type Place, StrataError } from '../errors.ts';
import type { ResultTable } from '../manifest/results.ts';
import type { TrainingFacts } from './gates.ts';
import type { TrainingWindow } from './registry.ts';

/** The training rows of one observation date; the date is null where there is no time column. */
export interface Period {
  readonly observedOn: string | null;
  readonly rows: number;
  readonly positives: number;
}

/** Reads the answer to the periods query. Throws `score-invalid` where a label is neither 0 nor 1. */
export function readPeriods(answer: ResultTable, label: string, place: Place): readonly Period[] {
  const wrong = answer.rows.reduce((sum, row) => sum + Number(row[3] ?? 0), 0);
  if (wrong > 0) {
    const hint = 'Make it a boolean, or 1 where the event happened and 0 where it did not.';
    throw new StrataError(
      'score-invalid',
      `score: the label "${label}" has ${wrong} rows that are neither 0 nor 1.`,
      place,
      {
        hint,
      },
    );
  }
  return answer.rows.map(([observedOn = null, rows, positives]) => ({
    observedOn: observedOn === null ? null : String(observedOn).slice(0, 10),
    rows: Number(rows),
    positives: Number(positives ?? 0),
  }));
}

/** Training periods and the later ones that validate. */
export interface PeriodSplit {
  readonly training: readonly Period[];
  readonly validation: readonly Period[];
}

/** Holds out the latest dates: the given share of all, at least one; with a single date nothing is held out. */
export function splitPeriods(periods: readonly Period[], fraction: number): PeriodSplit {
  if (periods.length < 2) return { training: periods, validation: [] };
  const held = Math.min(Math.max(1, Math.round(periods.length * fraction)), periods.length - 1);
  return { training: periods.slice(0, -held), validation: periods.slice(-held) };
}

/** Rows of several periods. */
export function countRows(periods: readonly Period[]): number {
  return periods.reduce((sum, period) => sum + period.rows, 0);
}

/** Positives of several periods. */
function countPositives(periods: readonly Period[]): number {
  return periods.reduce((sum, period) => sum + period.positives, 0);
}

/** What the gates ask about the rows; dates only where there is a time column. */
export function describePeriods(periods: readonly Period[], asOf: string, hasTime: boolean): TrainingFacts {
  const positives = countPositives(periods);
  const first = periods[0]?.observedOn ?? null;
  return {
    positives,
    negatives: countRows(periods) - positives,
    dates: hasTime ? periods.length : null,
    historyDays: hasTime ? (first === null ? 0 : countDays(first, asOf)) : null,
  };
}

/** What the registry says about the rows. */
export function describeWindow({ training, validation }: PeriodSplit): TrainingWindow {
  return {
    rows: countRows(training),
    positives: countPositives(training),
    validationRows: countRows(validation),
    from: training[0]?.observedOn ?? null,
    to: training.at(-1)?.observedOn ?? null,
    validationFrom: validation[0]?.observedOn ?? null,
    validationTo: validation.at(-1)?.observedOn ?? null,
  };
}

function countDays(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
