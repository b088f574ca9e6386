import { createJob } from './drive-score.ts';

/** Churn over the sample tables. */
export const churn = createJob({
  name: 'churn_scores',
  sql: 'select *\nfrom scores.features\n-- the rows to score\n',
  training: 'scores.training',
  config: {
    estimator: 'logistic_regression',
    training: 'training',
    entity_key: 'account_id',
    label: 'churned',
    time_column: 'observed_on',
    features: ['visits', 'tenure_days', 'is_admin'],
    categorical_features: ['plan'],
    eligible_column: 'is_eligible',
    horizon_days: 30,
  },
});

/** Clusters of the sample features. */
export const clusters = createJob({
  name: 'account_clusters',
  sql: 'select * from scores.features;',
  training: null,
  config: {
    estimator: 'kmeans',
    entity_key: 'account_id',
    features: ['visits', 'tenure_days'],
    cluster_names: [{ name: 'busy', when: { visits: { above: 1.5 } } }],
  },
});
