import { describe, expect, it } from 'vitest';
import { pythonRepr } from '../../../orchestrator/parse/python-text.ts';
import { readTest } from '../../../orchestrator/parse/test-builder.ts';
import { hashTest } from '../../../orchestrator/parse/test-names.ts';

const model = { call: "ref('fct_orders')", label: 'fct_orders', isSource: false };
const source = { call: "source('raw', 'orders')", label: 'raw_orders', isSource: true };

function identify(written: Parameters<typeof readTest>[0], target = model, column: string | null = 'id') {
  const spec = readTest(written, target, column);
  const { namespace, name, kwargs } = spec;
  return [`${spec.fullName}.${hashTest(spec.fullName, { namespace, name, kwargs })}`, spec.shortName];
}

// The ids and aliases dbt-core 1.11 gave these tests.
describe('the id of a generic test', () => {
  it.each([
    ['a plain test', 'unique', ['unique_fct_orders_id.2a20231a0b', 'unique_fct_orders_id']],
    [
      'a test with a name of its own',
      { not_null: { name: 'my_name', config: { severity: 'error', warn_if: '>5', tags: ['x', 'a'] } } },
      ['my_name.79117a45e9', 'my_name'],
    ],
    [
      'arguments of many types',
      { accepted_values: { values: [1, 2, 3.5, true, null, "it's"], quote: false } },
      [
        'accepted_values_fct_orders_id__False__1__2__3_5__True__None__it_s.103137cee8',
        'accepted_values_fct_orders_513cbbf68860fba606c9e74473c887ca',
      ],
    ],
    [
      'a name too long for a relation',
      {
        accepted_values: {
          arguments: { values: ['alpha beta', 'b', 'c', 'd', 'e', 'ffffffffffffff', 'gggggggggggggggggg', 'hhhhhhhh'] },
          config: { where: "status = 'x'", limit: 5 },
        },
      },
      [
        'accepted_values_fct_orders_id__alpha_beta__b__c__d__e__ffffffffffffff__gggggggggggggggggg__hhhhhhhh.f973ce2d03',
        'accepted_values_fct_orders_c398fc4565a08690a067198b3bc708f0',
      ],
    ],
    [
      'an argument that is a ref',
      { relationships: { to: "ref('stg_orders')", field: 'id' } },
      [
        'relationships_fct_orders_id__id__ref_stg_orders_.917529e527',
        'relationships_fct_orders_id__id__ref_stg_orders_',
      ],
    ],
    [
      'a description, which is no argument',
      { relationships: { to: "source('raw', 'orders')", field: 'id', description: 'some text' } },
      [
        'relationships_fct_orders_id__id__source_raw_orders_.d6580ee7d6',
        'relationships_fct_orders_id__id__source_raw_orders_',
      ],
    ],
    [
      'a test of a package',
      { 'util.positive': { min: 5 } },
      ['util_positive_fct_orders_id__5.0733202e77', 'util_positive_fct_orders_id__5'],
    ],
  ])('is as in dbt for %s', (_, written, expected) => {
    expect(identify(written)).toEqual(expected);
  });

  it('is as in dbt for a test of a whole model', () => {
    expect(identify({ unique_combo: { columns: ['a', 'b'], other: "ref('stg_orders')" } }, model, null)[0]).toBe(
      'unique_combo_fct_orders_a__b__ref_stg_orders_.55b19963f0',
    );
    expect(identify({ test_name: 'unique_combo', columns: ['zz'], name: 'custom_named' }, model, null)[0]).toBe(
      'custom_named.a3992cba6f',
    );
  });

  it('is as in dbt for a quoted column', () => {
    expect(identify('not_null', model, '"Odd Name"')[0]).toBe('not_null_fct_orders__Odd_Name_.0fdb3f92af');
  });

  it('is as in dbt for tests of sources', () => {
    expect(identify('unique', source)[0]).toBe('source_unique_raw_orders_id.56401af608');
    expect(identify({ not_null: { severity: 'error' } }, source)[0]).toBe('source_not_null_raw_orders_id.f232a64478');
    const combo = { unique_combo: { columns: ['id', 'status'], config: { where: 'id > 0' } } };
    expect(identify(combo, source, null)[0]).toBe('source_unique_combo_raw_orders_id__status.96e41a1a77');
  });
});

describe('a malformed test', () => {
  it.each([
    [{ unique: null, not_null: null }, 'A test has several keys: unique, not_null.'],
    [{ unique: ['x'] }, 'Test "unique" must hold a mapping of arguments.'],
    [{ unique: { model: 'x' } }, 'Test "unique" may not have the argument "model".'],
    [{ unique: { where: 'a', config: { where: 'b' } } }, 'Test "unique" has "where" both beside and inside "config".'],
    ['not a name', '"not a name" cannot name a test.'],
    [{}, 'A test is an empty mapping.'],
  ])('is refused: %j', (written, message) => {
    expect(() => readTest(written, model, 'id')).toThrow(message);
  });
});

// What Python's repr() prints.
describe('pythonRepr', () => {
  it.each([
    ["it's", `"it's"`],
    [`it's "so"`, `'it\\'s "so"'`],
    ['a\nb\tc\\', "'a\\nb\\tc\\\\'"],
    ['é中😀', "'é中😀'"],
    ['\u0007\u00a0\u2028', "'\\x07\\xa0\\u2028'"],
    [1e21, '1e+21'],
    [1e-7, '1e-07'],
    [{ a: [1, null, true], b: {} }, "{'a': [1, None, True], 'b': {}}"],
  ])('prints %j', (value, text) => {
    expect(pythonRepr(value)).toBe(text);
  });
});
