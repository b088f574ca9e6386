import { renderDesign } from './design-sql.ts';
import { addPenalty, computeHessian } from './logistic-kernels.ts';
import { type LogisticFit, type LogisticOptions, minimiseHere, startWeights } from './logistic-regression.ts';
import type { Matrix } from './matrix.ts';
import { type Evaluation, type LossRequest, minimiseLoss } from './newton.ts';
import { renderCte, renderList } from './sql-text.ts';
import { report, type Scoring } from './step.ts';
import type { Transform } from './transform.ts';
import { readSums, renderCombination, type WorkRows } from './work-rows.ts';

/** Rows of a sample, as design matrix and labels (0 or 1). */
export interface LabelledMatrix {
  readonly x: Matrix;
  readonly y: Float64Array;
}

/** Rows of the work table, whose column `label` is 0 or 1, as a transform sees them. */
export interface LogisticProblem {
  readonly work: WorkRows;
  readonly transform: Transform;
  readonly sample: LabelledMatrix;
}

/**
 * Fits logistic regression where the rows are: each evaluation is one query of sums. A fit of the sample comes first, so
 * that all rows are gone through a handful of times, and its Hessian serves them as long as it is good enough.
 */
export function* fitLogisticInWarehouse(problem: LogisticProblem, options: LogisticOptions): Scoring<LogisticFit> {
  const { work, sample } = problem;
  const penalty = 1 / options.c;
  const share = sample.x.rows / work.rows;
  const weights = startWeights(sample.x.columns, sample.y);
  minimiseHere(sample, weights, { ...options, penalty: penalty * share, tolerance: 1e-2 });
  const startHessian = computeHessian(sample.x, weights, penalty * share).map((value) => value / share);
  const steps = minimiseLoss(weights, { ...options, startHessian });
  let next = steps.next();
  for (let pass = 1; next.done !== true; pass++) {
    const answer = yield* sumUp(problem, next.value, penalty);
    if (!(answer instanceof Float64Array)) {
      const norm = Math.max(...answer.gradient.map(Math.abs)).toExponential(1);
      yield* report(`pass ${pass} over ${work.rows} rows, gradient ${norm} of ${options.tolerance.toExponential(1)}`);
    }
    next = steps.next(answer);
  }
  return { intercept: weights[0] as number, coefficients: weights.slice(1), ...next.value };
}

function* sumUp(
  problem: LogisticProblem,
  { kind, weights }: LossRequest,
  penalty: number,
): Scoring<Evaluation | Float64Array> {
  const source = renderErrors(problem, weights);
  // The intercept's column is 1.
  const factors = ['', ...nameDesign(weights.length - 1).map((name) => ` * ${name}`)];
  if (kind === 'loss') {
    const gradients = factors.map((factor) => `sum(error${factor})`);
    const [loss = 0, ...sums] = yield* readSums(['sum(row_loss)', ...gradients], source);
    const gradient = Float64Array.from(sums);
    return { loss: loss + addPenalty(weights, penalty, gradient), gradient };
  }
  const products = factors.flatMap((row, i) =>
    factors.slice(0, i + 1).map((column) => `sum(curvature${row}${column})`),
  );
  return fillTriangle(yield* readSums(products, source), weights.length, penalty);
}

function fillTriangle(sums: Float64Array, size: number, penalty: number): Float64Array {
  const hessian = new Float64Array(size * size);
  let next = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) hessian[i * size + j] = sums[next++] as number;
    if (i > 0) hessian[i * size + i] = (hessian[i * size + i] as number) + penalty;
  }
  return hessian;
}

function nameDesign(columns: number): readonly string[] {
  return Array.from({ length: columns }, (_, i) => `x_${i + 1}`);
}

/**
 * Rows with the design columns, the error of the probability, its curvature and the loss. The exponential is of a number
 * never above 0, and bounded below so that no product of it underflows: some warehouses make either an error.
 */
function renderErrors(
  { work, transform }: LogisticProblem,
  weights: Float64Array,
): { readonly ctes: string; readonly table: string } {
  const { dialect } = work;
  const fence = dialect.needsMaterializedCtes ? 'as materialized' : 'as';
  const design = renderDesign(transform, dialect);
  const names = nameDesign(design.length);
  const logit = renderCombination(weights[0] ?? 0, weights.subarray(1), names);
  const columns = ['label', ...design.map((sql, i) => `${sql} as ${names[i]}`)];
  const ctes = [
    renderCte('designs', `select\n${renderList(columns, 4)}\nfrom ${work.table}\nwhere row_index < ${work.rows}`),
    renderCte('logits', `select\n    designs.*,\n    ${logit} as logit\nfrom designs`, fence),
    renderCte('decays', 'select\n    logits.*,\n    exp(greatest(-abs(logit), -3e+2)) as decay\nfrom logits'),
    renderCte(
      'errors',
      [
        'select',
        '    decays.*,',
        '    case when logit > 0 then 1e+0 / (1e+0 + decay) else decay / (1e+0 + decay) end - label as error,',
        '    decay / ((1e+0 + decay) * (1e+0 + decay)) as curvature,',
        '    ln(1e+0 + decay) + greatest(logit, 0e+0) - label * logit as row_loss',
        'from decays',
      ].join('\n'),
      fence,
    ),
  ];
  return { ctes: `with ${ctes.join(',\n')}\n`, table: 'errors' };
}
