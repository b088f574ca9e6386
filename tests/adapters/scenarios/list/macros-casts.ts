import type { CellValue } from '../../../../orchestrator/manifest/results.ts';
import type { Theme } from '../scenario.ts';
import { type Check, checkMacro, ownMacros } from './macro-scenario.ts';

/** A text as a type, by both casts. */
function read(text: string, type: string, value: CellValue): readonly Check[] {
  return ['cast', 'safe_cast'].map((macro) => [`{{ dbt.${macro}("'${text}'", ${type}) }}`, value]);
}

function refuse(text: string, type: string): Check {
  return [`{{ dbt.safe_cast("'${text}'", ${type}) }}`, null];
}

const types = {
  string: 'dbt.type_string()',
  int: 'dbt.type_int()',
  bigint: 'dbt.type_bigint()',
  float: 'dbt.type_float()',
  double: 'double_type()',
  numeric: 'dbt.type_numeric()',
  boolean: 'dbt.type_boolean()',
  date: "'date'",
  timestamp: 'dbt.type_timestamp()',
} as const;

const files = { files: ownMacros };

/** Casts from and to each type that every warehouse has. */
export const castMacros: Theme = {
  title: 'Cross-database macros: casts',
  isBuiltTogether: true,
  scenarios: [
    checkMacro(
      'casts of texts to each type',
      [
        ...read('one two', types.string, 'one two'),
        ...read('-7', types.int, -7),
        ...read('9007199254740993', types.bigint, 9007199254740993n),
        ...read('-2.5e-1', types.float, -0.25),
        ...read('0.1', types.double, 0.1),
        ...read('1e300', types.double, 1e300),
        ...read('true', types.boolean, true),
        ...read('False', types.boolean, false),
        ...read('2024-02-29', types.date, '2024-02-29'),
      ],
      files,
    ),
    checkMacro('casts of texts to timestamps keep six digits of a second', [
      ...read('2024-02-29 23:59:59.123456', types.timestamp, '2024-02-29 23:59:59.123456'),
      ...read('2024-02-29 23:59:59', types.timestamp, '2024-02-29 23:59:59'),
      ...read('2024-02-29', types.timestamp, '2024-02-29 00:00:00'),
    ]),
    checkMacro('dbt.type_numeric holds 22 digits before the point and rounds to six after it', [
      [`{{ dbt.cast("'1.2345675'", dbt.type_numeric()) }} = cast('1.234568' as {{ dbt.type_numeric() }})`, true],
      [`{{ dbt.cast("'-1.2345675'", dbt.type_numeric()) }} = cast('-1.234568' as {{ dbt.type_numeric() }})`, true],
      [
        `{{ dbt.cast("'9999999999999999999999.000001'", dbt.type_numeric()) }} - cast('9999999999999999999999' as {{ dbt.type_numeric() }}) = 0.000001`,
        true,
      ],
    ]),
    checkMacro('casts of halves to whole numbers round away from zero', [
      [`{{ dbt.cast("cast('2.5' as numeric(4, 1))", dbt.type_int()) }}`, 3],
      [`{{ dbt.cast("cast('-2.5' as numeric(4, 1))", dbt.type_int()) }}`, -3],
      [`{{ dbt.safe_cast("cast('2.5' as numeric(4, 1))", dbt.type_int()) }}`, 3],
    ]),
    checkMacro('casts of values to texts and back', [
      [`{{ dbt.cast("cast('2024-02-29' as date)", dbt.type_string()) }}`, '2024-02-29'],
      [`{{ dbt.cast('12', dbt.type_string()) }}`, '12'],
      [`{{ dbt.safe_cast('12', dbt.type_string()) }}`, '12'],
      [`{{ dbt.safe_cast("cast('2024-02-29' as date)", dbt.type_timestamp()) }}`, '2024-02-29 00:00:00'],
    ]),
    checkMacro(
      'casts of null give null of each type',
      Object.values(types).flatMap((type): readonly Check[] => [
        [`{{ dbt.cast('null', ${type}) }}`, null],
        [`{{ dbt.safe_cast('null', ${type}) }}`, null],
      ]),
      files,
    ),
    checkMacro(
      'dbt.safe_cast to each type gives null for what is not of it',
      [
        refuse('seven', types.int),
        refuse('', types.int),
        refuse('seven', types.bigint),
        refuse('1,5', types.float),
        refuse('1,5', types.double),
        refuse('1.2.3', types.numeric),
        refuse('maybe', types.boolean),
        refuse('2023-02-29', types.date),
      ],
      files,
    ),
    checkMacro('dbt.safe_cast gives null for what is no timestamp', [refuse('2024-02-29 25:00:00', types.timestamp)]),
  ],
};
