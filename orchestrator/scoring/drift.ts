import { computeCategoryPsi, computePsi, nameStability, type Stability } from './population-stability.ts';
import type { InputColumn } from './transform.ts';

/** How far one feature of the rows to score has moved from the training rows. */
export interface FeatureDrift {
  readonly psi: number;
  readonly stability: Stability;
}

/** The stability index of each feature, training rows against rows to score; none where either side is empty. */
export function computeDrift(
  training: readonly InputColumn[],
  scored: readonly InputColumn[],
): Readonly<Record<string, FeatureDrift>> {
  const drifts: Record<string, FeatureDrift> = {};
  training.forEach((column, i) => {
    const actual = scored[i];
    if (actual === undefined) return;
    const psi = computeColumnPsi(column, actual);
    if (Number.isFinite(psi)) drifts[column.name] = { psi, stability: nameStability(psi) };
  });
  return drifts;
}

/** The stability index of a column of either kind; NaN where either side is empty. */
export function computeColumnPsi(reference: InputColumn, actual: InputColumn): number {
  return reference.kind === 'number'
    ? computePsi(reference.values, actual.values)
    : computeCategoryPsi(reference.values, actual.values, reference.levels.length);
}
