import { describe, expect, it } from 'vitest';
import { checkClassifier, checkClusterData, checkTrainingData } from '../../../orchestrator/scoring/gates.ts';

const gates = {
  min_positives: 100,
  min_negatives: 100,
  min_history_horizons: 3,
  max_auc_drop: 0.01,
  max_auc: 0.95,
  allow_leakage: false,
};

describe('checkTrainingData', () => {
  const facts = { positives: 100, negatives: 100, dates: 2, historyDays: 270 };

  it('passes at the bounds', () => {
    expect(checkTrainingData(facts, { gates, horizon_days: 90 })).toBeNull();
  });

  it('says everything that is missing', () => {
    const few = { positives: 99, negatives: 3, dates: 1, historyDays: 269 };
    expect(checkTrainingData(few, { gates, horizon_days: 90 })).toEqual({
      status: 'insufficient_data',
      reason:
        'not enough training data: positives 99 of 100, negatives 3 of 100, observation dates 1 of 2, days of history 269 of 270',
    });
  });

  it('asks nothing about time where there is no time column', () => {
    expect(checkTrainingData({ ...facts, dates: null, historyDays: null }, { gates, horizon_days: 90 })).toBeNull();
  });
});

describe('checkClassifier', () => {
  const facts = { converged: true, auc: 0.8, championAuc: 0.81 };

  it('promotes a model that is hardly worse than the champion', () => {
    expect(checkClassifier(facts, gates)).toBeNull();
  });

  it.each([
    [{ ...facts, championAuc: 0.82 }, "AUC 0.800 is worse than the champion's 0.820"],
    [{ ...facts, auc: 0.96 }, 'suspected leakage: AUC 0.960 is above 0.95'],
    [{ ...facts, converged: false }, 'the fit did not converge'],
  ])('refuses one that is not fit: %#', (found, reason) => {
    expect(checkClassifier(found, gates)).toEqual({ status: 'model_rejected', reason });
  });

  it('lets a very good model pass where that is allowed', () => {
    expect(checkClassifier({ ...facts, auc: 0.99 }, { ...gates, allow_leakage: true })).toBeNull();
  });

  it('has no judgement where validation rows are all of one class', () => {
    expect(checkClassifier({ ...facts, auc: Number.NaN }, gates)).toEqual({
      status: 'insufficient_data',
      reason: 'not enough validation data: one class has no rows',
    });
  });
});

describe('checkClusterData', () => {
  it('needs the rows it is told to, and one per cluster', () => {
    expect(checkClusterData(50, { min_rows: 50 }, 3)).toBeNull();
    expect(checkClusterData(6, { min_rows: 2 }, 7)).toEqual({
      status: 'insufficient_data',
      reason: 'not enough training data: rows 6 of 7',
    });
  });
});
