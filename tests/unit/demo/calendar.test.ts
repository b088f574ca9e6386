import { expect, test } from 'vitest';
import { createCalendar, DAY } from '../../../orchestrator/demo/calendar.ts';
import { StrataError } from '../../../orchestrator/errors.ts';

test('the usual history is 24 months and ends before 2026', () => {
  const calendar = createCalendar();
  expect(calendar.months).toBe(24);
  expect(calendar.monthStarts.map(calendar.formatDay).slice(0, 4)).toEqual([
    '2024-01-01',
    '2024-02-01',
    '2024-03-01',
    '2024-04-01',
  ]);
  expect(calendar.formatTime(calendar.end)).toBe('2026-01-01 00:00:00');
  expect(calendar.formatTime(calendar.end - 1)).toBe('2025-12-31 23:59:59');
});

test('a history may end within a month', () => {
  const calendar = createCalendar('2025-03-15');
  expect(calendar.months).toBe(15);
  expect(calendar.monthStarts.map(calendar.formatDay).slice(-2)).toEqual(['2025-03-01', '2025-04-01']);
});

test('times and weekdays are those of the Gregorian calendar', () => {
  const calendar = createCalendar();
  expect(calendar.formatTime(59 * DAY + 3661)).toBe('2024-02-29 01:01:01');
  expect(calendar.weekday(0)).toBe(0);
  expect(calendar.weekday(366)).toBe(2);
});

test.each(['2024-02-30', '2026', 'tomorrow', '2024-01-15', '2100-01-01'])('%s is refused as an end', (until) => {
  let caught: unknown;
  try {
    createCalendar(until);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(StrataError);
  expect(caught instanceof StrataError ? caught.format() : '').toBe(
    `Demo data cannot end before "${until}". Give a day from 2024-05-01 to 2034-01-01 as YYYY-MM-DD.`,
  );
});
