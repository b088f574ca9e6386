import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { crossValidate, type LabelledRows } from '../../../orchestrator/scoring/classifier.ts';
import { computePsi } from '../../../orchestrator/scoring/population-stability.ts';
import type { InputColumn } from '../../../orchestrator/scoring/transform.ts';

const numbers = ['SeniorCitizen', 'tenure', 'MonthlyCharges', 'TotalCharges'];
const params = { c: 1, max_iter: 100, tolerance: 1e-6 };

let rows: LabelledRows;

beforeAll(() => {
  const path = new URL('../../fixtures/telco.csv', import.meta.url);
  const [header = [], ...records] = readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const column = (name: string) => records.map((record) => record[header.indexOf(name)] ?? '');
  const inputs = header.filter((name) => name !== 'customerID' && name !== 'Churn');
  rows = {
    columns: inputs.map((name) =>
      numbers.includes(name) ? readNumbers(name, column(name)) : readLevels(name, column(name)),
    ),
    labels: Float64Array.from(column('Churn'), (churn) => (churn === 'Yes' ? 1 : 0)),
  };
});

/** The 11 blank TotalCharges become 0. */
function readNumbers(name: string, values: readonly string[]): InputColumn {
  return { kind: 'number', name, values: Float64Array.from(values, Number) };
}

function readLevels(name: string, values: readonly string[]): InputColumn {
  const levels = [...new Set(values)].sort();
  return { kind: 'category', name, levels, values: Float64Array.from(values, (value) => levels.indexOf(value)) };
}

// Recomputed with scikit-learn 1.9.1 (StandardScaler, LogisticRegression, StratifiedKFold).
describe('the Telco data', () => {
  it('gives the cross-validated figures of the gold standard', () => {
    const { metrics, fit } = crossValidate(rows, { folds: 5, seed: 42, params });
    expect(fit.converged).toBe(true);
    expect([metrics.rows, metrics.positives]).toEqual([7043, 1869]);
    expect(Math.abs(metrics.auc - 0.845)).toBeLessThanOrEqual(0.002);
    expect(Math.abs(metrics.averagePrecision - 0.6539)).toBeLessThanOrEqual(0.002);
    expect(Math.abs(metrics.brier - 0.1356)).toBeLessThanOrEqual(0.002);
    expect(Math.abs(metrics.logLoss - 0.4174)).toBeLessThanOrEqual(0.002);
    expect(Math.abs(metrics.ece - 0.0125)).toBeLessThanOrEqual(0.002);
    expect(Math.abs(metrics.liftTopDecile - 2.86)).toBeLessThanOrEqual(0.05);
  });

  it.each([
    ['tenure', 0.8418],
    ['MonthlyCharges', 0.3795],
  ])('has the gold stability index of churners against the rest in %s', (name, psi) => {
    const values = rows.columns.find((column) => column.name === name)?.values ?? new Float64Array(0);
    const churners = values.filter((_, i) => rows.labels[i] === 1);
    const others = values.filter((_, i) => rows.labels[i] === 0);
    expect(computePsi(others, churners)).toBeCloseTo(psi, 4);
  });
});
