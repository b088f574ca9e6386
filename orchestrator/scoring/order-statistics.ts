import type { ResultTable } from '../manifest/results.ts';
import { renderNumber } from './sql-text.ts';
import { ask, type Scoring } from './step.ts';
import type { WorkRows } from './work-rows.ts';

/** The value of a column that has so many smaller or equal ones before it. */
export interface RankRequest {
  /** The column of the work table. */
  readonly column: string;
  /** From 0, among the values that are known; the next one is found as well. */
  readonly rank: number;
  /** How many values are known. */
  readonly known: number;
  /** Some of them, ascending. */
  readonly sample: Float64Array;
}

/** The value at a rank, and the one after it (the same where it is the last). */
export type RankedPair = readonly [number, number];

/**
 * Finds values by rank with one scan a column and no sort of the whole: a sample tells between which bounds the value
 * lies but for bad luck, and what lies outside is counted with the bound. Bad luck is noticed, and the whole is sorted.
 */
export function* readRanks(work: WorkRows, requests: readonly RankRequest[]): Scoring<readonly RankedPair[]> {
  if (requests.length === 0) return [];
  const bounded = requests.map((request) => ({ request, bounds: findBounds(request) }));
  const first = yield* askRanks(work, bounded);
  const missed = bounded.filter((_, i) => first[i] === null).map(({ request }) => ({ request, bounds: unbounded }));
  const second = missed.length === 0 ? [] : yield* askRanks(work, missed);
  let next = 0;
  return first.map((pair) => pair ?? second[next++] ?? [Number.NaN, Number.NaN]);
}

interface Bounds {
  readonly low: number | null;
  readonly high: number | null;
}

interface BoundedRequest {
  readonly request: RankRequest;
  readonly bounds: Bounds;
}

const unbounded: Bounds = { low: null, high: null };

/** Four standard deviations of the sample's rank on either side, and then the next different values. */
function findBounds({ rank, known, sample }: RankRequest): Bounds {
  const last = sample.length - 1;
  if (last < 1 || known < 2) return unbounded;
  const share = rank / (known - 1);
  const slack = 4 * Math.sqrt(sample.length * share * (1 - share)) + 2;
  let low = Math.floor(share * last - slack);
  let high = Math.ceil(share * last + 1 + slack);
  const [atLow, atHigh] = [sample[low], sample[high]];
  while (low >= 0 && sample[low] === atLow) low--;
  while (high <= last && sample[high] === atHigh) high++;
  return { low: sample[low] ?? null, high: sample[high] ?? null };
}

function* askRanks(work: WorkRows, bounded: readonly BoundedRequest[]): Scoring<readonly (RankedPair | null)[]> {
  const selects = bounded.map((request, i) => renderRanks(work, request, i));
  const answer = yield* ask('query', selects.join('\nunion all\n'));
  return bounded.map((request, i) => findPair(answer, request, i));
}

function renderRanks({ table, rows }: WorkRows, { request, bounds }: BoundedRequest, position: number): string {
  const { column, rank } = request;
  const raised = bounds.low === null ? column : `greatest(${column}, ${renderNumber(bounds.low)})`;
  const value = bounds.high === null ? raised : `least(${raised}, ${renderNumber(bounds.high)})`;
  return [
    `select ${position} as request, value, rows_before, row_count`,
    'from (',
    '    select value, row_count, sum(row_count) over (order by value) - row_count as rows_before',
    '    from (',
    `        select ${value} as value, count(*) as row_count`,
    `        from ${table}`,
    `        where row_index < ${rows} and ${column} is not null`,
    '        group by 1',
    '    ) as counted',
    ') as ranked',
    `where rows_before <= ${rank + 1} and rows_before + row_count > ${rank}`,
  ].join('\n');
}

/** Null where a bound itself was found: values beyond it were counted with it. */
function findPair(answer: ResultTable, { request, bounds }: BoundedRequest, position: number): RankedPair | null {
  const found = answer.rows.filter((row) => Number(row[0]) === position).map((row) => row.map(Number));
  const at = (rank: number): number => {
    const row = found.find(([, , before = 0, count = 0]) => before <= rank && rank < before + count);
    return row?.[1] ?? Number.NaN;
  };
  const pair = [at(request.rank), at(Math.min(request.rank + 1, request.known - 1))] as const;
  return pair.some((value) => value === bounds.low || value === bounds.high) ? null : pair;
}
