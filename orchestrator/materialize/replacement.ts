import type { Dependent, Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import type { Relation } from '../manifest/relation.ts';
import { relationKey } from '../manifest/relation.ts';
import { carryOver, describeDependent, isCarried } from './attachments.ts';
import { placeOf } from './config.ts';
import { ask, execute, type Job, type Steps } from './step.ts';

/** An audited relation under its temporary name, about to take the place of the existing one. */
export interface Replacement {
  readonly job: Job;
  readonly dialect: Dialect;
  /** What hangs on the existing relation. */
  readonly dependents: readonly Dependent[];
  readonly temporary: Relation;
}

/** A view of this project that must be made again because what it reads is replaced. */
export interface OwnView {
  readonly relation: Relation;
  readonly sql: string;
  /** What hangs on it beside its readers. */
  readonly attached: readonly Dependent[];
}

/**
 * The project's own views among these dependents and everything that reads them in turn, those first that others read.
 * Throws where something of somebody else is among them: it is never dropped.
 */
export function* collectOwnViews(
  replacement: Replacement,
  breaking: readonly Dependent[],
  reason: string,
): Steps<readonly OwnView[]> {
  const foreign: Dependent[] = [];
  const found = new Map<string, OwnView>();
  yield* visit(breaking, found, foreign);
  if (foreign.length > 0) throw blocked(replacement.job, foreign, reason);
  return [...found.values()].reverse();
}

/** Depth first, so that a view is entered after all its readers: the reverse order creates it before them. */
function* visit(dependents: readonly Dependent[], found: Map<string, OwnView>, foreign: Dependent[]): Steps<void> {
  for (const dependent of dependents) {
    const key = relationKey(dependent);
    if (found.has(key)) continue;
    const sql = dependent.type === 'view' ? yield* ask({ kind: 'own-view', relation: dependent }) : null;
    if (sql === null) {
      foreign.push(dependent);
      continue;
    }
    const attached = yield* ask({ kind: 'dependents', relation: dependent });
    const bound = attached.filter((one) => !isCarried(one));
    yield* visit(bound, found, foreign);
    found.set(key, { relation: dependent, sql, attached });
  }
}

/** Drops our own views, readers first. */
export function* dropViews(views: readonly OwnView[], dialect: Dialect): Steps<void> {
  for (const view of [...views].reverse()) yield* execute(dialect.drop(view.relation, 'view'));
}

/** Makes our own views again, with the queries the project has for them now. */
export function* recreateViews(views: readonly OwnView[], dialect: Dialect): Steps<void> {
  for (const { relation, sql, attached } of views) {
    yield* execute(dialect.createView(relation, sql));
    yield* carryOver(attached, { relation, type: 'view' }, dialect);
  }
}

/** The error that lists what stands in the way. */
export function blocked(job: Job, dependents: readonly Dependent[], reason: string): StrataError {
  const list = dependents.map(describeDependent).sort().join(', ');
  return new StrataError(
    'dependents-block',
    `${job.target.schema}.${job.target.identifier} was not replaced: ${reason}, which ${list} still ${dependents.length === 1 ? 'needs' : 'need'}. Nothing was dropped.`,
    placeOf(job.node),
    { hint: 'Change or drop what is named first, or keep what it needs in the model.' },
  );
}
