import { describe, expect, it } from 'vitest';
import { StrataError } from '../../../orchestrator/errors.ts';
import { parseScoreConfig } from '../../../orchestrator/scoring/parse-score-config.ts';

const place = { file: 'models/scoring/churn_scores.sql' };
const churn = {
  enabled: true,
  materialized: 'score',
  alias: null,
  'pre-hook': [],
  estimator: 'logistic_regression',
  training: 'fct_churn_training_rows',
  entity_key: 'account_id',
  label: 'churned',
  time_column: 'as_of_date',
  features: ['tenure_days', 'active_days_28'],
};

function messageOf(config: Readonly<Record<string, unknown>>): string {
  try {
    parseScoreConfig(config, place);
  } catch (error) {
    if (error instanceof StrataError) return `${error.code} ${error.format()}`;
    throw error;
  }
  return 'no error';
}

describe('parseScoreConfig', () => {
  it('fills in every default of a logistic regression', () => {
    expect(parseScoreConfig(churn, place)).toEqual({
      estimator: 'logistic_regression',
      training: 'fct_churn_training_rows',
      entity_key: ['account_id'],
      label: 'churned',
      time_column: 'as_of_date',
      features: ['tenure_days', 'active_days_28'],
      categorical_features: [],
      seed: 42,
      fit_in: 'auto',
      validation: { fraction: 0.25, folds: 5 },
      bands: { high: 0.9, medium: 0.7, low: 0 },
      params: { c: 1, max_iter: 100, tolerance: 1e-6 },
      gates: {
        min_positives: 100,
        min_negatives: 100,
        min_history_horizons: 3,
        max_auc_drop: 0.01,
        max_auc: 0.95,
        allow_leakage: false,
      },
    });
  });

  it('fills in every default of k-means', () => {
    const config = { materialized: 'score', estimator: 'kmeans', entity_key: ['account_id'], features: ['a', 'b'] };
    expect(parseScoreConfig(config, place)).toEqual({
      estimator: 'kmeans',
      entity_key: ['account_id'],
      features: ['a', 'b'],
      log_features: 'auto',
      cluster_names: [],
      seed: 42,
      fit_in: 'auto',
      params: { k: 'auto', k_min: 3, k_max: 7, n_init: 10, max_iter: 300, tolerance: 1e-4, min_share: 0.05 },
      gates: { min_rows: 50 },
    });
  });

  it('leaves settings of the table to the warehouse, as a whole project may have them', () => {
    const bigQuery = { partition_by: { field: 'as_of' }, cluster_by: ['id'], labels: { team: 'growth' } };
    const costs = { require_partition_filter: true, hours_to_expiration: 12, partition_expiration_days: 7 };
    const snowflake = { transient: false, secure: true, automatic_clustering: true, query_tag: 'growth' };
    const config = { ...churn, ...bigQuery, ...costs, kms_key_name: 'key', ...snowflake, snowflake_warehouse: 'large' };
    expect(parseScoreConfig(config)).toEqual(parseScoreConfig(churn));
  });

  const where = 'score-invalid models/scoring/churn_scores.sql: score:';
  it.each([
    [
      { ...churn, estimator: 'logistic_regresion' },
      'unknown estimator "logistic_regresion". Did you mean "logistic_regression"?',
    ],
    [{ ...churn, estimator: undefined }, '"estimator" is missing. Estimators: kmeans, logistic_regression.'],
    [{ ...churn, label: undefined }, '"label" is missing.'],
    [{ ...churn, features: undefined, featurs: ['a'] }, 'unknown key "featurs" (did you mean "features"?).'],
    [{ ...churn, params: { max_itr: 5 } }, 'unknown key "max_itr" in "params" (did you mean "max_iter"?).'],
    [{ ...churn, log_features: ['tenure_days'] }, '"log_features" does not apply to this estimator.'],
    [{ ...churn, as_of: '31.1.2025' }, '"as_of" must be a date such as 2025-01-31.'],
    [{ ...churn, features: [] }, '"features" is missing or empty.'],
    [{ ...churn, features: ['a', 'a'] }, 'feature "a" is listed twice.'],
    [{ ...churn, features: ['a', 'churned'] }, 'the label "churned" must not be a feature.'],
    [
      { estimator: 'kmeans', entity_key: 'id', features: ['visits'], log_features: ['vists'] },
      '"vists" is not among the features. Did you mean "visits"?',
    ],
    [
      { estimator: 'kmeans', entity_key: 'id', features: ['a'], params: { k_min: 6, k_max: 4 } },
      'k_min 6 is above k_max 4.',
    ],
  ])('says what is wrong: %#', (config, message) => {
    expect(messageOf(config)).toBe(`${where} ${message}`);
  });

  it('names every fault at once', () => {
    expect(messageOf({ ...churn, label: undefined, seed: -1, horizon: 90 })).toBe(
      `${where} "seed" too small: expected number to be >=0; "label" is missing; unknown key "horizon".`,
    );
  });
});
