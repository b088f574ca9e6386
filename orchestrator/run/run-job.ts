import { toStrataError } from './failure.ts';
import { markWork } from './mark-work.ts';
import type { PlannedJob } from './plan.ts';
import { type RunContext, targetOf } from './run-context.ts';
import { runModel } from './run-model.ts';
import { runTest } from './run-test.ts';
import { keepFailures } from './store-failures.ts';
import type { Worker } from './worker.ts';

/** Runs one job as the command means it, and says whether what depends on it may run. Never throws. */
export async function runJob(job: PlannedJob, worker: Worker, context: RunContext): Promise<boolean> {
  if (!(await markJob(job, worker, context))) return false;
  if (context.options.command === 'compile') return compileOnly(job, worker, context);
  if (job.node.resource_type === 'snapshot') return passOver(job, context);
  if (job.node.resource_type !== 'test') return runModel(job, worker, context);
  const { status, kept } = await runTest(job.node, new Map(), worker, context);
  if (kept !== null) await keepFailures([kept], worker, context);
  return status === 'pass' || status === 'warn';
}

/** Marks the job's statements; a template that fails fails the job. */
async function markJob({ node, audits }: PlannedJob, worker: Worker, context: RunContext): Promise<boolean> {
  try {
    await markWork(node, worker, context);
    return true;
  } catch (cause) {
    const error = toStrataError(cause, node);
    context.results.end(node, { status: 'error', message: error.message, error });
    for (const audit of audits) context.results.end(audit, { status: 'skipped', message: `${node.name} failed` });
    return false;
  }
}

/** Snapshots are not run; what reads one may run where its table stands already. */
function passOver(job: PlannedJob, context: RunContext): boolean {
  skipJob(job, 'skipped: snapshots are not run yet', context);
  return context.cache.get(targetOf(job.node)) !== null;
}

/** Records that a job and its audits did not run. */
export function skipJob({ node, audits }: PlannedJob, message: string, context: RunContext): void {
  const status = context.options.signal.aborted ? 'cancelled' : 'skipped';
  for (const each of [node, ...audits]) context.results.end(each, { status, message });
}

async function compileOnly({ node }: PlannedJob, worker: Worker, context: RunContext): Promise<boolean> {
  const { results, compiledFiles } = context;
  const record = { startedAt: new Date(), threadId: worker.threadId };
  results.start(node);
  try {
    const sql = await context.compile(node, worker.session);
    results.end(node, {
      status: 'success',
      ...record,
      compiledCode: sql,
      compiledPath: compiledFiles.write(node, sql),
    });
    return true;
  } catch (cause) {
    const error = toStrataError(cause, node);
    worker.note(error);
    results.end(node, { status: 'error', message: error.message, error, ...record });
    return false;
  }
}
