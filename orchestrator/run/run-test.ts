import { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import type { CellValue, NodeStatus } from '../manifest/results.ts';
import type { RelationOverrides } from './compiler.ts';
import { toStrataError } from './failure.ts';
import { pointIntoCompiled } from './point-into-compiled.ts';
import type { RunContext } from './run-context.ts';
import { type KeptFailures, readFailures } from './store-failures.ts';
import { judge, readTestSettings, renderTestQuery, type Verdict } from './test-query.ts';
import type { Worker } from './worker.ts';

/** How a test ended, and its failing rows where they are to be stored. */
export interface TestOutcome {
  readonly node: Node;
  readonly status: NodeStatus;
  readonly failures: number | null;
  readonly kept: KeptFailures | null;
}

/** Runs one test against the rows its references lead to, and records the result. Never throws. */
export async function runTest(
  node: Node,
  overrides: RelationOverrides,
  worker: Worker,
  context: RunContext,
): Promise<TestOutcome> {
  const { results } = context;
  const startedAt = new Date();
  const record = { startedAt, threadId: worker.threadId };
  const countedBytes = worker.countBytes();
  let compiled = {};
  results.start(node);
  try {
    const sql = await context.compile(node, worker.session, overrides);
    const shown = namePublished(sql, overrides, context);
    compiled = { compiledAt: new Date(), compiledCode: shown, compiledPath: context.compiledFiles.write(node, shown) };
    context.throwIfCancelled();
    const verdict = await evaluate(node, sql, worker);
    const kept = await readFailures({ node, sql, verdict }, worker, context);
    const error = verdict.status === 'fail' ? failedTest(node, verdict) : null;
    results.end(node, { ...verdict, ...record, ...compiled, bytesProcessed: countedBytes(), error });
    return { node, status: verdict.status, failures: verdict.failures, kept };
  } catch (cause) {
    const error = toStrataError(cause, node);
    worker.note(error);
    const status = error.code === 'cancelled' || context.options.signal.aborted ? 'cancelled' : 'error';
    const bytesProcessed = countedBytes();
    results.end(node, { status, message: error.message, error, ...record, ...compiled, bytesProcessed });
    return { node, status, failures: null, kept: null };
  }
}

/** The query with published names in place of temporary ones, which mean nothing once the transaction has ended. */
function namePublished(sql: string, overrides: RelationOverrides, { options }: RunContext): string {
  const { nodes } = options.manifest;
  return [...overrides].reduce((text, [id, { identifier }]) => {
    const alias = nodes[id]?.alias;
    return alias === undefined ? text : text.replaceAll(identifier, alias);
  }, sql);
}

async function evaluate(node: Node, sql: string, { session }: Worker): Promise<Verdict> {
  const settings = readTestSettings(node);
  const statement = renderTestQuery(sql, settings);
  const { rows } = await session.query(statement).catch((error) => {
    throw pointIntoCompiled(error, statement, sql);
  });
  const [failures, warn, error] = rows[0] ?? [];
  return judge(Number(failures ?? 0), { warn: isTruthy(warn), error: isTruthy(error) }, settings);
}

function isTruthy(value: CellValue | undefined): boolean {
  return value === true || value === 1 || value === 'true';
}

function failedTest(node: Node, verdict: Verdict): StrataError {
  return new StrataError('audit-failed', verdict.message ?? 'The test failed', { file: node.original_file_path });
}
