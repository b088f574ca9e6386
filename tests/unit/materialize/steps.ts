import type { Dependent, Dialect } from '../../../orchestrator/dialects/dialect.ts';
import type { Column, ExistingRelation } from '../../../orchestrator/manifest/relation.ts';
import { relationKey } from '../../../orchestrator/manifest/relation.ts';
import { materialize } from '../../../orchestrator/materialize/materialize.ts';
import type { Job, Step } from '../../../orchestrator/materialize/step.ts';
import { makeNode, type NodeSpec } from '../run/support/project.ts';

/** What the warehouse would answer. */
export interface Answers {
  readonly columns?: Readonly<Record<string, readonly Column[]>>;
  readonly query?: readonly Column[];
  readonly dependents?: Readonly<Record<string, readonly Dependent[]>>;
  readonly ownViews?: Readonly<Record<string, string>>;
}

const place = { database: 'db', schema: 'shop' };

/** A job for the node, published as `shop.<name>`. */
export function makeJob(spec: NodeSpec, options: Partial<Job> = {}): Job {
  return {
    node: makeNode(spec, place),
    sql: spec.sql ?? '',
    target: { ...place, identifier: spec.name },
    existing: null,
    fullRefresh: false,
    invocationId: '0a1b2c3d-0000-0000-0000-000000000000',
    seedColumns: [],
    isAudited: true,
    ...options,
  };
}

/** An existing relation in the test schema. */
export function existing(identifier: string, type: ExistingRelation['type']): ExistingRelation {
  return { ...place, identifier, type };
}

/** A view of somebody that reads a relation of ours. */
export function dependent(identifier: string, columns: readonly string[], owner = 'bi'): Dependent {
  return { ...place, identifier, type: 'view', owner, definition: 'select 1', columns };
}

/** The steps of a materialization as lines: statements as they are, other steps in brackets. */
export function listSteps(job: Job, dialect: Dialect, answers: Answers = {}): readonly string[] {
  const steps = materialize(job, dialect);
  const lines: string[] = [];
  for (let next = steps.next(); next.done !== true; next = steps.next(answer(next.value, answers))) {
    lines.push(show(next.value));
  }
  return lines;
}

function show(step: Step): string {
  switch (step.kind) {
    case 'execute':
      return step.sql.replace(/\s+/g, ' ').trim();
    case 'describe':
    case 'dependents':
    case 'own-view':
    case 'audit':
      return `[${step.kind} ${step.relation.schema}.${step.relation.identifier}]`;
    case 'load-seed':
      return `[load-seed ${step.relation.schema}.${step.relation.identifier}]`;
    case 'hooks':
      return `[${step.when}-hooks ${step.transaction ? 'inside' : 'outside'}]`;
    default:
      return `[${step.kind}]`;
  }
}

function answer(step: Step, answers: Answers): unknown {
  switch (step.kind) {
    case 'describe':
      return answers.columns?.[step.relation.identifier] ?? [];
    case 'describe-query':
      return answers.query ?? [];
    case 'dependents':
      return answers.dependents?.[step.relation.identifier] ?? [];
    case 'own-view':
      return answers.ownViews?.[relationKey(step.relation)] ?? null;
    case 'query':
      return { columns: [], rows: [] };
    case 'score':
      return { sql: 'select 1 as score', statements: ['insert into strata_models values (1)'] };
    case 'execute':
      return { code: 'OK', rowsAffected: 3 };
    case 'load-seed':
      return 3;
    default:
      return undefined;
  }
}
