import type { Dialect } from '../dialects/dialect.ts';
import { renderNumber } from './sql-text.ts';
import { type CategoryInput, type NumberInput, standardise, type Transform } from './transform.ts';

/** Columns of the work table that hold the inputs of a transform, in their order. */
export function nameInputColumns(transform: { readonly inputs: readonly { readonly kind: string }[] }): string[] {
  let numbers = 0;
  let categories = 0;
  return transform.inputs.map(({ kind }) => (kind === 'number' ? `number_${++numbers}` : `category_${++categories}`));
}

/** The columns of the design matrix as expressions over the work table, in the order of nameDesignColumns(). */
export function renderDesign(transform: Transform, dialect: Dialect): readonly string[] {
  const names = nameInputColumns(transform);
  const columns = transform.inputs.flatMap((input, i) => {
    const name = names[i] ?? '';
    return input.kind === 'number' ? renderNumberColumns(input, name) : renderCategoryColumns(input, name);
  });
  return columns.map((column) => `cast(${column} as ${dialect.typeName('float')})`);
}

/** How a number is prepared: filled, then logged, then clipped. */
export type Preparation = Pick<NumberInput, 'fill' | 'log' | 'low' | 'high'>;

/** A number as it is before it is standardised. */
export function renderPrepared({ fill, log, low, high }: Preparation, name: string): string {
  const filled = `coalesce(${name}, ${renderNumber(fill)})`;
  const logged = log ? `sign(${filled}) * ln(1e+0 + abs(${filled}))` : filled;
  const raised = low === null ? logged : `greatest(${logged}, ${renderNumber(low)})`;
  return high === null ? raised : `least(${raised}, ${renderNumber(high)})`;
}

function renderNumberColumns(input: NumberInput, name: string): readonly string[] {
  const { mean, deviation, missing } = input;
  const value =
    deviation === 0 ? '0e+0' : `(${renderPrepared(input, name)} - ${renderNumber(mean)}) / ${renderNumber(deviation)}`;
  if (missing === null) return [value];
  const [absent, present] = [standardise(1, missing), standardise(0, missing)].map(renderNumber);
  return [value, `case when ${name} is null then ${absent} else ${present} end`];
}

function renderCategoryColumns({ levels }: CategoryInput, name: string): readonly string[] {
  return levels.map((level, i) => {
    const [one, zero] = [standardise(1, level), standardise(0, level)].map(renderNumber);
    return `case when ${name} = ${i + 1} then ${one} else ${zero} end`;
  });
}
