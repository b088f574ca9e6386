import type { Session } from '../adapters/adapter.ts';
import { relationKey } from '../manifest/relation.ts';
import type { Published, ScoredQuery, Step, Steps } from '../materialize/step.ts';
import { pointIntoCompiled } from './point-into-compiled.ts';

/** What a materialization asks for beyond its session. */
export interface StepHost {
  readonly session: Session;
  /** The node's compiled SQL, which errors are to point into. */
  readonly compiled: string;
  readonly loadSeed: (step: Extract<Step, { kind: 'load-seed' }>) => Promise<number>;
  readonly runHooks: (step: Extract<Step, { kind: 'hooks' }>) => Promise<void>;
  readonly audit: (step: Extract<Step, { kind: 'audit' }>) => Promise<void>;
  readonly score: () => Promise<ScoredQuery>;
  readonly notePublished: (published: Published) => void;
  readonly findOwnView: (step: Extract<Step, { kind: 'own-view' }>) => Promise<string | null>;
}

/**
 * Performs the steps of a materialization. When one fails the open transaction is rolled back and the error thrown into
 * the materialization, which throws it on when it has cleaned up.
 */
export async function driveSteps(steps: Steps<Published>, host: StepHost): Promise<Published> {
  let isOpen = false;
  let next = steps.next();
  while (next.done !== true) {
    const step = next.value;
    if (step.kind === 'begin') isOpen = true;
    try {
      const answer = await performStep(step, host);
      if (step.kind === 'commit') isOpen = false;
      next = steps.next(answer);
    } catch (error) {
      if (isOpen) await host.session.rollback();
      isOpen = false;
      next = steps.throw('sql' in step ? pointIntoCompiled(error, step.sql, host.compiled) : error);
    }
  }
  return next.value;
}

async function performStep(step: Step, host: StepHost): Promise<unknown> {
  const { session } = host;
  switch (step.kind) {
    case 'begin':
      return session.begin();
    case 'commit':
      return session.commit();
    case 'execute':
      return session.execute(step.sql);
    case 'describe':
      return (await session.listColumns([step.relation])).get(relationKey(step.relation)) ?? [];
    case 'describe-query':
      return session.describeQuery(step.sql);
    case 'query':
      return session.query(step.sql);
    case 'dependents':
      return session.listDependents(step.relation, step.successor);
    case 'own-view':
      return host.findOwnView(step);
    case 'load-seed':
      return host.loadSeed(step);
    case 'score':
      return host.score();
    case 'hooks':
      return host.runHooks(step);
    case 'audit':
      return host.audit(step);
    case 'published':
      return host.notePublished(step.published);
  }
  return step satisfies never;
}
