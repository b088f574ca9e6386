import type { Session } from '../adapters/adapter.ts';
import type { Exposure, Node } from '../manifest/node.ts';
import { describeResponse, type NodeResult, type NodeStatus } from '../manifest/results.ts';
import { DateTimeValue } from '../render/modules/datetime-value.ts';
import { RecordValue } from '../render/values/record-value.ts';
import { toStrataError } from './failure.ts';
import { markWork } from './mark-work.ts';
import type { HookNames, RunContext } from './run-context.ts';
import { storesFailures } from './store-failures.ts';
import type { Worker } from './worker.ts';

/** Runs a node's hooks of one kind in their order; one that renders to nothing does nothing. */
export async function runNodeHooks(
  node: Node,
  kind: { readonly when: 'pre' | 'post'; readonly transaction: boolean },
  session: Session,
  context: RunContext,
): Promise<void> {
  const hooks = kind.when === 'pre' ? node.config['pre-hook'] : node.config['post-hook'];
  for (const hook of hooks) {
    if (hook.transaction !== kind.transaction) continue;
    const sql = await context.compileHook(node, hook.sql, session);
    if (sql.trim() !== '') await session.execute(sql);
  }
}

/** Runs the project's on-run-start or on-run-end hooks; false when one failed. */
export async function runProjectHooks(
  when: 'on-run-start' | 'on-run-end',
  worker: Worker,
  context: RunContext,
): Promise<boolean> {
  const hooks = context.options.command === 'compile' ? [] : findOperations(when, context);
  const names = hooks.length > 0 && when === 'on-run-end' ? describeRun(context) : {};
  for (const node of hooks) {
    if (!(await runOperation(node, names, { worker, context }))) return false;
  }
  return true;
}

/** What dbt tells hooks at the end of a run: `results`, and the schemas that were written to. */
function describeRun({ options, results }: RunContext): HookNames {
  const { nodes } = options.manifest;
  // Of hooks only those that failed are told, as in dbt.
  const told = results.results.filter(
    ({ uniqueId, status }) => nodes[uniqueId]?.resource_type !== 'operation' || status === 'error',
  );
  const described = told.map((result) => {
    const node = describeNode(nodes[result.uniqueId] ?? options.manifest.exposures[result.uniqueId]);
    return new RecordValue({ ...describeResult(result), node });
  });
  const written = told.flatMap(({ uniqueId, status }) => {
    const node = nodes[uniqueId];
    return node !== undefined && wroteTo(node, status, options) ? [node] : [];
  });
  const pairs = new Map(written.map(({ database, schema }) => [`${database}.${schema}`, [database, schema]]));
  const schemas = [...new Set(written.map(({ schema }) => schema))];
  return { results: described, schemas, database_schemas: [...pairs.values()] };
}

function describeNode(node: Node | Exposure | undefined): RecordValue | undefined {
  return node === undefined ? undefined : new RecordValue({ ...node, config: new RecordValue(node.config) });
}

/** A result with the names dbt's have; its times are UTC without saying so. */
function describeResult(result: NodeResult) {
  return {
    unique_id: result.uniqueId,
    status: result.status,
    message: result.message,
    failures: result.failures,
    execution_time: result.executionTime,
    thread_id: result.threadId,
    adapter_response: describeResponse(result),
    timing: result.timing.map(({ name, startedAt, completedAt }) => ({
      name,
      started_at: DateTimeValue.naive(startedAt),
      completed_at: DateTimeValue.naive(completedAt),
    })),
  };
}

/** Whether a node left a relation in its schema: a test does where it stores what failed. */
function wroteTo(node: Node, status: NodeStatus, { storeFailures }: RunContext['options']): boolean {
  if (node.resource_type !== 'test') return status === 'success' && node.resource_type !== 'operation';
  return (status === 'pass' || status === 'warn') && storesFailures(node, storeFailures);
}

function findOperations(when: string, { options }: RunContext): readonly Node[] {
  const found = Object.values(options.manifest.nodes).filter(
    (node) => node.resource_type === 'operation' && (node.tags.includes(when) || node.fqn.includes(when)),
  );
  return found.sort((a, b) => indexOf(a) - indexOf(b));
}

function indexOf(node: Node): number {
  return Number(/-(\d+)$/.exec(node.name)?.[1] ?? 0);
}

async function runOperation(
  node: Node,
  names: HookNames,
  { worker, context }: { readonly worker: Worker; readonly context: RunContext },
): Promise<boolean> {
  const { threadId } = worker;
  const startedAt = new Date();
  try {
    await markWork(node, worker, context);
    const { session } = worker;
    const sql = await context.compileHook(node, node.raw_code, session, names);
    const compiledAt = new Date();
    if (sql.trim() !== '') await session.execute(sql);
    const message = `${node.package_name}.${node.name.replace(/^.*-(on-run-\w+)-(\d+)$/, '$1.$2')} passed`;
    context.results.note(node, { status: 'success', message, failures: 0, startedAt, compiledAt, threadId });
    return true;
  } catch (cause) {
    const error = toStrataError(cause, node);
    worker.note(error);
    context.results.end(node, { status: 'error', message: error.message, error, startedAt, threadId });
    return false;
  }
}
