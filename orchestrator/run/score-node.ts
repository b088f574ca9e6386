import type { Session } from '../adapters/adapter.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Node } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import { placeOf } from '../materialize/config.ts';
import type { Job, ScoredQuery } from '../materialize/step.ts';
import { nameTemporary } from '../materialize/temporary-name.ts';
import { suggest } from '../nearest.ts';
import { parseScoreConfig } from '../scoring/parse-score-config.ts';
import { createRegistry, registryIdentifier } from '../scoring/registry.ts';
import { score } from '../scoring/score.ts';
import type { ScoreConfig } from '../scoring/score-config.ts';
import type { ScoreAnswer, ScoreJob, ScoreRows, ScoreStep } from '../scoring/step.ts';
import type { RunPlan } from './plan.ts';
import type { SchemaName } from './relation-cache.ts';
import { type RunContext, targetOf } from './run-context.ts';
import { createMissing } from './schemas.ts';
import type { Worker } from './worker.ts';

/** Fits, judges and applies the model of a score node; what it gives is published with the node. */
export async function scoreNode(job: Job, { session }: Worker, context: RunContext): Promise<ScoredQuery> {
  const { node } = job;
  const { invocation, compiler, manifest } = context.options;
  const rows = { sql: job.sql, asOf: await context.resolveAsOf(session) };
  const scoreJob: ScoreJob = {
    ...describeRows(node, rows, manifest, context.dialect),
    registry: registryIn(compiler.targetSchema),
    workTable: nameWorkTable(job, context),
    codeVersion: node.checksum.checksum,
    invocationId: invocation.id,
    startedAt: invocation.startedAt.toISOString().slice(0, 19).replace('T', ' '),
  };
  const steps = score(scoreJob, context.dialect);
  let next = steps.next();
  const progress = createProgress(node, context);
  while (next.done !== true) {
    if (next.value.kind === 'progress') progress(next.value.text);
    context.throwIfCancelled();
    next = steps.next(await performStep(next.value, session));
  }
  context.options.onEvent({ kind: 'notice', level: 'info', text: `${node.name}: ${next.value.message}` });
  return next.value;
}

/** What a score node reads, by its compiled SQL and the run's day. Throws `score-invalid` for settings that make no sense. */
export function describeRows(
  node: Node,
  { sql, asOf }: Pick<ScoreRows, 'sql' | 'asOf'>,
  manifest: Pick<Manifest, 'nodes'>,
  dialect: Dialect,
): ScoreRows {
  const place = placeOf(node);
  const config = parseScoreConfig(node.config, place);
  return { name: node.name, config, place, sql, training: findTraining(node, config, manifest, dialect), asOf };
}

/** What the warehouse says to one step of scoring. */
export async function performStep(step: ScoreStep, session: Session): Promise<ScoreAnswer> {
  switch (step.kind) {
    case 'describe-query':
      return session.describeQuery(step.sql);
    case 'query':
      return session.query(step.sql);
    case 'read-numbers':
      return session.readNumbers(step.sql);
    case 'execute':
      return session.execute(step.sql);
    case 'progress':
      return undefined;
  }
  return step satisfies never;
}

const progressInterval = 10_000;

/** Reports how far a fit is, not more often than a person wants to read. */
function createProgress(node: Node, { options }: RunContext): (text: string) => void {
  let shownAt = Date.now();
  return (text) => {
    if (Date.now() - shownAt < progressInterval) return;
    shownAt = Date.now();
    options.onEvent({ kind: 'notice', level: 'info', text: `${node.name}: ${text}` });
  };
}

/** Marked as temporary, so that one a killed run leaves behind is removed. */
function nameWorkTable({ target, invocationId }: Job, { dialect }: RunContext): Relation {
  const named = { ...target, identifier: `${target.identifier}_fit` };
  return dialect.temporaryRelation(nameTemporary(named, invocationId, dialect).identifier, target);
}

/**
 * Makes the registry in the target's schema if the run has scores. Once and before any of them: threads that made it at
 * the same time would fail each other.
 */
export async function prepareRegistry(plan: RunPlan, session: Session, context: RunContext): Promise<void> {
  const { options, cache, dialect } = context;
  const hasScores = [...plan.jobs.values()].some(({ node }) => isScore(node));
  if (!hasScores || !['build', 'run'].includes(options.command)) return;
  const registry = registryIn(options.compiler.targetSchema);
  await createMissing([registry], session, dialect);
  await cache.load(session, [registry]);
  if (cache.get(registry) !== null) return;
  const sql = createRegistry(dialect, registry);
  await session.execute(sql).catch((error: unknown) => {
    // Another run made it at the same moment, which `if not exists` does not prevent.
    if (!options.adapter.isRetryable(error)) throw error;
    return session.execute(sql);
  });
  cache.set({ ...registry, type: 'table' });
}

/** Whether a node is a model that is fitted and applied. */
export function isScore(node: Node): boolean {
  return node.resource_type === 'model' && node.config.materialized === 'score';
}

function registryIn(schema: SchemaName): Relation {
  return { ...schema, identifier: registryIdentifier };
}

/** The relation of the model that `training` names: the score's own SQL refers to it, so it is upstream. */
function findTraining(
  node: Node,
  config: ScoreConfig,
  { nodes }: Pick<Manifest, 'nodes'>,
  dialect: Dialect,
): string | null {
  const { training } = config;
  if (training === undefined) return null;
  const upstream = node.depends_on.nodes.flatMap((id) => nodes[id] ?? []);
  const found = upstream.find((parent) => parent.name === training);
  if (found !== undefined) return dialect.renderRelation(targetOf(found));
  const names = upstream.map((parent) => parent.name);
  const hint = suggest(training, names, `Write -- depends_on: {{ ref("${training}") }} in its SQL.`);
  throw new StrataError(
    'score-invalid',
    `score: training "${training}" is no model that ${node.name} reads.`,
    placeOf(node),
    { hint },
  );
}
