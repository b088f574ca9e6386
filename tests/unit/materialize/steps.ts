import type { Dependent, Dialect } from '../../../orchestrator/dialects/dialect.ts';
import { StrataError } from '../../../orchestrator/errors.ts';
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
  /** What the warehouse says to a step that fails, by the beginning of the step's line. */
  readonly failures?: Readonly<Record<string, string>>;
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
  const lines: string[] = [];
  for (const line of walkSteps(job, dialect, answers)) lines.push(line);
  return lines;
}

/** The same, and the error it ends with as the last line. */
export function listFailingSteps(job: Job, dialect: Dialect, answers: Answers): readonly string[] {
  const lines: string[] = [];
  try {
    for (const line of walkSteps(job, dialect, answers)) lines.push(line);
  } catch (error) {
    lines.push(error instanceof StrataError ? `${error.code}: ${error.format()}` : String(error));
  }
  return lines;
}

function* walkSteps(job: Job, dialect: Dialect, answers: Answers): Generator<string> {
  const steps = materialize(job, dialect);
  const failures = Object.entries(answers.failures ?? {});
  let next = steps.next();
  while (next.done !== true) {
    const step = next.value;
    const line = show(step);
    yield line;
    const failure = failures.find(([start]) => line.startsWith(start))?.[1];
    next = failure === undefined ? steps.next(answer(step, answers)) : steps.throw(failed(failure));
  }
}

function failed(message: string): StrataError {
  return new StrataError('database-error', message);
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
