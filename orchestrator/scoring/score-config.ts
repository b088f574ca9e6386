import * as z from 'zod';

// Keys are spelt as users write them in config(), so that a message and the code name the same thing.

const name = z.string().min(1);
const names = z.array(name);
const share = z.number().gt(0).lt(1);
const count = z.int().min(1);
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

const shared = {
  /** Column, or columns, that identify a row to score. */
  entity_key: z.union([name.transform((key) => [key]), names.min(1)]),
  /** Numeric (or boolean) input columns. */
  features: names.default([]),
  /** Last day, exclusive, whose facts count. Default: the run's as_of_date. */
  as_of: z.string().regex(dayPattern, 'must be a date such as 2025-01-31').optional(),
  seed: z.int().min(0).max(4294967295).default(42),
  /** Where fitting happens; `auto` goes by the estimator and the number of rows. */
  fit_in: z.enum(['auto', 'local', 'warehouse']).default('auto'),
};

const classifierGates = z
  .strictObject({
    min_positives: z.int().min(1).default(100),
    min_negatives: z.int().min(1).default(100),
    /** Observed history, in label horizons. */
    min_history_horizons: z.number().min(0).default(3),
    /** Validation AUC may be worse than the champion's by this much. */
    max_auc_drop: z.number().min(0).default(0.01),
    /** A better AUC than this is taken for leakage. */
    max_auc: z.number().gt(0.5).max(1).default(0.95),
    allow_leakage: z.boolean().default(false),
  })
  .prefault({});

/** Settings of a logistic regression score. */
export const logisticSchema = z.strictObject({
  ...shared,
  estimator: z.literal('logistic_regression'),
  /** Model whose rows are fitted on; the score's SQL must also ref() it. */
  training: name,
  /** Column of the training rows: true or 1 where the event happened. */
  label: name,
  /** Observation date of a training row; later dates validate. Without it metrics are cross-validated. */
  time_column: name.optional(),
  categorical_features: names.default([]),
  /** Boolean column of the rows to score; where it is not true the row gets no probability. */
  eligible_column: name.optional(),
  /** Length of the label window, for the gate on history. */
  horizon_days: count.optional(),
  validation: z
    .strictObject({
      /** Share of the distinct dates, the latest ones, held out. */
      fraction: share.default(0.25),
      /** Folds of the cross-validation where there is no time column. */
      folds: z.int().min(2).max(50).default(5),
    })
    .prefault({}),
  /** Band name → lowest percentile (0 to 1) of the band. */
  bands: z.record(name, z.number().min(0).max(1)).default({ high: 0.9, medium: 0.7, low: 0 }),
  params: z
    .strictObject({
      /** Inverse strength of the L2 penalty. */
      c: z.number().gt(0).default(1),
      max_iter: count.default(100),
      /** Largest absolute component of the gradient at the solution. */
      tolerance: z.number().gt(0).default(1e-6),
    })
    .prefault({}),
  gates: classifierGates,
});

const bound = z
  .strictObject({ above: z.number().optional(), below: z.number().optional() })
  .refine((value) => value.above !== undefined || value.below !== undefined, 'needs "above" or "below"');

/** Settings of a k-means score. */
export const kMeansSchema = z.strictObject({
  ...shared,
  estimator: z.literal('kmeans'),
  /** Model whose rows are fitted on. Default: the rows to score. */
  training: name.optional(),
  /** Features taken as log1p; `auto` takes those that are skewed and never negative. */
  log_features: z.union([z.literal('auto'), names]).default('auto'),
  /** Rules over a cluster's profile (index of its mean against the overall mean, 1 = average); the first that holds names it. */
  cluster_names: z.array(z.strictObject({ name, when: z.record(name, bound) })).default([]),
  params: z
    .strictObject({
      /** `auto` takes the k of best silhouette in k_min to k_max. */
      k: z.union([z.literal('auto'), z.int().min(2).max(50)]).default('auto'),
      k_min: z.int().min(2).default(3),
      k_max: z.int().min(2).max(50).default(7),
      n_init: count.default(10),
      max_iter: count.default(300),
      /** Relative to the mean variance of the inputs, as scikit-learn's tol. */
      tolerance: z.number().min(0).default(1e-4),
      /** Smallest share of rows a cluster may hold when k is auto. */
      min_share: z.number().min(0).lt(0.5).default(0.05),
    })
    .prefault({}),
  gates: z.strictObject({ min_rows: z.int().min(2).default(50) }).prefault({}),
});

export type LogisticConfig = z.output<typeof logisticSchema>;
export type KMeansConfig = z.output<typeof kMeansSchema>;

/** The checked settings of a score node. */
export type ScoreConfig = LogisticConfig | KMeansConfig;

export type EstimatorName = ScoreConfig['estimator'];
