import { StrataError } from '../errors.ts';

/** Seconds in a day. */
export const DAY = 86_400;

/** The day after the last day of the history, unless `until` says otherwise. */
const DEFAULT_UNTIL = '2026-01-01';

/** The first day of the history, in milliseconds; all times of the generator are seconds since then, UTC. */
const START_MS = Date.UTC(2024, 0, 1);
const SHORTEST_DAYS = 121;
const LONGEST_DAYS = 3653;

/** The days and months of one history, with the texts of all its days made once. */
export interface Calendar {
  /** The first second after the history. */
  readonly end: number;
  /** Day number of the first day of every month begun before the end, and one more. */
  readonly monthStarts: readonly number[];
  /** Number of months begun before the end. */
  readonly months: number;
  /** `2024-03-05` for a day number. */
  readonly formatDay: (day: number) => string;
  /** `2024-03-05 10:11:12` for a second. */
  readonly formatTime: (second: number) => string;
  /** 0 is Monday. */
  readonly weekday: (day: number) => number;
}

/** The calendar of a history that ends before the day `until` (`YYYY-MM-DD`). */
export function createCalendar(until: string = DEFAULT_UNTIL): Calendar {
  const days = countDays(until);
  const monthStarts = listMonthStarts(days);
  const lastDay = monthStarts[monthStarts.length - 1] ?? days;
  const dayTexts = Array.from({ length: lastDay + 1 }, (_, day) => dayText(day));
  const clockTexts = Array.from(
    { length: 1440 },
    (_, minute) => ` ${pad(Math.floor(minute / 60))}:${pad(minute % 60)}:`,
  );
  const secondTexts = Array.from({ length: 60 }, (_, second) => pad(second));
  const formatDay = (day: number): string => dayTexts[day] ?? dayText(day);
  return {
    end: days * DAY,
    monthStarts,
    months: monthStarts.length - 1,
    formatDay,
    formatTime: (second) => {
      const day = Math.floor(second / DAY);
      const ofDay = second - day * DAY;
      const minute = Math.floor(ofDay / 60);
      return formatDay(day) + (clockTexts[minute] ?? '') + (secondTexts[ofDay - minute * 60] ?? '');
    },
    // 1 January 2024 was a Monday.
    weekday: (day) => day % 7,
  };
}

function countDays(until: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(until) ? Date.parse(`${until}T00:00:00Z`) : Number.NaN;
  const days = (time - START_MS) / (DAY * 1000);
  if (Number.isNaN(days) || dayText(days) !== until || days < SHORTEST_DAYS || days > LONGEST_DAYS) {
    throw new StrataError(
      'usage',
      `Demo data cannot end before "${until}".`,
      {},
      { hint: `Give a day from ${dayText(SHORTEST_DAYS)} to ${dayText(LONGEST_DAYS)} as YYYY-MM-DD.` },
    );
  }
  return days;
}

function listMonthStarts(days: number): number[] {
  const starts: number[] = [];
  for (let month = 0; starts.length === 0 || (starts[starts.length - 1] ?? 0) < days; month += 1) {
    starts.push((Date.UTC(2024, month, 1) - START_MS) / (DAY * 1000));
  }
  return starts;
}

function dayText(day: number): string {
  return new Date(START_MS + day * DAY * 1000).toISOString().slice(0, 10);
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
