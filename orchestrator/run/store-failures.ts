import type { Session } from '../adapters/adapter.ts';
import type { Node } from '../manifest/node.ts';
import type { ResultTable } from '../manifest/results.ts';
import { readChoice, readFlag } from '../materialize/config.ts';
import { toStrataError } from './failure.ts';
import { type RunContext, targetOf } from './run-context.ts';
import { limitRows, readTestSettings, type Verdict } from './test-query.ts';
import type { Worker } from './worker.ts';

/** A failed audit is rolled back with all its tables, so failing rows travel through memory; no more than these. */
const mostRows = 100_000;

/** The failing rows of a test, to be stored when its transaction has ended. */
export interface KeptFailures {
  readonly node: Node;
  readonly table: ResultTable;
}

/** Whether a test's failing rows are kept in a table; `store_failures_as` wins over `store_failures`, as in dbt. */
export function storesFailures(node: Node, always: boolean): boolean {
  const form = readChoice(node, 'store_failures_as', ['table', 'view', 'ephemeral']);
  if (form !== null) return form !== 'ephemeral';
  return readFlag(node, 'store_failures', always);
}

/** Reads the failing rows of a test that stores them. */
export async function readFailures(
  test: { readonly node: Node; readonly sql: string; readonly verdict: Verdict },
  { session }: Worker,
  { options }: RunContext,
): Promise<KeptFailures | null> {
  if (!storesFailures(test.node, options.storeFailures)) return null;
  const { limit } = readTestSettings(test.node);
  const rows = `select * from (\n${limitRows(test.sql, limit)}\n) as failing_rows limit ${mostRows}`;
  return { node: test.node, table: await session.query(rows) };
}

/** Stores failing rows, replacing those of an earlier run. */
export async function keepFailures(kept: readonly KeptFailures[], worker: Worker, context: RunContext): Promise<void> {
  for (const failures of kept) {
    try {
      await storeRows(failures, worker, context);
    } catch (error) {
      const { message } = toStrataError(error, failures.node);
      const text = `The failing rows of ${failures.node.name} could not be stored: ${message}`;
      context.options.onEvent({ kind: 'notice', level: 'warn', text });
    }
  }
}

/** In one transaction where DDL has part in it; elsewhere each statement stands by itself, as the warehouse has it. */
async function storeRows({ node, table }: KeptFailures, { session }: Worker, context: RunContext): Promise<void> {
  const { dialect, cache } = context;
  const target = targetOf(node);
  const existing = cache.get(target);
  const replace = async () => {
    if (existing !== null) await session.execute(dialect.drop(target, existing.type));
    await session.execute(dialect.createTable(target, table.columns));
    await session.load(target, table.columns, table.rows);
  };
  await (dialect.supportsTransactionalDdl ? inTransaction(session, replace) : replace());
  cache.set({ ...target, type: 'table' });
}

async function inTransaction(session: Session, work: () => Promise<void>): Promise<void> {
  await session.begin();
  try {
    await work();
    await session.commit();
  } catch (error) {
    await session.rollback();
    throw error;
  }
}
