import type { NodeResult, RunResults } from '../manifest/results.ts';
import type { OnRunEvent } from './events.ts';
import { landSources } from './external-sources.ts';
import { runProjectHooks } from './hooks.ts';
import { openJournal } from './journal.ts';
import { removeLeftovers } from './leftovers.ts';
import { noteExposures } from './note-exposures.ts';
import { planRun, type RunPlan } from './plan.ts';
import { ResultLog } from './result-log.ts';
import { RunContext } from './run-context.ts';
import { runJob, skipJob } from './run-job.ts';
import type { RunOptions } from './run-options.ts';
import { schedule } from './scheduler.ts';
import { prepareSchemas } from './schemas.ts';
import { prepareRegistry } from './score-node.ts';
import { Worker } from './worker.ts';

/** Runs the selected nodes of a project and gives their results. Throws only what stops the whole run. */
export async function runNodes(options: RunOptions): Promise<RunResults> {
  const { manifest, selection, command, compiler } = options;
  const plan = planRun({ manifest, selection, command, seedsFirst: compiler.resolveAsOf !== null });
  const onEvent = withJournal(options);
  const context = new RunContext({ ...options, onEvent }, new ResultLog(plan.total, onEvent));
  const threads = Math.max(1, Math.min(options.threads, plan.jobs.size));
  onEvent({ kind: 'run-start', total: plan.total, threads });
  const workers = await openWorkers(options, threads);
  const stop = (): void => {
    for (const { session } of workers) session.cancel().catch(() => undefined);
  };
  options.signal.addEventListener('abort', stop);
  try {
    await runAll(plan, workers, context);
    onEvent({ kind: 'run-end', cancelled: options.signal.aborted });
  } finally {
    options.signal.removeEventListener('abort', stop);
    await Promise.all(workers.map((worker) => worker.close()));
    await context.compiledFiles.flush();
  }
  return await finishResults(context);
}

async function runAll(plan: RunPlan, workers: readonly Worker[], context: RunContext): Promise<void> {
  const { options } = context;
  const [main] = workers;
  if (main === undefined) return;
  const schemas = await prepareSchemas(plan, main.session, context);
  await removeLeftovers(schemas, main.session, context);
  await prepareRegistry(plan, main.session, context);
  context.setLanded(await landSources(plan, main.session, context));
  const started = await runProjectHooks('on-run-start', main, context);
  if (!started) {
    for (const job of plan.jobs.values()) skipJob(job, 'skipped: on-run-start failed', context);
    return;
  }
  await schedule(plan, jobRunner(plan, workers, context), {
    workers: workers.length,
    failFast: options.failFast,
    signal: options.signal,
  });
  noteExposures(context);
  if (!options.signal.aborted) await runProjectHooks('on-run-end', main, context);
}

function jobRunner(plan: RunPlan, workers: readonly Worker[], context: RunContext) {
  return {
    run: async (id: string, worker: number): Promise<boolean> => {
      const job = plan.jobs.get(id);
      const own = workers[worker];
      if (job === undefined || own === undefined) return false;
      await own.renew();
      return runJob(job, own, context);
    },
    skip: (id: string, cause: string | null): void => {
      const job = plan.jobs.get(id);
      if (job !== undefined) skipJob(job, `skipped: ${explainSkip(cause, plan)}`, context);
    },
    prepare: (id: string): void => {
      const node = plan.jobs.get(id)?.node;
      if (node !== undefined && node.resource_type !== 'seed') context.prepare(node);
    },
  };
}

function explainSkip(cause: string | null, plan: RunPlan): string {
  if (cause === null) return 'the run ended early';
  const node = plan.jobs.get(cause)?.node;
  if (node?.resource_type === 'snapshot') return `${node.name} is a snapshot, and snapshots are not run yet`;
  return `${node?.name ?? cause} failed`;
}

function openWorkers({ adapter }: RunOptions, threads: number): Promise<readonly Worker[]> {
  const names = Array.from({ length: threads }, (_, at) => `Thread-${at + 1}`);
  return Promise.all(names.map((name) => Worker.open(adapter, name)));
}

async function finishResults(context: RunContext): Promise<RunResults> {
  const { options, results, compiledFiles } = context;
  const unwritten = compiledFiles.failure;
  if (unwritten !== null) {
    options.onEvent({
      kind: 'notice',
      level: 'warn',
      text: `Compiled files could not be written: ${unwritten.message}`,
    });
  }
  const asOf = await context.settledAsOf();
  return {
    invocationId: options.invocation.id,
    startedAt: options.invocation.startedAt,
    elapsedSeconds: (Date.now() - options.invocation.startedAt.getTime()) / 1000,
    command: options.command,
    args: asOf === null ? options.args : { ...options.args, as_of_date: asOf },
    results: inManifestOrder(results.results, options),
  };
}

/** The project's order, which no timing changes. */
function inManifestOrder(results: readonly NodeResult[], { manifest }: RunOptions): readonly NodeResult[] {
  const places = new Map(Object.keys(manifest.nodes).map((id, at) => [id, at]));
  const placeOf = (id: string): number => places.get(id) ?? places.size;
  return [...results].sort((a, b) => placeOf(a.uniqueId) - placeOf(b.uniqueId));
}

function withJournal({ onEvent, targetFolder, invocation, command }: RunOptions): OnRunEvent {
  const started = invocation.startedAt.toISOString();
  const lost = (error: Error): void =>
    onEvent({ kind: 'notice', level: 'warn', text: `The journal could not be written: ${error.message}` });
  const record = openJournal(targetFolder, { invocation_id: invocation.id, command, started_at: started }, lost);
  return (event) => {
    record(event);
    onEvent(event);
  };
}
