import { fitKMeans, type KMeansFit } from './k-means.ts';
import { type Matrix, sampleRows } from './matrix.ts';
import type { KMeansConfig } from './score-config.ts';
import { computeSilhouette } from './silhouette.ts';

/** Rows the silhouette is computed on at most: it is quadratic. */
const silhouetteRows = 2000;

/** One k that was tried. */
export interface KTrial {
  readonly k: number;
  readonly silhouette: number;
  readonly inertia: number;
  /** Share of rows in the smallest cluster. */
  readonly smallestShare: number;
}

/** The solution taken, or null where no k gave clusters that are all large enough; and all that were tried. */
export interface ClusterChoice {
  readonly fit: KMeansFit | null;
  readonly silhouette: number;
  readonly trials: readonly KTrial[];
}

/** Clusters with the k that is set, or with the k of best silhouette among those without a too small cluster. */
export function chooseClusters(points: Matrix, config: Pick<KMeansConfig, 'params' | 'seed'>): ClusterChoice {
  const { params, seed } = config;
  const candidates = listCandidates(params, points.rows);
  const trials: KTrial[] = [];
  let best: { readonly fit: KMeansFit; readonly silhouette: number } | null = null;
  for (const k of candidates) {
    const { n_init: nInit, max_iter: maxIter, tolerance } = params;
    const fit = fitKMeans(points, { k, nInit, maxIter, tolerance, seed });
    const silhouette = sampleSilhouette(points, fit, k);
    const smallestShare = Math.min(...fit.sizes) / points.rows;
    trials.push({ k, silhouette, inertia: fit.inertia, smallestShare });
    const isAllowed = params.k !== 'auto' || smallestShare >= params.min_share;
    if (isAllowed && (best === null || silhouette > best.silhouette)) best = { fit, silhouette };
  }
  return { fit: best?.fit ?? null, silhouette: best?.silhouette ?? Number.NaN, trials };
}

function listCandidates(params: KMeansConfig['params'], rows: number): readonly number[] {
  if (params.k !== 'auto') return [params.k];
  const most = Math.min(params.k_max, rows);
  return Array.from({ length: Math.max(0, most - params.k_min + 1) }, (_, i) => params.k_min + i);
}

function sampleSilhouette(points: Matrix, fit: KMeansFit, k: number): number {
  const { sample, rows } = sampleRows(points, silhouetteRows);
  return computeSilhouette(
    sample,
    Int32Array.from(rows, (row) => fit.labels[row] as number),
    k,
  );
}
