import { randomUUID } from 'node:crypto';
import type { Adapter, Session } from '../../adapters/adapter.ts';
import type { Dialect } from '../../dialects/dialect.ts';
import { StrataError } from '../../errors.ts';
import type { Relation } from '../../manifest/relation.ts';
import { nameTemporary } from '../../materialize/temporary-name.ts';
import { listSchemas } from '../../run/answer-requests.ts';

/** Something a build needs to do, and why it cannot. */
export interface Check {
  readonly what: string;
  readonly error?: string;
}

type Place = Pick<Relation, 'database' | 'schema'>;

/** Tries what a build needs to do in its target's schema, and leaves nothing of it in the warehouse. */
export async function tryPermissions(adapter: Adapter, place: Place): Promise<readonly Check[]> {
  const { dialect } = adapter;
  const session = await adapter.openSession();
  return dialect.supportsTransactionalDdl
    ? tryInTransactions(session, dialect, place)
    : tryUnderOwnNames(session, dialect, place);
}

/** Each in a transaction of its own that is rolled back. */
async function tryInTransactions(session: Session, dialect: Dialect, place: Place): Promise<readonly Check[]> {
  const makeSchema = dialect.createSchema(place);
  const trials = listTrials({ ...place, identifier: 'strata_debug' }, dialect, place).map((trial) => ({
    what: trial.what,
    statements: [makeSchema, ...trial.statements, ...trial.undo],
    undo: [],
  }));
  const checks: Check[] = [];
  for (const trial of [{ what: `create schema ${place.schema}`, statements: [makeSchema], undo: [] }, ...trials]) {
    await session.begin();
    checks.push(await tryOne(session, trial));
    await session.rollback();
  }
  return checks;
}

/** Where nothing can be rolled back: under names no other run has, in the target's schema if that is there. */
async function tryUnderOwnNames(session: Session, dialect: Dialect, place: Place): Promise<readonly Check[]> {
  const { identifier } = nameTemporary({ ...place, identifier: 'strata_debug' }, randomUUID(), dialect);
  const known = await listSchemas({ session, dialect }, place.database);
  if (known.some((name) => name.toLowerCase() === place.schema.toLowerCase())) {
    const checks = await tryAll(session, listTrials({ ...place, identifier }, dialect, place));
    return [{ what: `use schema ${place.schema}` }, ...checks];
  }
  const schema = { ...place, schema: identifier };
  const statements = [dialect.createSchema(schema)];
  const made = await tryOne(session, { what: `create schema ${place.schema}`, statements, undo: [] });
  if (made.error !== undefined) return [made];
  const checks = await tryAll(session, listTrials({ ...schema, identifier }, dialect, place));
  const left = await runAll(session, [dialect.dropSchema(schema)]);
  return left === null ? [made, ...checks] : [made, ...checks, { what: `drop schema ${schema.schema}`, error: left }];
}

interface Trial {
  readonly what: string;
  readonly statements: readonly string[];
  /** Run even if a statement failed, since another may have succeeded. */
  readonly undo: readonly string[];
}

function listTrials(relation: Relation, dialect: Dialect, { schema }: Place): readonly Trial[] {
  const query = 'select 1 as one';
  return [
    {
      what: `create tables in ${schema}`,
      statements: [dialect.createTableAs(relation, query)],
      undo: [dialect.drop(relation, 'table')],
    },
    {
      what: `create views in ${schema}`,
      statements: [dialect.createView(relation, query)],
      undo: [dialect.drop(relation, 'view')],
    },
  ];
}

async function tryAll(session: Session, trials: readonly Trial[]): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const trial of trials) checks.push(await tryOne(session, trial));
  return checks;
}

async function tryOne(session: Session, { what, statements, undo }: Trial): Promise<Check> {
  const failure = await runAll(session, statements);
  const left = await runAll(session, undo);
  const error = failure ?? (left === null ? null : `made, and could not be dropped again: ${left}`);
  return error === null ? { what } : { what, error };
}

async function runAll(session: Session, statements: readonly string[]): Promise<string | null> {
  try {
    for (const statement of statements) await session.execute(statement);
    return null;
  } catch (error) {
    return error instanceof StrataError ? error.format() : String(error);
  }
}
