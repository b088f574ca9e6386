import { rowsOf, type Scenario, type Theme } from '../scenario.ts';
import { checkMacro } from './macro-scenario.ts';

const letters = `(${rowsOf(
  ['grp', 'letter', 'place', 'is_vowel'],
  ["'x'", "'a'", '3', 'true'],
  ["'x'", "'b'", '1', 'false'],
  ["'x'", "'c'", '2', 'false'],
)}) as letters`;

/** Elements of an array as one text, in each warehouse's words. */
const arrayText = `{% macro array_text(array) %}{{ return(adapter.dispatch('array_text')(array)) }}{% endmacro %}
{% macro default__array_text(array) %}array_to_string({{ array }}, ','){% endmacro %}
{% macro bigquery__array_text(array) %}
(select string_agg(cast(item as string), ',' order by at) from unnest({{ array }}) as item with offset as at)
{% endmacro %}
`;
const withArrays = { files: { 'macros/array_text.sql': arrayText } };

/** Rows of one query against those of another. */
function combine(name: string, combined: string, rows: readonly (readonly number[])[]): Scenario {
  const left = 'select 1 as id union all select 2';
  const right = 'select 2 as id union all select 3';
  const sql = `select * from ((${left})\n${combined}\n(${right})) as combined`;
  return {
    name,
    files: { 'models/combined.sql': `{{ config(materialized='table') }}\n${sql}\n` },
    steps: [{ run: 'run', rows: { combined: rows } }],
  };
}

/** dbt's macros for texts, types, aggregates and arrays. */
export const valueMacros: Theme = {
  title: 'Cross-database macros: values',
  isBuiltTogether: true,
  scenarios: [
    checkMacro('dbt.concat', [
      [`{{ dbt.concat(["'a'", "'b'", "'c'"]) }}`, 'abc'],
      [`{{ dbt.concat(["'a'", "''"]) }}`, 'a'],
    ]),
    checkMacro('dbt.hash is MD5 in lower-case hexadecimal digits', [
      [`{{ dbt.hash("'abc'") }}`, '900150983cd24fb0d6963f7d28e17f72'],
      [`{{ dbt.hash("''") }}`, 'd41d8cd98f00b204e9800998ecf8427e'],
      [`{{ dbt.hash('12') }}`, 'c20ad4d76fe97759aa27a0c99bff6710'],
    ]),
    checkMacro('dbt.length counts letters, not bytes', [
      [`{{ dbt.length("'abc'") }}`, 3],
      [`{{ dbt.length("'größe'") }}`, 5],
      [`{{ dbt.length("''") }}`, 0],
    ]),
    checkMacro('dbt.position counts from one, and is zero where there is none', [
      [`{{ dbt.position("'b'", "'abcb'") }}`, 2],
      [`{{ dbt.position("'z'", "'abc'") }}`, 0],
    ]),
    checkMacro('dbt.replace', [[`{{ dbt.replace("'a-b-c'", "'-'", "'+'") }}`, 'a+b+c']]),
    checkMacro('dbt.right', [
      [`{{ dbt.right("'abcdef'", 2) }}`, 'ef'],
      [`{{ dbt.right("'abc'", 0) }}`, ''],
      [`{{ dbt.right("'abc'", 5) }}`, 'abc'],
    ]),
    checkMacro('dbt.split_part', [
      [`{{ dbt.split_part("'a|b|c'", "'|'", 1) }}`, 'a'],
      [`{{ dbt.split_part("'a|b|c'", "'|'", 3) }}`, 'c'],
      [`{{ dbt.split_part("'1-2-3'", "'-'", 2) }}`, '2'],
    ]),
    checkMacro('dbt.string_literal and dbt.escape_single_quotes', [
      [`{{ dbt.string_literal('a b') }}`, 'a b'],
      [`{{ dbt.string_literal(dbt.escape_single_quotes("they're")) }}`, "they're"],
    ]),
    checkMacro('dbt.cast and dbt.safe_cast of what can be cast', [
      [`{{ dbt.cast("'12'", dbt.type_int()) }}`, 12],
      [`{{ dbt.safe_cast("'12'", dbt.type_int()) }}`, 12],
      [`{{ dbt.safe_cast("'2024-02-29'", 'date') }}`, '2024-02-29'],
    ]),
    checkMacro('dbt.safe_cast gives null for what cannot be cast', [
      [`{{ dbt.safe_cast("'twelve'", dbt.type_int()) }}`, null],
      [`{{ dbt.safe_cast("'2024-02-30'", 'date') }}`, null],
    ]),
    checkMacro('dbt.cast_bool_to_text', [
      ['{{ dbt.cast_bool_to_text("true") }}', 'true'],
      ['{{ dbt.cast_bool_to_text("1 = 2") }}', 'false'],
    ]),
    checkMacro('dbt.type_* name types that hold their values', [
      ["cast('x' as {{ dbt.type_string() }})", 'x'],
      ["cast('9007199254740993' as {{ dbt.type_bigint() }})", 9007199254740993n],
      ["cast('-7' as {{ dbt.type_int() }})", -7],
      ["cast('0.5' as {{ dbt.type_float() }})", 0.5],
      ["cast('true' as {{ dbt.type_boolean() }})", true],
      ["cast('2024-02-29 23:59:59.123' as {{ dbt.type_timestamp() }})", '2024-02-29 23:59:59.123'],
      ["cast('1.5' as {{ dbt.type_numeric() }}) * 2 = 3", true],
    ]),
    checkMacro('dbt.equals', [
      ['{{ dbt.equals("1", "1") }}', true],
      ['{{ dbt.equals("1", "2") }}', false],
    ]),
    checkMacro(
      'dbt.any_value and dbt.bool_or',
      [
        ["{{ dbt.any_value('grp') }}", 'x'],
        ["{{ dbt.bool_or('is_vowel') }}", true],
        [`{{ dbt.bool_or("letter = 'z'") }}`, false],
      ],
      { from: letters },
    ),
    checkMacro(
      'dbt.listagg, in order',
      [
        [`{{ dbt.listagg('letter', "', '", 'order by place') }}`, 'b, c, a'],
        [`{{ dbt.listagg('letter', "'|'", 'order by letter desc') }}`, 'c|b|a'],
      ],
      { from: letters },
    ),
    checkMacro('dbt.listagg of the first few', [[`{{ dbt.listagg('letter', "'|'", 'order by place', 2) }}`, 'b|c']], {
      from: letters,
    }),
    checkMacro(
      'dbt.array_construct, dbt.array_append and dbt.array_concat',
      [
        ['{{ array_text(dbt.array_construct([1, 2, 3])) }}', '1,2,3'],
        ['{{ array_text(dbt.array_append(dbt.array_construct([1, 2]), 3)) }}', '1,2,3'],
        ['{{ array_text(dbt.array_concat(dbt.array_construct([1]), dbt.array_construct([2, 3]))) }}', '1,2,3'],
      ],
      withArrays,
    ),
    combine('dbt.except', '{{ dbt.except() }}', [[1]]),
    combine('dbt.intersect', '{{ dbt.intersect() }}', [[2]]),
  ],
};
