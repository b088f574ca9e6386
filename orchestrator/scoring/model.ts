import type { Transform } from './transform.ts';

/** A fitted logistic regression: everything its scoring SQL needs, as the registry keeps it. */
export interface LogisticModel {
  readonly estimator: 'logistic_regression';
  readonly version: string;
  readonly transform: Transform;
  readonly intercept: number;
  /** One per design column. */
  readonly coefficients: readonly number[];
}

/** One cluster of a fitted k-means. */
export interface Cluster {
  readonly name: string;
  /** Standardised, one per feature. */
  readonly centroid: readonly number[];
  readonly size: number;
  /** Mean of each feature in the cluster over its overall mean; null where that is not positive. */
  readonly profile: Readonly<Record<string, number | null>>;
}

/** A fitted k-means; cluster ids are positions from 1. */
export interface KMeansModel {
  readonly estimator: 'kmeans';
  readonly version: string;
  readonly transform: Transform;
  readonly clusters: readonly Cluster[];
}

export type FittedModel = LogisticModel | KMeansModel;
