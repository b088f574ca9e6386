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
    const psi =
      column.kind === 'number'
        ? computePsi(column.values, actual.values)
        : computeCategoryPsi(column.values, actual.values, column.levels.length);
    if (Number.isFinite(psi)) drifts[column.name] = { psi, stability: nameStability(psi) };
  });
  return drifts;
}
