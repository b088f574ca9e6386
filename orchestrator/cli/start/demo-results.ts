/** What `strata start` shows. Parts that were not built are left out. */
export interface DemoResults {
  readonly tables: readonly TableCount[];
  readonly triangle: Triangle | null;
  readonly segments: readonly SegmentSize[];
  readonly churn: ChurnQuality | null;
  /** The database file as the user would write it, and its bytes. */
  readonly database: { readonly path: string; readonly bytes: number } | null;
}

export interface TableCount {
  readonly name: string;
  readonly rows: number;
}

/** Retention by month of entry; null where no member is old enough yet. */
export interface Triangle {
  readonly entryEvent: string;
  readonly lines: readonly TriangleLine[];
}

export interface TriangleLine {
  readonly cohort: string;
  readonly size: number;
  /** Shares from 0 to 1 for month 0, 1, 2, … */
  readonly retention: readonly (number | null)[];
}

export interface SegmentSize {
  readonly name: string;
  readonly layer: string;
  readonly accounts: number;
  readonly objective: string;
}

/** The fitted model's quality beside the best that can be had. */
export interface ChurnQuality {
  readonly auc: number;
  readonly rows: number;
  /** AUC of the planted probabilities on rows of the same dates, the best possible but for chance; null for data without a truth file. */
  readonly plantedAuc: number | null;
}
