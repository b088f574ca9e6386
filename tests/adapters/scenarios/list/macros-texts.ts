import type { CellValue } from '../../../../orchestrator/manifest/results.ts';
import type { Rows, Scenario, Theme } from '../scenario.ts';
import { type Check, checkMacro, ownMacros as files } from './macro-scenario.ts';

/** Texts are literals of templates in JSON's spelling, as all are that hold backslashes. */
const literal = (text: string) => JSON.stringify(text);
const sqlText = (text: string) => `quote_text(${literal(text)})`;

function like(text: string, pattern: string, value: boolean): Check {
  return [`{{ regexp_like(${sqlText(text)}, ${literal(pattern)}) }}`, value];
}

function extract(text: string, pattern: string, value: CellValue, group = 0): Check {
  return [`{{ regexp_extract(${sqlText(text)}, ${literal(pattern)}, ${group}) }}`, value];
}

function replace(text: string, pattern: string, [replacement, value]: readonly [string, string]): Check {
  return [`{{ regexp_replace(${sqlText(text)}, ${literal(pattern)}, ${literal(replacement)}) }}`, value];
}

const nothing = "'cast(null as ' ~ dbt.type_string() ~ ')'";
const noNumbers = "dbt.array_construct([], 'int64' if target.type == 'bigquery' else 'integer')";
const letters = "dbt.array_construct([\"'b'\", \"'a'\", \"'it''s'\" if target.type != 'bigquery' else '\"it\\'s\"'])";

function checkElements(name: string, array: string, rows: Rows): Scenario {
  const sql = `select item.index, cast(item.value as {{ dbt.type_string() }}) as value
from (select ${array} as list) as listed
cross join {{ unnest_array('listed.list', 'item') }}`;
  return {
    name,
    files: { ...files, 'models/checked.sql': `{{ config(materialized='table') }}\n${sql}\n` },
    steps: [{ run: 'run', rows: { checked: rows } }],
  };
}

/** The macros in macros/cross_db for regular expressions and arrays, and those of dbt for arrays. */
export const textMacros: Theme = {
  title: 'Cross-database macros: regular expressions and arrays',
  isBuiltTogether: true,
  scenarios: [
    checkMacro(
      'regexp_like finds a pattern anywhere, in its case',
      [
        like('order-17', 'r-\\d+', true),
        like('order-17', '^\\d', false),
        like('order-17', '^order-(1|2)7$', true),
        like('Order', 'order', false),
        like('a.b', 'a\\.b', true),
        like('axb', 'a\\.b', false),
        like("it's", "t's", true),
        like('a\\b', '\\\\', true),
        [`{{ regexp_like(${nothing}, 'a') }}`, null],
      ],
      { files },
    ),
    checkMacro(
      'regular expressions mean the same by their classes, dots and word boundaries',
      [
        like('a\nb', 'a.b', false),
        like('a\nb', 'a\\sb', true),
        like('a\nb', 'a$', false),
        like('ö', '^\\w$', false),
        like('7.5', '^[\\d.]+$', true),
        like('a\r\n', '^[\\w][\\s]+$', true),
        like('a b\tc\rd\fe', '^(\\S\\s)+\\S$', true),
        like('a cat sat', '\\bcat\\b', true),
        like('concatenate', '\\bcat\\b', false),
        like('[x]', '^[[]x[]]$', true),
        like('aaa', '^a{2}$', false),
      ],
      { files },
    ),
    checkMacro(
      'regexp_extract gives the first match or a group of it',
      [
        extract('tel 030-12, 040-34', '\\d+-\\d+', '030-12'),
        extract('tel 030-12, 040-34', '(\\d+)-(\\d+)', '030-12'),
        extract('tel 030-12, 040-34', '(\\d+)-(\\d+)', '030', 1),
        extract('tel 030-12, 040-34', '(\\d+)-(\\d+)', '12', 2),
        extract('https://a.example/x?y', '^(https?)://([^/]+)', 'a.example', 2),
      ],
      { files },
    ),
    checkMacro(
      'regexp_extract gives null where it finds nothing',
      [
        extract('abc', '\\d', null),
        extract('abc', 'a(\\d?)b', null, 1),
        extract('ac', 'a(b)?c', null, 1),
        [`{{ regexp_extract(${nothing}, 'a') }}`, null],
      ],
      { files },
    ),
    checkMacro(
      'regexp_replace replaces every match',
      [
        replace('a-b-c', '-', ['+', 'a+b+c']),
        replace('2024-02-29', '(\\d+)-(\\d+)-(\\d+)', ['\\3.\\2.\\1', '29.02.2024']),
        replace('  a   b ', '\\s+', ['', 'ab']),
        replace('abc', 'x', ['y', 'abc']),
        replace("it's", "'", ["''", "it''s"]),
        [`{{ regexp_replace(${nothing}, 'a', 'b') }}`, null],
      ],
      { files },
    ),
    checkMacro(
      'array_length is zero for an empty array',
      [
        ['{{ array_length(dbt.array_construct([4, 5, 6])) }}', 3],
        [`{{ array_length(${noNumbers}) }}`, 0],
      ],
      { files },
    ),
    checkMacro(
      'array_contains of numbers',
      [
        ["{{ array_contains(dbt.array_construct([1, 2]), '2') }}", true],
        ["{{ array_contains(dbt.array_construct([1, 2]), '3') }}", false],
        [`{{ array_contains(${noNumbers}, '3') }}`, false],
      ],
      { files },
    ),
    checkMacro(
      'array_contains of texts, in their case',
      [
        [`{{ array_contains(${letters}, "'a'") }}`, true],
        [`{{ array_contains(${letters}, "'A'") }}`, false],
        [`{{ array_contains(${letters}, ${nothing}) }}`, null],
      ],
      { files },
    ),
    checkMacro(
      'array_to_text, also of an empty array',
      [
        ["{{ array_to_text(dbt.array_construct([1, 2, 3]), ', ') }}", '1, 2, 3'],
        [`{{ array_to_text(${letters}, "'") }}`, "b'a'it's"],
        [`{{ array_to_text(${noNumbers}, ',') }}`, ''],
      ],
      { files },
    ),
    checkMacro(
      'dbt.array_append and dbt.array_concat of empty arrays',
      [
        [`{{ array_to_text(dbt.array_append(${noNumbers}, 7), ',') }}`, '7'],
        [`{{ array_to_text(dbt.array_concat(${noNumbers}, dbt.array_construct([1, 2])), ',') }}`, '1,2'],
        [`{{ array_to_text(dbt.array_concat(dbt.array_construct([1, 2]), ${noNumbers}), ',') }}`, '1,2'],
        [`{{ array_length(dbt.array_concat(${noNumbers}, ${noNumbers})) }}`, 0],
        ['{{ array_length(dbt.array_append(dbt.array_construct([1, 2]), 2)) }}', 3],
      ],
      { files },
    ),
    checkElements(
      'unnest_array gives a row per element, with its place from zero',
      letters.replace(/^/, '{{ ').concat(' }}'),
      [
        [0, 'b'],
        [1, 'a'],
        [2, "it's"],
      ],
    ),
    checkElements('unnest_array gives no rows for an empty array', `{{ ${noNumbers} }}`, []),
  ],
};
