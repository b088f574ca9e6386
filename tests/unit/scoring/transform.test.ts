import { describe, expect, it } from 'vitest';
import {
  applyTransform,
  fitTransform,
  type InputColumn,
  nameDesignColumns,
} from '../../../orchestrator/scoring/transform.ts';

const nan = Number.NaN;
const forClassifier = { log: [], winsorise: null, flagMissing: true } as const;
const forClusters = { log: 'auto', winsorise: [0.01, 0.99], flagMissing: false } as const;

function number(name: string, values: readonly number[]): InputColumn {
  return { kind: 'number', name, values: Float64Array.from(values) };
}

function category(name: string, levels: readonly string[], codes: readonly number[]): InputColumn {
  return { kind: 'category', name, levels, values: Float64Array.from(codes) };
}

describe('fitTransform', () => {
  it('fills with the median, flags what was missing and standardises', () => {
    const columns = [number('visits', [1, nan, 3, 8])];
    const transform = fitTransform(columns, forClassifier);
    expect(transform.inputs).toEqual([
      {
        kind: 'number',
        name: 'visits',
        log: false,
        low: null,
        high: null,
        fill: 3,
        mean: 3.75,
        deviation: Math.sqrt(6.6875),
        missing: { mean: 0.25, deviation: Math.sqrt(0.1875) },
      },
    ]);
    expect(nameDesignColumns(transform)).toEqual(['visits', 'visits is missing']);
  });

  it('drops the first level and keeps a column for each other one', () => {
    const transform = fitTransform([category('plan', ['free', 'pro', 'team'], [0, 1, 1, 2])], forClassifier);
    expect(transform.inputs).toEqual([
      {
        kind: 'category',
        name: 'plan',
        reference: 'free',
        levels: [
          { value: 'pro', mean: 0.5, deviation: 0.5 },
          { value: 'team', mean: 0.25, deviation: Math.sqrt(0.1875) },
        ],
      },
    ]);
    expect(nameDesignColumns(transform)).toEqual(['plan = pro', 'plan = team']);
  });

  it('logs what is skewed and never negative, and clips at 1 and 99 %', () => {
    const skewed = Array.from({ length: 101 }, (_, i) => (i < 90 ? i / 10 : 1000 + i));
    const { inputs } = fitTransform(
      [
        number('spend', skewed),
        number(
          'balance',
          skewed.map((value) => value - 1),
        ),
        number(
          'age',
          skewed.map((_, i) => i),
        ),
      ],
      forClusters,
    );
    expect(inputs.map((input) => input.kind === 'number' && input.log)).toEqual([true, false, false]);
    expect(inputs[0]).toMatchObject({ low: Math.log(1.1), high: Math.log(1100) });
    expect(inputs[2]).toMatchObject({ low: 1, high: 99 });
  });

  it('survives a column that is empty or constant', () => {
    const columns = [number('empty', [nan, nan]), number('constant', [7, 7])];
    const transform = fitTransform(columns, forClassifier);
    expect([...applyTransform(transform, columns).values]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('applyTransform', () => {
  it('uses the figures of the training rows alone', () => {
    const transform = fitTransform([number('visits', [0, 4])], forClassifier);
    const { values } = applyTransform(transform, [number('visits', [10, nan, Number.POSITIVE_INFINITY])]);
    expect([...values]).toEqual([4, 0, 0]);
  });

  it('takes a level unseen in training as none of those known', () => {
    const transform = fitTransform([category('plan', ['free', 'pro'], [0, 1])], forClassifier);
    const { values } = applyTransform(transform, [category('plan', ['pro', 'gold'], [0, 1, -1])]);
    expect([...values]).toEqual([1, -1, -1]);
  });

  it('gives inputs of mean 0 and deviation 1', () => {
    const columns = [number('visits', [1, 5, 9, 20]), category('plan', ['a', 'b'], [0, 1, 1, 1])];
    const { values, columns: width } = applyTransform(fitTransform(columns, forClassifier), columns);
    for (let j = 0; j < width; j++) {
      const column = values.filter((_, at) => at % width === j);
      expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
      expect(column.reduce((sum, value) => sum + value * value, 0) / 4).toBeCloseTo(1, 12);
    }
  });
});
