import type { Theme } from '../scenario.ts';
import { argument, asDate, checkMacro, day, moment, ownMacros } from './macro-scenario.ts';

const files = { files: ownMacros };

/** The macros in macros/cross_db. */
export const projectMacros: Theme = {
  title: 'Cross-database macros of this project',
  isBuiltTogether: true,
  scenarios: [
    checkMacro(
      'at_timezone gives the wall clock, in winter and summer',
      [
        [`{{ at_timezone(${argument(moment('2024-01-15 12:00:00'))}, 'Europe/Berlin') }}`, '2024-01-15 13:00:00'],
        [`{{ at_timezone(${argument(moment('2024-07-15 12:00:00'))}, 'Europe/Berlin') }}`, '2024-07-15 14:00:00'],
        [`{{ at_timezone(${argument(moment('2024-01-01 02:30:00'))}, 'America/New_York') }}`, '2023-12-31 21:30:00'],
      ],
      files,
    ),
    checkMacro('byte_order sorts upper case before lower case', [["min({{ byte_order('letter') }})", 'B']], {
      ...files,
      from: "(select 'a' as letter union all select 'B') as letters",
    }),
    checkMacro(
      'date_plus gives a date',
      [
        [`{{ date_plus(${argument(day('2024-02-28'))}, 2) }}`, '2024-03-01'],
        [`{{ date_plus(${argument(day('2024-01-31'))}, 1, 'month') }}`, '2024-02-29'],
      ],
      files,
    ),
    checkMacro(
      'double_type holds fractions that decimals cut',
      [["cast('1e-30' as {{ double_type() }})", 1e-30]],
      files,
    ),
    checkMacro(
      'number_series starts at zero',
      [
        ['count(*)', 6],
        ['min(s.n)', 0],
        ['max(s.n)', 5],
      ],
      { ...files, from: "{{ number_series(5, 's') }}" },
    ),
    checkMacro(
      'parse_timestamp reads texts and numbers by a format',
      [
        [`{{ parse_timestamp("'31/12/2024 23:59'", 'DD/MM/YYYY HH24:MI') }}`, '2024-12-31 23:59:00'],
        [asDate("{{ parse_timestamp('19970102', 'YYYYMMDD') }}"), '1997-01-02'],
      ],
      files,
    ),
    checkMacro('quote_text', [[`{{ quote_text("it's") }}`, "it's"]], files),
    checkMacro(
      'seconds_between counts fractions',
      [
        [
          `{{ seconds_between(${argument(moment('2024-01-01 00:00:00'))}, ${argument(moment('2024-01-02 00:00:01.5'))}) }}`,
          86401.5,
        ],
      ],
      files,
    ),
    checkMacro(
      'timestamp_text writes a moment without an offset',
      [[`{{ timestamp_text(${argument(moment('2025-01-31 08:15:00'))}) }}`, '2025-01-31 08:15:00']],
      files,
    ),
  ],
};
