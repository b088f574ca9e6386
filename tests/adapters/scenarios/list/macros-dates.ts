import type { Theme } from '../scenario.ts';
import { argument, asDate, type Check, checkMacro, day, moment } from './macro-scenario.ts';

/** `dbt.datediff` counts the boundaries between parts, not the time that passed. */
function diff(part: string, from: string, to: string, value: number): Check {
  const wrap = from.length > 10 ? moment : day;
  return [`{{ dbt.datediff(${argument(wrap(from))}, ${argument(wrap(to))}, '${part}') }}`, value];
}

function trunc(part: string, of: string, value: string): Check {
  return [asDate(`{{ dbt.date_trunc('${part}', ${argument(day(of))}) }}`), value];
}

function add(part: string, count: number, to: string, value: string): Check {
  return [asDate(`{{ dbt.dateadd('${part}', ${count}, ${argument(day(to))}) }}`), value];
}

function lastDay(part: string, of: string, value: string): Check {
  return [`{{ dbt.last_day(${argument(day(of))}, '${part}') }}`, value];
}

/** dbt's macros for dates and times. */
export const dateMacros: Theme = {
  title: 'Cross-database macros: dates',
  isBuiltTogether: true,
  scenarios: [
    checkMacro('dbt.date', [
      ['{{ dbt.date(2023, 10, 4) }}', '2023-10-04'],
      ['{{ dbt.date(2024, 2, 29) }}', '2024-02-29'],
    ]),
    checkMacro('dbt.date_trunc of days', [
      trunc('year', '2023-10-04', '2023-01-01'),
      trunc('quarter', '2023-11-04', '2023-10-01'),
      trunc('month', '2024-02-29', '2024-02-01'),
      trunc('day', '2023-10-04', '2023-10-04'),
    ]),
    checkMacro('dbt.date_trunc of weeks starts them on Monday', [
      trunc('week', '2023-10-02', '2023-10-02'),
      trunc('week', '2023-10-08', '2023-10-02'),
      trunc('week', '2024-01-01', '2024-01-01'),
    ]),
    checkMacro('dbt.date_trunc of timestamps', [
      [`{{ dbt.date_trunc('hour', ${argument(moment('2023-10-04 13:45:59.5'))}) }}`, '2023-10-04 13:00:00'],
      [`{{ dbt.date_trunc('minute', ${argument(moment('2023-10-04 13:45:59.5'))}) }}`, '2023-10-04 13:45:00'],
    ]),
    checkMacro('dbt.dateadd', [
      add('day', 7, '2017-01-01', '2017-01-08'),
      add('day', -1, '2024-03-01', '2024-02-29'),
      add('week', 2, '2024-12-25', '2025-01-08'),
      add('month', 1, '2024-01-31', '2024-02-29'),
      add('quarter', 1, '2024-11-30', '2025-02-28'),
      add('year', 1, '2024-02-29', '2025-02-28'),
    ]),
    checkMacro('dbt.dateadd of hours to a timestamp', [
      [`{{ dbt.dateadd('hour', 5, ${argument(moment('2024-02-28 21:30:00'))}) }}`, '2024-02-29 02:30:00'],
      [`{{ dbt.dateadd('second', -1, ${argument(moment('2024-01-01 00:00:00'))}) }}`, '2023-12-31 23:59:59'],
    ]),
    checkMacro('dbt.datediff of days, months, quarters and years', [
      diff('day', '2018-01-01', '2018-01-20', 19),
      diff('day', '2024-03-01', '2024-02-28', -2),
      diff('month', '2018-01-31', '2018-02-01', 1),
      diff('month', '2018-01-01', '2018-01-31', 0),
      diff('quarter', '2023-12-31', '2024-01-01', 1),
      diff('year', '2023-12-31', '2024-01-01', 1),
      diff('year', '2024-01-01', '2021-12-31', -3),
    ]),
    checkMacro('dbt.datediff of weeks counts Sundays', [
      diff('week', '2023-09-30', '2023-10-01', 1),
      diff('week', '2023-10-01', '2023-10-07', 0),
      diff('week', '2023-10-08', '2023-10-07', -1),
      diff('week', '2023-10-01', '2023-10-15', 2),
    ]),
    checkMacro('dbt.datediff of hours, minutes and seconds', [
      diff('hour', '2024-01-01 10:59:59', '2024-01-01 11:00:00', 1),
      diff('hour', '2024-01-01 23:00:00', '2024-01-02 01:30:00', 2),
      diff('minute', '2024-01-01 10:00:01', '2024-01-01 10:01:00', 1),
      diff('second', '2024-01-01 23:59:59', '2024-01-02 00:00:01', 2),
    ]),
    checkMacro('dbt.last_day', [
      lastDay('month', '2024-02-10', '2024-02-29'),
      lastDay('quarter', '2024-02-10', '2024-03-31'),
      lastDay('year', '2024-02-10', '2024-12-31'),
    ]),
    checkMacro('dbt.current_timestamp moves on and is later than 2020', [
      [`{{ dbt.current_timestamp() }} > {{ dbt.current_timestamp() }}`, false],
      [`cast({{ dbt.current_timestamp() }} as date) > ${day('2020-01-01')}`, true],
    ]),
    {
      name: 'dbt.date_spine leaves out the end',
      files: {
        'models/months.sql': `{{ config(materialized='table') }}
select cast(date_month as date) as month_start
from (
{{ dbt.date_spine('month', "cast('2023-11-01' as date)", "cast('2024-02-01' as date)") }}
) as spine\n`,
      },
      steps: [{ run: 'run', rows: { months: [['2023-11-01'], ['2023-12-01'], ['2024-01-01']] } }],
    },
    checkMacro(
      'dbt.generate_series',
      [
        ['count(*)', 10],
        ['min(generated_number)', 1],
        ['max(generated_number)', 10],
        ['count(distinct generated_number)', 10],
      ],
      { from: '({{ dbt.generate_series(10) }}) as series' },
    ),
  ],
};
