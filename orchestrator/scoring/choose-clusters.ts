import { type Clustering, fitKMeans, type KMeansFit } from './k-means.ts';
import { type Matrix, sampleRows } from './matrix.ts';
import type { KMeansConfig } from './score-config.ts';
import { computeSilhouette } from './silhouette.ts';

/** Rows the silhouette is computed on at most: it is quadratic. */
export const silhouetteRows = 2000;

/** One k that was tried. */
export interface KTrial {
  readonly k: number;
  readonly silhouette: number;
  readonly inertia: number;
  /** Share of rows in the smallest cluster. */
  readonly smallestShare: number;
}

/** The solution taken, or null where no k gave clusters that are all large enough; and all that were tried. */
export interface ClusterChoice<Fit extends Clustering = Clustering> {
  readonly fit: Fit | null;
  readonly silhouette: number;
  readonly trials: readonly KTrial[];
}

type Params = KMeansConfig['params'];

/** Solutions for several k, of which the best so far is kept. */
export class ClusterTrials<Fit extends Clustering> {
  readonly #params: Params;
  readonly #rows: number;
  readonly #trials: KTrial[] = [];
  #best: { readonly fit: Fit; readonly silhouette: number } | null = null;

  constructor(params: Params, rows: number) {
    this.#params = params;
    this.#rows = rows;
  }

  add(k: number, fit: Fit, silhouette: number): void {
    const smallestShare = Math.min(...fit.sizes) / this.#rows;
    this.#trials.push({ k, silhouette, inertia: fit.inertia, smallestShare });
    const isAllowed = this.#params.k !== 'auto' || smallestShare >= this.#params.min_share;
    if (isAllowed && (this.#best === null || silhouette > this.#best.silhouette)) this.#best = { fit, silhouette };
  }

  get choice(): ClusterChoice<Fit> {
    return {
      fit: this.#best?.fit ?? null,
      silhouette: this.#best?.silhouette ?? Number.NaN,
      trials: this.#trials,
    };
  }
}

/** Clusters with the k that is set, or with the k of best silhouette among those without a too small cluster. */
export function chooseClusters(
  points: Matrix,
  config: Pick<KMeansConfig, 'params' | 'seed'>,
): ClusterChoice<KMeansFit> {
  const { params, seed } = config;
  const trials = new ClusterTrials<KMeansFit>(params, points.rows);
  for (const k of listCandidates(params, points.rows)) {
    const { n_init: nInit, max_iter: maxIter, tolerance } = params;
    const fit = fitKMeans(points, { k, nInit, maxIter, tolerance, seed });
    trials.add(k, fit, sampleSilhouette(points, fit, k));
  }
  return trials.choice;
}

/** The numbers of clusters to try. */
export function listCandidates(params: Params, rows: number): readonly number[] {
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
