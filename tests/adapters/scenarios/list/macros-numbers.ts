import type { Theme } from '../scenario.ts';
import { rowsOf } from '../scenario.ts';
import { type Check, checkMacro, day, ownMacros as files } from './macro-scenario.ts';

const halves = ['3.5', '-1', '10', 'null', '0.25', '7', '7', '2'];
const tens = ['40', '10', '30', '20', 'null'];

/** Values as a table of one column. */
function listOf(values: readonly string[], type = '{{ double_type() }}'): string {
  return `(${rowsOf(['x'], ...values.map((value) => [`cast(${value} as ${type})`]))}) as listed`;
}

function continuous(fraction: number, value: number): Check {
  return [`{{ percentile_cont('x', ${fraction}) }}`, value];
}

function discrete(fraction: number, value: number): Check {
  return [`{{ percentile_disc('x', ${fraction}) }}`, value];
}

/** Whether a macro gives no number; some warehouses write a sign before it. */
const isNan = (call: string) => `lower(cast({{ ${call} }} as {{ dbt.type_string() }})) like '%nan'`;

/** The macros in macros/cross_db for figures; percentiles are those of numpy 2.4. */
export const numberMacros: Theme = {
  title: 'Cross-database macros: numbers and series',
  isBuiltTogether: true,
  scenarios: [
    checkMacro(
      'safe_divide gives fractions of whole numbers, and null for a missing side or a zero denominator',
      [
        ["{{ safe_divide('1', '4') }}", 0.25],
        ["{{ safe_divide('-7', '2') }}", -3.5],
        ["{{ safe_divide('0', '5') }}", 0],
        ["{{ safe_divide('1', '0') }}", null],
        ["{{ safe_divide('0', '0') }}", null],
        ["{{ safe_divide('null', '2') }}", null],
        ["{{ safe_divide('2', 'null') }}", null],
        ["{{ safe_divide('1 + 1', '1 + 3') }} * 2", 1],
        ["{{ safe_divide(\"cast('0.1' as numeric(4, 2))\", '3') }}", 0.1 / 3],
      ],
      { files },
    ),
    checkMacro('safe_divide of aggregates', [["{{ safe_divide('sum(x)', 'count(x)') }}", 25]], {
      files,
      from: listOf(tens),
    }),
    checkMacro(
      'safe_divide beyond the range of doubles is infinite, and below it zero',
      [
        [`{{ safe_divide("'1e300'", "'1e-300'") }} > cast('1.7e308' as {{ double_type() }})`, true],
        [`{{ safe_divide("'-1e300'", "'1e-300'") }} < cast('-1.7e308' as {{ double_type() }})`, true],
        [`{{ safe_divide("'1e300'", "'-1e-300'") }} < cast('-1.7e308' as {{ double_type() }})`, true],
        [`{{ safe_divide("'1e-300'", "'1e300'") }}`, 0],
        [`{{ safe_divide("'1e300'", "'1e-8'") }}`, 1e308],
        [`{{ safe_divide("'1e-300'", "'1e7'") }}`, 1e-300 / 1e7],
      ],
      { files },
    ),
    checkMacro(
      'safe_divide of infinities and by no number follows the rules of doubles',
      [
        [isNan(`safe_divide("'NaN'", '2')`), true],
        [isNan(`safe_divide('2', "'NaN'")`), true],
        [isNan(`safe_divide("'NaN'", "'1e-3'")`), true],
        [isNan(`safe_divide("'infinity'", "'infinity'")`), true],
        [`{{ safe_divide('2', "'infinity'") }}`, 0],
        [`{{ safe_divide("'infinity'", '-2') }} < cast('-1.7e308' as {{ double_type() }})`, true],
        [`{{ safe_divide("'infinity'", "'-1e-3'") }} < cast('-1.7e308' as {{ double_type() }})`, true],
      ],
      { files },
    ),
    checkMacro(
      'percentile_cont interpolates and passes over nulls',
      [
        continuous(0, -1),
        continuous(0.1, -0.2499999999999999),
        continuous(0.25, 1.125),
        continuous(0.5, 3.5),
        continuous(0.9, 8.200000000000001),
        continuous(1, 10),
        ["{{ median('x') }}", 3.5],
      ],
      { files, from: listOf(halves) },
    ),
    checkMacro(
      'percentile_cont of whole numbers has fractions',
      [continuous(0.25, 17.5), continuous(0.3, 19), continuous(0.75, 32.5), ["{{ median('x') }}", 25]],
      { files, from: listOf(tens, '{{ dbt.type_int() }}') },
    ),
    checkMacro(
      'percentile_disc gives one of the values and passes over nulls',
      [discrete(0, 10), discrete(0.25, 10), discrete(0.3, 20), discrete(0.5, 20), discrete(0.9, 40), discrete(1, 40)],
      { files, from: listOf(tens, '{{ dbt.type_int() }}') },
    ),
    checkMacro(
      'percentile_disc of a hundred rows counts seven for seven hundredths',
      [
        ["{{ percentile_disc('s.n', 0.07) }}", 7],
        ["{{ percentile_disc('s.n', 0.55) }}", 55],
        ["{{ percentile_disc('s.n', 0.29) }}", 29],
      ],
      { files, from: "{{ number_series(100, 's') }} where s.n > 0" },
    ),
    checkMacro(
      'percentile_disc of dates and texts',
      [
        ["{{ percentile_disc('on_day', 0.5) }}", '2024-02-29'],
        ["{{ percentile_disc('letter', 0.6) }}", 'b'],
      ],
      {
        files,
        from: `(${rowsOf(
          ['on_day', 'letter'],
          [day('2024-03-01'), "'c'"],
          [day('2024-02-28'), "'a'"],
          [day('2024-02-29'), "'b'"],
        )}) as listed`,
      },
    ),
    {
      name: 'percentiles by group, null where a group has no values',
      files: {
        ...files,
        'models/checked.sql': `{{ config(materialized='table') }}
select
    grp,
    {{ median('x') }} as middle,
    {{ percentile_cont('x', 0.9) }} as upper_tenth,
    {{ percentile_disc('x', 0.5) }} as of_them
from (${rowsOf(['grp', 'x'], ["'a'", '1'], ["'a'", '2'], ["'b'", '5'], ["'b'", 'null'], ["'c'", 'null'])}) as listed
group by grp\n`,
      },
      steps: [
        {
          run: 'run',
          rows: {
            checked: [
              ['a', 1.5, 1.9, 1],
              ['b', 5, 5, 5],
              ['c', null, null, null],
            ],
          },
        },
      ],
    },
    checkMacro(
      'number_series of one row',
      [
        ['count(*)', 1],
        ['max(s.n)', 0],
      ],
      { files, from: "{{ number_series(0, 's') }}" },
    ),
    checkMacro('number_series of no row', [['count(*)', 0]], { files, from: "{{ number_series(-1, 's') }}" }),
    checkMacro(
      'dbt.generate_series of one row',
      [
        ['count(*)', 1],
        ['max(generated_number)', 1],
      ],
      { from: '({{ dbt.generate_series(1) }}) as series' },
    ),
    checkMacro('dbt.generate_series of no row', [['count(*)', 0]], {
      from: '({{ dbt.generate_series(0) }}) as series',
    }),
    spine('dbt.date_spine of one day', '2024-02-29', '2024-03-01', ['2024-02-29']),
    spine('dbt.date_spine of no day', '2024-02-29', '2024-02-29', []),
    spine('dbt.date_spine that ends before it starts has no day', '2024-02-29', '2024-02-25', []),
  ],
};

function spine(name: string, first: string, end: string, days: readonly string[]) {
  const call = `dbt.date_spine('day', "${day(first)}", "${day(end)}")`;
  return {
    name,
    files: {
      'models/checked.sql': `{{ config(materialized='table') }}
select cast(date_day as date) as on_day
from (
{{ ${call} }}
) as spine\n`,
    },
    steps: [{ run: 'run', rows: { checked: days.map((value) => [value]) } }],
  };
}
