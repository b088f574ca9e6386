import { toText } from '../values/print.ts';
import type { Body, Expression, Position } from './nodes.ts';

/**
 * The expression whose value a template natively has: of a single `{{ … }}`, or of the only one in each branch of a
 * single `{% if %}`. Undefined where the template is text put together of several parts.
 */
export function findBodyValue({ children: [only, ...others] }: Body): Expression | undefined {
  if (only === undefined || others.length > 0) return undefined;
  if (only.typename === 'Print') return only.expression;
  if (only.typename !== 'If') return undefined;
  const body = findBranchValue(only.body, only);
  const otherwise = findBranchValue(only.otherwise, only);
  if (body === undefined || otherwise === undefined) return undefined;
  const { lineno, colno, condition } = only;
  return { typename: 'Conditional', lineno, colno, condition, body, otherwise };
}

/** In a branch text and constants are what is printed of them, as Jinja folds them into the text around. */
function findBranchValue(branch: Body | undefined, { lineno, colno }: Position): Expression | undefined {
  const [only, ...others] = branch?.children ?? [];
  if (branch === undefined || only === undefined) return { typename: 'Constant', lineno, colno, value: '' };
  if (only.typename === 'Text' && others.length === 0) return { ...only, typename: 'Constant' };
  const value = findBodyValue(branch);
  return value?.typename === 'Constant' ? { ...value, value: toText(value.value) } : value;
}
