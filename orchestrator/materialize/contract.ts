import type { ContractColumn, Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import type { ColumnInfo, Constraint, Node } from '../manifest/node.ts';
import type { Column } from '../manifest/relation.ts';
import { indexColumns } from './columns.ts';
import { placeOf } from './config.ts';
import { ask, type Job, type Steps } from './step.ts';

/**
 * Compares the columns of a node's query with its contract and gives the contract's columns with their constraints.
 * Throws one error that lists every difference.
 */
export function* checkContract(job: Job, dialect: Dialect): Steps<readonly ContractColumn[] | undefined> {
  if (!job.node.contract.enforced) return undefined;
  const actual = yield* ask({ kind: 'describe-query', sql: job.sql });
  const promised = Object.values(job.node.columns);
  const differences = compareWithContract(promised, actual, dialect);
  if (differences.length > 0) throw brokenContract(job.node, differences);
  const found = indexColumns(actual);
  return promised.map((column) => ({
    name: found.get(column.name.toLowerCase())?.name ?? column.name,
    type: column.data_type ?? '',
    constraints: columnConstraints(column, job.node, dialect),
  }));
}

/** Each difference as a phrase: missing, unexpected and differently typed columns, in the contract's order. */
function compareWithContract(
  promised: readonly Pick<ColumnInfo, 'name' | 'data_type'>[],
  actual: readonly Column[],
  dialect: Dialect,
): readonly string[] {
  const found = indexColumns(actual);
  const known = new Set(promised.map((column) => column.name.toLowerCase()));
  const differences = promised.flatMap(({ name, data_type: type }) => {
    const column = found.get(name.toLowerCase());
    if (type === null) return [`${name} has no data_type in the contract`];
    if (column === undefined) return [`${name} (${type}) is missing from the query`];
    return dialect.isSameType(type, column.type) ? [] : [`${name} is ${column.type} and should be ${type}`];
  });
  const extra = actual.filter((column) => !known.has(column.name.toLowerCase()));
  return [...differences, ...extra.map((column) => `${column.name} (${column.type}) is not in the contract`)];
}

function brokenContract(node: Node, differences: readonly string[]): StrataError {
  return new StrataError(
    'contract-broken',
    `${node.name} does not keep its contract: ${differences.join('; ')}.`,
    placeOf(node),
    {
      hint: `Cast in the model or change the contract${node.patch_path === null ? '' : ` in ${node.patch_path.replace(/^.*?:\/\//, '')}`}.`,
    },
  );
}

/** Constraints that stand on no single column, as clauses of the table. */
export function tableConstraints(node: Node, dialect: Dialect): readonly string[] {
  const shared = node.constraints.filter(({ type, columns }) => type !== 'not_null' && columns?.length !== 1);
  return shared.filter(isSupportedBy(dialect)).map((constraint) => {
    const columns = renderColumns(constraint.columns ?? [], dialect);
    switch (constraint.type) {
      case 'unique':
      case 'primary_key':
        return `${renderConstraint(constraint, dialect)}${columns}`;
      case 'foreign_key':
        return `foreign key${columns} ${renderConstraint(constraint, dialect)}`;
      default:
        return renderConstraint(constraint, dialect);
    }
  });
}

/** Constraints of one column as DDL. */
function columnConstraints(column: ColumnInfo, node: Node, dialect: Dialect): readonly string[] {
  const shared = node.constraints.filter((constraint) => isOnColumn(constraint, column, dialect));
  const supported = [...column.constraints, ...shared].filter(isSupportedBy(dialect));
  return supported.map((constraint) => renderConstraint(constraint, dialect));
}

/** What a warehouse does not know is left out, with a warning where the node runs. */
function isSupportedBy({ constraintSupport }: Dialect): (constraint: Constraint) => boolean {
  return ({ type }) => type === 'custom' || constraintSupport[type] !== 'unsupported';
}

function isOnColumn(constraint: Constraint, column: ColumnInfo, dialect: Dialect): boolean {
  const columns = constraint.columns ?? [];
  const names = columns.map((name) => (dialect.unquote(name) ?? name).toLowerCase());
  return names.includes(column.name.toLowerCase()) && (names.length === 1 || constraint.type === 'not_null');
}

function renderConstraint(constraint: Constraint, dialect: Dialect): string {
  switch (constraint.type) {
    case 'not_null':
      return 'not null';
    case 'unique':
      return 'unique';
    case 'primary_key':
      return 'primary key';
    case 'check':
      return `check (${constraint.expression ?? 'true'})`;
    case 'foreign_key':
      return `references ${constraint.to ?? constraint.expression ?? ''}${renderColumns(constraint.to_columns ?? [], dialect)}`;
    case 'custom':
      return constraint.expression ?? '';
  }
  return constraint.type satisfies never;
}

function renderColumns(columns: readonly string[], dialect: Dialect): string {
  const names = columns.map((column) => dialect.quoteExactly(dialect.unquote(column) ?? dialect.columnName(column)));
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
}
