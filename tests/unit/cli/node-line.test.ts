import { describe, expect, it } from 'vitest';
import {
  describeNode,
  formatBytes,
  formatCount,
  formatNodeEnd,
  formatSeconds,
} from '../../../orchestrator/cli/node-line.ts';
import { createNode, createResult, noColors } from './sample-run.ts';

const position = { index: 7, total: 40 };

describe('formatNodeEnd', () => {
  const model = createNode('model', 'stg_orders');
  const test = createNode('test', 'unique_orders_id');

  it.each([
    [model, createResult(model, 'success'), ' 7 of 40 OK model main.stg_orders (0.02s)'],
    [model, createResult(model, 'success', { rowsAffected: 1 }), ' 7 of 40 OK model main.stg_orders (1 row, 0.02s)'],
    [
      model,
      createResult(model, 'success', { rowsAffected: 12_345, executionTime: 75.4 }),
      ' 7 of 40 OK model main.stg_orders (12,345 rows, 1m 15s)',
    ],
    [
      model,
      createResult(model, 'success', { rowsAffected: 12, bytesProcessed: 1_610_612_736 }),
      ' 7 of 40 OK model main.stg_orders (12 rows, 1.5 GiB, 0.02s)',
    ],
    [model, createResult(model, 'error', { message: 'x' }), ' 7 of 40 ERROR model main.stg_orders (0.02s)'],
    [
      model,
      createResult(model, 'skipped', { message: 'skipped: raw_orders failed', executionTime: 0 }),
      ' 7 of 40 SKIP model main.stg_orders: raw_orders failed',
    ],
    [model, createResult(model, 'cancelled'), ' 7 of 40 CANCELLED model main.stg_orders (0.02s)'],
    [test, createResult(test, 'pass', { failures: 0 }), ' 7 of 40 PASS test unique_orders_id (0.02s)'],
    [test, createResult(test, 'fail', { failures: 3 }), ' 7 of 40 FAIL 3 test unique_orders_id (0.02s)'],
    [test, createResult(test, 'warn', { failures: 1 }), ' 7 of 40 WARN 1 test unique_orders_id (0.02s)'],
  ])('%#', (node, result, line) => {
    expect(formatNodeEnd(node, result, position, noColors)).toBe(line);
  });
});

describe('describeNode', () => {
  it.each([
    [createNode('seed', 'rates', { schema: 'raw', alias: 'r' }), 'seed raw.r'],
    [createNode('model', 'helper', { relation_name: null }), 'model helper'],
    [createNode('analysis', 'top'), 'analysis top'],
  ])('%#', (node, text) => {
    expect(describeNode(node)).toBe(text);
  });
});

it('gives bytes in powers of 1024', () => {
  expect([0, 1023, 1024, 10_485_760, 2 ** 30 - 1, 123 * 2 ** 40].map(formatBytes)).toEqual([
    '0 B',
    '1023 B',
    '1.0 KiB',
    '10.0 MiB',
    '1.0 GiB',
    '123 TiB',
  ]);
});

it('groups digits', () => {
  expect([0, 999, 1000, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
});

it('gives seconds, and minutes from one on', () => {
  expect([0, 1.005, 59.99, 60, 125].map(formatSeconds)).toEqual(['0.00s', '1.00s', '59.99s', '1m 00s', '2m 05s']);
});
