import { StrataError } from '../errors.ts';
import { createCalendar } from './calendar.ts';
import { CsvRows, type RowCounts } from './csv-rows.ts';
import { simulateAccount } from './simulate-account.ts';
import type { PerTable } from './tables.ts';
import { TruthLog } from './truth.ts';

const MOST_ACCOUNTS = 99_999;
const MOST_EVENTS = 10_000_000;
const LARGEST_SEED = 4_294_967_295;

/** How much data to make. */
export interface DemoDataOptions {
  /** Number of accounts. Not needed where `events` is given. */
  readonly accounts?: number | undefined;
  /** Accounts are made until there are at least this many event rows; takes precedence over `accounts`. */
  readonly events?: number | undefined;
  /** A whole number from 0; the same seed gives the same bytes. */
  readonly seed: number;
  /** The day after the last day of the data, `YYYY-MM-DD`. */
  readonly until?: string | undefined;
}

/** What was made. */
export interface DemoDataSummary {
  readonly accounts: number;
  readonly counts: RowCounts;
  /** The text of truth.json. */
  readonly truth: string;
}

/**
 * Makes demo data account by account: yields lines of CSV per table, without headers, and returns the truth about them.
 * Account i is the same whatever the number of accounts. Throws `usage` for options out of range.
 */
export function* generateDemoData(options: DemoDataOptions): Generator<PerTable<string>, DemoDataSummary> {
  const { seed } = options;
  checkOptions(options);
  const calendar = createCalendar(options.until);
  const rows = new CsvRows(calendar);
  const truth = new TruthLog(calendar);
  yield rows.writePlans();
  let accounts = 0;
  while (!isEnough(options, accounts, rows.counts)) {
    accounts += 1;
    const story = simulateAccount(seed, accounts, calendar);
    truth.add(story);
    yield rows.writeAccount(story);
  }
  return { accounts, counts: rows.counts, truth: truth.format({ accounts, seed, counts: rows.counts }) };
}

function isEnough(options: DemoDataOptions, accounts: number, counts: RowCounts): boolean {
  if (options.events !== undefined) return counts.rows.raw_events >= options.events || accounts >= MOST_ACCOUNTS;
  return accounts >= (options.accounts ?? 0);
}

function checkOptions({ accounts, events, seed }: DemoDataOptions): void {
  checkWhole('--seed', seed, 0, LARGEST_SEED);
  if (accounts !== undefined) checkWhole('--accounts', accounts, 1, MOST_ACCOUNTS);
  if (events !== undefined) checkWhole('--events', events, 1, MOST_EVENTS);
  if (accounts !== undefined || events !== undefined) return;
  throw new StrataError(
    'usage',
    'It is not said how much demo data to make.',
    {},
    { hint: 'Give --accounts or --events.' },
  );
}

function checkWhole(flag: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const hint = `Give a whole number from ${least} to ${most}.`;
  throw new StrataError('usage', `${flag} cannot be ${value}.`, {}, { hint });
}
