import type { KMeansConfig, LogisticConfig } from './score-config.ts';

/** Why a model is not promoted. */
export interface Refusal {
  /** What the rows carry instead of scores where no champion stands in. */
  readonly status: 'insufficient_data' | 'model_rejected';
  readonly reason: string;
}

/** What is known of the rows before a classifier is fitted. */
export interface TrainingFacts {
  readonly positives: number;
  readonly negatives: number;
  /** Distinct observation dates; null where there is no time column. */
  readonly dates: number | null;
  /** From the first observation date to as_of; null where there is no time column. */
  readonly historyDays: number | null;
}

/** The gates on data: too little of it is a status, never a model. */
export function checkTrainingData(
  facts: TrainingFacts,
  config: Pick<LogisticConfig, 'gates' | 'horizon_days'>,
): Refusal | null {
  const { gates, horizon_days: horizon } = config;
  const needed = horizon === undefined ? 0 : gates.min_history_horizons * horizon;
  const { positives, negatives, dates, historyDays } = facts;
  const faults = [
    ...(positives < gates.min_positives ? [`positives ${positives} of ${gates.min_positives}`] : []),
    ...(negatives < gates.min_negatives ? [`negatives ${negatives} of ${gates.min_negatives}`] : []),
    ...(dates !== null && dates < 2 ? [`observation dates ${dates} of 2`] : []),
    ...(historyDays !== null && historyDays < needed ? [`days of history ${historyDays} of ${needed}`] : []),
  ];
  if (faults.length === 0) return null;
  return { status: 'insufficient_data', reason: `not enough training data: ${faults.join(', ')}` };
}

/** What is known of a fitted classifier. */
export interface ClassifierFacts {
  readonly converged: boolean;
  readonly auc: number;
  /** The present champion's AUC on the same validation rows; null where there is none. */
  readonly championAuc: number | null;
}

/** The gates on a fitted classifier. */
export function checkClassifier(facts: ClassifierFacts, gates: LogisticConfig['gates']): Refusal | null {
  const { auc, championAuc, converged } = facts;
  if (!converged) return reject('the fit did not converge');
  if (Number.isNaN(auc)) {
    return { status: 'insufficient_data', reason: 'not enough validation data: one class has no rows' };
  }
  if (auc > gates.max_auc && !gates.allow_leakage) {
    return reject(`suspected leakage: AUC ${auc.toFixed(3)} is above ${gates.max_auc}`);
  }
  if (championAuc !== null && auc < championAuc - gates.max_auc_drop) {
    return reject(`AUC ${auc.toFixed(3)} is worse than the champion's ${championAuc.toFixed(3)}`);
  }
  return null;
}

/** The gate on the number of rows to cluster. */
export function checkClusterData(rows: number, gates: KMeansConfig['gates'], k: number): Refusal | null {
  const needed = Math.max(gates.min_rows, k);
  if (rows >= needed) return null;
  return { status: 'insufficient_data', reason: `not enough training data: rows ${rows} of ${needed}` };
}

function reject(reason: string): Refusal {
  return { status: 'model_rejected', reason };
}
