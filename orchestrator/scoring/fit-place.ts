import type { EstimatorName, ScoreConfig } from './score-config.ts';

/**
 * Rows above which `auto` fits in the warehouse: fewer are read here faster than a warehouse goes through them several
 * times. Restarts make k-means the dearer one here; in the warehouse they are made on a sample.
 */
export const mostRowsHere: Readonly<Record<EstimatorName, number>> = {
  logistic_regression: 1_000_000,
  kmeans: 500_000,
};

/** Where a fit over so many rows happens. */
export function isFittedInWarehouse({ fit_in: place, estimator }: ScoreConfig, rows: number): boolean {
  return place === 'warehouse' || (place === 'auto' && rows > mostRowsHere[estimator]);
}
