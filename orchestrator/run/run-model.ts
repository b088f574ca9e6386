import { setTimeout } from 'node:timers/promises';
import { checkSingleStatement } from '../compile/single-statement.ts';
import type { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import { relationKey } from '../manifest/relation.ts';
import { materialize } from '../materialize/materialize.ts';
import type { Job, Published } from '../materialize/step.ts';
import { describeWeakConstraints } from '../materialize/weak-constraints.ts';
import { auditNode } from './audit.ts';
import { driveSteps, type StepHost } from './drive-steps.ts';
import { toStrataError } from './failure.ts';
import { runNodeHooks } from './hooks.ts';
import { prepareSeed, type SeedData } from './load-seed.ts';
import type { PlannedJob } from './plan.ts';
import { type RunContext, targetOf } from './run-context.ts';
import { scoreNode } from './score-node.ts';
import { readSeedText } from './seed-text.ts';
import { type KeptFailures, keepFailures } from './store-failures.ts';
import type { Worker } from './worker.ts';

const emptySeed: SeedData = { columns: [], rows: [] };

/** Compiles, builds, audits and publishes a model or a seed, and says whether what reads it may run. */
export async function runModel(planned: PlannedJob, worker: Worker, context: RunContext): Promise<boolean> {
  const { node } = planned;
  const { results } = context;
  const attempt = new Attempt(planned, worker, context);
  results.start(node);
  const doubt = describeWeakConstraints(node, context.dialect);
  if (doubt !== null) context.options.onEvent({ kind: 'notice', level: 'warn', text: doubt });
  try {
    const published = await publishWithRetries(attempt, context);
    results.end(node, {
      status: 'success',
      message: describe(published),
      rowsAffected: published.rowsAffected,
      ...attempt.finish(),
    });
    return true;
  } catch (cause) {
    const error = toStrataError(cause, node);
    worker.note(error);
    const status = error.code === 'cancelled' || context.options.signal.aborted ? 'cancelled' : 'error';
    results.end(node, { status, message: error.message, error, ...attempt.finish() });
    attempt.skipUntestedAudits(error);
    return false;
  } finally {
    await keepFailures(attempt.kept, worker, context);
  }
}

const mostAttempts = 4;

/** Catalogs of two transactions may collide although the nodes have nothing to do with each other. */
async function publishWithRetries(attempt: Attempt, { options }: RunContext): Promise<Published> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt.publish();
    } catch (error) {
      if (tries >= mostAttempts || attempt.isPublished || options.signal.aborted || !options.adapter.isRetryable(error))
        throw error;
      await setTimeout(25 * tries * tries);
      await attempt.lookAgain();
    }
  }
}

/** What the summary says of a node that went well. */
function describe({ type, rowsAffected }: Published): string {
  if (rowsAffected !== null) return `${rowsAffected} ${rowsAffected === 1 ? 'row' : 'rows'}`;
  return type === 'view' ? 'view' : 'ok';
}

/** One node on its way to publication. */
class Attempt {
  readonly kept: KeptFailures[] = [];
  /** Readers see the new relation already: what was published must not be published twice. */
  isPublished = false;
  readonly #planned: PlannedJob;
  readonly #worker: Worker;
  readonly #context: RunContext;
  readonly #startedAt = new Date();
  readonly #countedBytes: () => number | null;
  #compiledAt: Date | undefined;
  #compiled: { readonly code: string; readonly path: string } | null = null;

  constructor(planned: PlannedJob, worker: Worker, context: RunContext) {
    this.#planned = planned;
    this.#worker = worker;
    this.#context = context;
    this.#countedBytes = worker.countBytes();
  }

  /** Ends the attempt: what the result says about the work itself. */
  finish() {
    return {
      bytesProcessed: this.#countedBytes(),
      startedAt: this.#startedAt,
      ...(this.#compiledAt === undefined ? {} : { compiledAt: this.#compiledAt }),
      compiledCode: this.#compiled?.code ?? null,
      compiledPath: this.#compiled?.path ?? null,
      threadId: this.#worker.threadId,
    };
  }

  async publish(): Promise<Published> {
    this.kept.length = 0;
    const { node, audits } = this.#planned;
    const { dialect, cache, options } = this.#context;
    const isSeed = node.resource_type === 'seed';
    const seed = isSeed ? this.#readSeed(node) : emptySeed;
    const sql = isSeed ? '' : await this.#compile(node);
    this.#compiledAt = new Date();
    const target = targetOf(node);
    const job: Job = {
      node,
      sql,
      target,
      existing: cache.get(target),
      fullRefresh: options.fullRefresh,
      invocationId: options.invocation.id,
      seedColumns: seed.columns,
      isAudited: audits.length > 0,
    };
    this.#context.throwIfCancelled();
    const published = await driveSteps(materialize(job, dialect), this.#host(job, seed));
    cache.set({ ...published.relation, type: published.type });
    return published;
  }

  /** What stands under the name may be another run's work by now. */
  async lookAgain(): Promise<void> {
    const target = targetOf(this.#planned.node);
    const found = await this.#worker.session.listRelations([target]);
    const existing = found.find((relation) => relationKey(relation) === relationKey(target));
    if (existing === undefined) this.#context.cache.delete(target);
    else this.#context.cache.set(existing);
  }

  /** Audits that never ran because the node failed before them. */
  skipUntestedAudits(error: StrataError): void {
    const { node, audits } = this.#planned;
    const { results } = this.#context;
    for (const test of audits) {
      if (!results.has(test.unique_id)) {
        const status = error.code === 'cancelled' ? 'cancelled' : 'skipped';
        results.end(test, { status, message: `skipped: ${node.name} failed` });
      }
    }
  }

  async #compile(node: Node): Promise<string> {
    const code = await this.#context.compile(node, this.#worker.session);
    checkSingleStatement(node, code);
    this.#compiled = { code, path: this.#context.compiledFiles.write(node, code) };
    return code;
  }

  #readSeed(node: Node): SeedData {
    const { seedPath, checkedSeeds } = this.#context.options;
    const checked = checkedSeeds?.get(node.unique_id);
    checkedSeeds?.delete(node.unique_id);
    return checked ?? prepareSeed(node, readSeedText(seedPath(node), node.original_file_path), this.#context.dialect);
  }

  #host(job: Job, seed: SeedData): StepHost {
    const context = this.#context;
    const worker = this.#worker;
    const { session } = worker;
    const type = job.node.config.materialized === 'view' ? 'view' : 'table';
    return {
      session,
      compiled: job.sql,
      loadSeed: ({ relation, columns }) => session.load(relation, columns, seed.rows),
      runHooks: ({ when, transaction }) => {
        const run = () => runNodeHooks(job.node, { when, transaction }, session, context);
        return when === 'pre' ? run() : context.cache.during({ ...job.target, type }, run);
      },
      audit: ({ relation }) =>
        context.cache.during({ ...relation, type }, () =>
          auditNode({ planned: this.#planned, relation, kept: this.kept }, worker, context),
        ),
      notePublished: ({ relation, type: kind }) => {
        this.isPublished = true;
        context.cache.set({ ...relation, type: kind });
      },
      score: () => scoreNode(job, worker, context),
      findOwnView: async ({ relation }) => {
        const view = context.findOwnView(relation);
        return view === undefined ? null : context.compile(view, session);
      },
    };
  }
}
