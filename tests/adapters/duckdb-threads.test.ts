import { expect, test } from 'vitest';
import { countThreads, ThreadLimiter } from '../../orchestrator/adapters/duckdb-threads.ts';

test.each([
  [2, 1, 2],
  [2, 2, 1],
  [2, 4, 1],
  [4, 4, 2],
  [8, 4, 5],
  [8, 16, 4],
  [1, 4, 1],
])('on %i cores with %i statements at once DuckDB keeps %i threads', (cores, running, expected) => {
  expect(countThreads(cores, running)).toBe(expected);
});

test('the number of threads falls as statements overlap and stays there', async () => {
  const applied: number[] = [];
  const limiter = new ThreadLimiter(8, async (threads) => applied.push(threads));
  const overlap = (count: number) =>
    Promise.all(Array.from({ length: count }, () => limiter.watch(async () => 'done')));
  await overlap(1);
  expect(applied).toEqual([]);
  expect(await overlap(3)).toEqual(['done', 'done', 'done']);
  expect(applied).toEqual([7, 6]);
  await overlap(2);
  expect(applied).toEqual([7, 6]);
});

test('a statement that fails counts as ended', async () => {
  const applied: number[] = [];
  const limiter = new ThreadLimiter(8, async (threads) => applied.push(threads));
  await expect(limiter.watch(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  await limiter.watch(async () => 'done');
  expect(applied).toEqual([]);
});
