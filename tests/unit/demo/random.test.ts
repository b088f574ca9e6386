import { expect, test } from 'vitest';
import { createRandom, drawCount, pickWeighted } from '../../../orchestrator/demo/random.ts';
import { exponential } from '../../../orchestrator/demo/stable-math.ts';

const DRAWS = 20_000;

function draw<T>(make: () => T): T[] {
  return Array.from({ length: DRAWS }, make);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

// Words of an implementation of sfc32 in Python, seeded the same way.
test('the words of a stream never change', () => {
  const random = createRandom(2, 1);
  expect([random.word(), random.word(), random.word(), random.word()]).toEqual([
    1541505914, 3273055969, 2188636104, 1190251513,
  ]);
});

test('neighbouring seeds and streams give unrelated words', () => {
  const firsts = [createRandom(1, 1), createRandom(1, 2), createRandom(2, 1), createRandom(0, 0)].map((r) => r.word());
  expect(new Set(firsts).size).toBe(4);
  const apart = Array.from({ length: DRAWS }, (_, stream) => createRandom(5, stream).uniform());
  expect(mean(apart)).toBeCloseTo(0.5, 1.7);
});

test('uniforms, whole numbers, chances and normals have their means and variances', () => {
  const random = createRandom(11, 3);
  const normals = draw(random.normal);
  expect(mean(draw(random.uniform))).toBeCloseTo(0.5, 1.7);
  expect(mean(draw(() => random.below(7)))).toBeCloseTo(3, 1);
  expect(mean(draw(() => (random.chance(0.2) ? 1 : 0)))).toBeCloseTo(0.2, 1.7);
  expect(mean(normals)).toBeCloseTo(0, 1.4);
  expect(mean(normals.map((value) => value * value))).toBeCloseTo(1, 1.2);
});

test('weights are drawn in proportion, and counts with their mean', () => {
  const random = createRandom(11, 4);
  const picks = draw(() => pickWeighted(random, [1, 0, 3]));
  expect(new Set(picks)).toEqual(new Set([0, 2]));
  expect(mean(picks.map((pick) => (pick === 2 ? 1 : 0)))).toBeCloseTo(0.75, 1.7);
  expect(mean(draw(() => drawCount(random, exponential(-1.5))))).toBeCloseTo(1.5, 1);
});
