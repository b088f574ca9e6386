import { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import { relationKey } from '../manifest/relation.ts';
import { placeOf } from '../materialize/config.ts';
import type { RelationOverrides } from './compiler.ts';
import type { PlannedJob } from './plan.ts';
import { type RunContext, targetOf } from './run-context.ts';
import { runTest, type TestOutcome } from './run-test.ts';
import type { KeptFailures } from './store-failures.ts';
import type { Worker } from './worker.ts';

/** A node built but not yet seen by anybody, and the tests that must pass first. */
export interface Audit {
  readonly planned: PlannedJob;
  /** Where the new rows are. */
  readonly relation: Relation;
  /** Failing rows to be stored once the transaction has ended, whichever way. */
  readonly kept: KeptFailures[];
}

/** Runs the tests of a node before anybody sees it. Throws `audit-failed` when one of error severity failed. */
export async function auditNode(audit: Audit, worker: Worker, context: RunContext): Promise<void> {
  const { node, audits } = audit.planned;
  const overrides = overridesFor(audit, context);
  const failed: TestOutcome[] = [];
  for (const test of audits) {
    const outcome = await runTest(test, overrides, worker, context);
    if (outcome.kept !== null) audit.kept.push(outcome.kept);
    if (outcome.status !== 'pass' && outcome.status !== 'warn') failed.push(outcome);
    // A statement that failed has aborted the transaction, where there is one: nothing can be asked of it any more.
    if (outcome.status === 'error' || outcome.status === 'cancelled') break;
  }
  if (failed.length > 0) throw auditFailed(node, failed);
}

/** The new rows stand for the node, and for every source that is another name of its table. */
function overridesFor({ planned, relation }: Audit, { options }: RunContext): RelationOverrides {
  const { node, audits } = planned;
  const target = relationKey(targetOf(node));
  if (relationKey(relation) === target) return new Map();
  const overrides = new Map([[node.unique_id, relation]]);
  for (const id of audits.flatMap((test) => test.depends_on.nodes)) {
    const source = options.manifest.sources[id];
    if (source !== undefined && relationKey(source) === target) overrides.set(id, relation);
  }
  return overrides;
}

function auditFailed(node: Node, failed: readonly TestOutcome[]): StrataError {
  const cancelled = failed.some((outcome) => outcome.status === 'cancelled');
  if (cancelled) return new StrataError('cancelled', 'The run was cancelled.', placeOf(node));
  const list = failed.map(({ node: test, failures }) => (failures === null ? test.name : `${test.name} (${failures})`));
  const noun = failed.length === 1 ? 'test' : 'tests';
  return new StrataError('audit-failed', `not published: ${noun} ${list.join(', ')} failed`, placeOf(node), {
    hint: 'The table is as it was before this run.',
  });
}
