import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../orchestrator/scoring/random.ts';
import { assignStratifiedFolds } from '../../../orchestrator/scoring/stratified-folds.ts';

describe('assignStratifiedFolds', () => {
  const labels = Float64Array.from({ length: 103 }, (_, i) => (i % 4 === 0 ? 1 : 0));

  it('gives every fold the same share of positives, to one row', () => {
    const folds = assignStratifiedFolds(labels, 5, 42);
    const sizes = [0, 1, 2, 3, 4].map((fold) => folds.filter((assigned) => assigned === fold).length);
    const positives = [0, 1, 2, 3, 4].map(
      (fold) => folds.filter((assigned, i) => assigned === fold && labels[i] === 1).length,
    );
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(Math.max(...positives) - Math.min(...positives)).toBeLessThanOrEqual(1);
  });

  it('depends on the seed alone', () => {
    expect(assignStratifiedFolds(labels, 5, 1)).toEqual(assignStratifiedFolds(labels, 5, 1));
    expect(assignStratifiedFolds(labels, 5, 1)).not.toEqual(assignStratifiedFolds(labels, 5, 2));
  });
});

describe('createRandom', () => {
  it('gives the same numbers on every machine', () => {
    const random = createRandom(42);
    expect([random(), random(), random()]).toMatchInlineSnapshot(`
      [
        0.21884025573272647,
        0.07482402602116345,
        0.12279323957190613,
      ]
    `);
  });

  it('is uniform', () => {
    const random = createRandom(1);
    const counts = new Float64Array(10);
    for (let i = 0; i < 100_000; i++) {
      const bin = Math.floor(random() * 10);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // 99.9 % of χ² with 9 degrees of freedom.
    expect(chiSquare).toBeLessThan(27.88);
  });
});
