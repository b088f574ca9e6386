import type { Constraint } from '../manifest/node.ts';

/**
 * What becomes of the constraints of a contract, by type: checked with every row, kept as a hint for readers and the
 * planner, or left out. What a `custom` one means only its author knows.
 */
export type ConstraintSupport = Readonly<
  Record<Exclude<Constraint['type'], 'custom'>, 'enforced' | 'unenforced' | 'unsupported'>
>;

/** Of a warehouse that checks them all. */
export const enforcesConstraints: ConstraintSupport = {
  not_null: 'enforced',
  unique: 'enforced',
  primary_key: 'enforced',
  foreign_key: 'enforced',
  check: 'enforced',
};
