import { describe, expect, it } from 'vitest';
import { fitLogisticRegression, predictProbabilities } from '../../../orchestrator/scoring/logistic-regression.ts';
import { evaluateClassifier } from '../../../orchestrator/scoring/metrics.ts';
import { drawClassification } from './sample-data.ts';

describe('evaluateClassifier', () => {
  // scikit-learn 1.9.1 on the same probabilities, rounded to two digits so that there are ties; ECE by NumPy 2.4.6.
  it('gives the figures of scikit-learn, ties included', () => {
    const { x, y } = drawClassification();
    const model = fitLogisticRegression(x, y, { c: 1, maxIter: 100, tolerance: 1e-6 });
    const probabilities = predictProbabilities(x, model).map((p) => Math.round(p * 100) / 100);
    const metrics = evaluateClassifier(y, probabilities);
    expect(metrics.positives).toBe(145);
    expect(metrics.auc).toBeCloseTo(0.8970235934664246, 12);
    expect(metrics.averagePrecision).toBeCloseTo(0.9368005193006175, 12);
    expect(metrics.logLoss).toBeCloseTo(0.3920274547908679, 12);
    expect(metrics.brier).toBeCloseTo(0.12983291666666666, 12);
    expect(metrics.ece).toBeCloseTo(0.07404166666666664, 12);
  });

  it('counts gains by tenths', () => {
    const probabilities = Float64Array.from({ length: 20 }, (_, i) => 1 - i / 20);
    const labels = Float64Array.from({ length: 20 }, (_, i) => (i < 3 || i === 10 ? 1 : 0));
    const { gains, liftTopDecile, baseRate } = evaluateClassifier(labels, probabilities);
    expect(baseRate).toBe(0.2);
    expect(liftTopDecile).toBe(5);
    expect(gains.map((row) => row.positives)).toEqual([2, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
    expect(gains.map((row) => row.cumulativeShare)).toEqual([0.5, 0.75, 0.75, 0.75, 0.75, 1, 1, 1, 1, 1]);
  });

  it('does not depend on row order where all probabilities are equal', () => {
    const labels = Float64Array.from({ length: 10 }, (_, i) => (i < 4 ? 1 : 0));
    const { auc, liftTopDecile, averagePrecision } = evaluateClassifier(labels, new Float64Array(10).fill(0.4));
    expect({ auc, liftTopDecile, averagePrecision }).toEqual({ auc: 0.5, liftTopDecile: 1, averagePrecision: 0.4 });
  });

  it('gives no ranking figures where a class is empty', () => {
    const { auc, averagePrecision } = evaluateClassifier(new Float64Array(4), Float64Array.from([0.1, 0.2, 0.3, 0.4]));
    expect({ auc, averagePrecision }).toEqual({ auc: Number.NaN, averagePrecision: Number.NaN });
  });
});
