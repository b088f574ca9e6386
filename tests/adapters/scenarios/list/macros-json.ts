import type { Rows, Scenario, Theme } from '../scenario.ts';
import { checkMacro, ownMacros as files } from './macro-scenario.ts';

const order = {
  plan: { seats: 5, name: 'Pro "X" \\ 1', ended: null, is_live: true },
  items: [{ sku: 'a-1' }, { sku: 'b-2', tags: ['x', 'y'] }],
  none: [],
  'first name': 'Zoë',
  'a.b': 1,
  "it's": 'k',
};

/** A value as JSON of the warehouse. JSON's own spelling of a text is a literal of templates too. */
const json = (value: unknown) => `{{ parse_json(quote_text(${JSON.stringify(JSON.stringify(value))})) }}`;

const ordered = { files, from: `(select ${json(order)} as o) as orders` };
const textAt = (path: string) => `{{ json_text('o', ${JSON.stringify(path)}) }}`;
const lengthAt = (path: string) => `{{ json_array_length('o', '${path}') }}`;

/** The elements of the documents in a table. */
function checkElements(name: string, documents: readonly unknown[], rows: Rows): Scenario {
  const listed = documents.map((document, at) => `select ${at} as id, ${json(document)} as items`);
  const sql = `select listed.id, item.index, {{ json_text('item.value', 'sku') }} as sku
from (${listed.join('\nunion all ')}) as listed
cross join {{ json_elements('listed.items', 'item') }}`;
  return {
    name,
    files: { ...files, 'models/checked.sql': `{{ config(materialized='table') }}\n${sql}\n` },
    steps: [{ run: 'run', rows: { checked: rows } }],
  };
}

/** The macros in macros/cross_db for JSON. */
export const jsonMacros: Theme = {
  title: 'Cross-database macros: JSON',
  isBuiltTogether: true,
  scenarios: [
    checkMacro(
      'json_text reads texts, numbers and booleans at a path',
      [
        [textAt('plan.seats'), '5'],
        [textAt('plan.name'), 'Pro "X" \\ 1'],
        [textAt('plan.is_live'), 'true'],
        [textAt('items[1].sku'), 'b-2'],
        [textAt('items[1].tags[0]'), 'x'],
      ],
      ordered,
    ),
    checkMacro(
      'json_text reads keys with spaces and dots',
      [
        [textAt('"first name"'), 'Zoë'],
        [textAt('"a.b"'), '1'],
      ],
      ordered,
    ),
    checkMacro('json_text reads keys with quotes', [[textAt("it's"), 'k']], ordered),
    checkMacro(
      'json_text gives null for what is absent or null',
      [
        [textAt('plan.price'), null],
        [textAt('plan.seats.more'), null],
        [textAt('items[2].sku'), null],
        [textAt('plan.ended'), null],
      ],
      ordered,
    ),
    checkMacro(
      'json_text gives null for an object or an array',
      [
        [textAt('plan'), null],
        [textAt('items'), null],
      ],
      ordered,
    ),
    checkMacro(
      'json_query gives a part as JSON, and null where there is none',
      [
        [`{{ json_text(json_query('o', 'items[1]'), 'tags[1]') }}`, 'y'],
        [`{{ json_query('o', 'plan.price') }} is null`, true],
        [`{{ json_query('o', 'plan.ended') }} is null`, false],
      ],
      ordered,
    ),
    checkMacro(
      'json_array_length counts elements, and is null where there is none',
      [
        [lengthAt('items'), 2],
        [lengthAt('items[1].tags'), 2],
        [lengthAt('none'), 0],
        [lengthAt('lines'), null],
        ["{{ json_array_length(json_query('o', 'items')) }}", 2],
      ],
      ordered,
    ),
    checkMacro(
      'json_array_length of an object, a number or a null of JSON is null',
      [
        [lengthAt('plan'), null],
        [lengthAt('plan.seats'), null],
        [lengthAt('plan.ended'), null],
      ],
      ordered,
    ),
    checkElements(
      'json_elements gives a row per element of an array, with its place from zero',
      [[{ sku: 'a' }, { sku: null }, 'b'], [], [{ sku: 'c' }]],
      [
        [0, 0, 'a'],
        [0, 1, null],
        [0, 2, null],
        [2, 0, 'c'],
      ],
    ),
    checkElements('json_elements gives no rows where there is no array', [{ sku: 'a' }, 7, null], []),
    checkMacro(
      'parse_json reads long numbers, and null from null',
      [
        [`{{ json_text(parse_json("'{\\"n\\": 0.1}'"), 'n') }}`, '0.1'],
        [`{{ parse_json('cast(null as ' ~ dbt.type_string() ~ ')') }} is null`, true],
      ],
      { files },
    ),
    checkMacro('json_type is the type of a column of JSON', [[`cast(null as {{ json_type() }}) is null`, true]], {
      files,
    }),
  ],
};
