import { expect, it } from 'vitest';
import { findStride, spreadRows } from '../../../orchestrator/scoring/spread.ts';

it('takes all rows where they are few', () => {
  expect([...spreadRows(5, 9)]).toEqual([0, 1, 2, 3, 4]);
  expect([...spreadRows(0, 9)]).toEqual([]);
});

it.each([
  [13, 5],
  [1000, 64],
  [999_983, 50_000],
  [1_000_000, 50_000],
])('takes of %i rows %i different ones, those that SQL takes by the stride', (rows, limit) => {
  const chosen = spreadRows(rows, limit);
  const stride = BigInt(findStride(rows));
  expect(new Set(chosen).size).toBe(limit);
  expect(chosen.every((row) => (BigInt(row) * stride) % BigInt(rows) < limit)).toBe(true);
});

it.each([2, 7, 8, 10, 20, 24, 365])('has no period of %i, which the rows may have', (period) => {
  const counts = new Array<number>(period).fill(0);
  for (const row of spreadRows(1_000_000, 50_000)) counts[row % period] = (counts[row % period] ?? 0) + 1;
  const expected = 50_000 / period;
  for (const count of counts) expect(Math.abs(count - expected)).toBeLessThanOrEqual(0.2 * expected);
});
