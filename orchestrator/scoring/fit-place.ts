import type { EstimatorName, ScoreConfig } from './score-config.ts';

/**
 * Rows above which `auto` fits in the warehouse: reading more into this process costs more memory and time than going
 * through them there.
 */
const mostRowsHere: Readonly<Record<EstimatorName, number>> = { logistic_regression: 500_000, kmeans: 500_000 };

/** Where a fit over so many rows happens. */
export function isFittedInWarehouse({ fit_in: place, estimator }: ScoreConfig, rows: number): boolean {
  return place === 'warehouse' || (place === 'auto' && rows > mostRowsHere[estimator]);
}
