import type { ConstraintSupport } from '../dialects/constraint-support.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Constraint, Node } from '../manifest/node.ts';

/**
 * Says which constraints of a node's contract the warehouse will not look after, for those who rely on them; null where
 * it does, or where the project asked not to be warned.
 */
export function describeWeakConstraints(node: Node, { name, constraintSupport }: Dialect): string | null {
  const { materialized } = node.config;
  if (!node.contract.enforced || materialized === 'view' || materialized === 'ephemeral') return null;
  const constraints = [...Object.values(node.columns).flatMap((column) => column.constraints), ...node.constraints];
  const unsupported = listTypes(constraints, constraintSupport, 'unsupported');
  const unenforced = listTypes(constraints, constraintSupport, 'unenforced');
  const faults = [
    ...(unsupported === '' ? [] : [`does not support constraints of type ${unsupported}, which are left out`]),
    ...(unenforced === '' ? [] : [`does not enforce constraints of type ${unenforced}`]),
  ];
  if (faults.length === 0) return null;
  return `${node.name}: ${name} ${faults.join('; it ')}. Data tests can look after what they promise.`;
}

const silencers = { unsupported: 'warn_unsupported', unenforced: 'warn_unenforced' } as const;

function listTypes(
  constraints: readonly Constraint[],
  support: ConstraintSupport,
  wanted: keyof typeof silencers,
): string {
  const found = constraints.flatMap((constraint) => {
    const { type } = constraint;
    return type !== 'custom' && support[type] === wanted && constraint[silencers[wanted]] !== false ? type : [];
  });
  return [...new Set(found)].sort().join(', ');
}
