import type { Session } from '../adapters/adapter.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { ExistingRelation, Relation, RelationType } from '../manifest/relation.ts';
import { relationKey } from '../manifest/relation.ts';
import type { Request, RequestAnswers } from '../render/requests.ts';
import type { RelationCache, SchemaName } from './relation-cache.ts';

/** Where templates' questions are answered. */
export interface RequestHost {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly cache: RelationCache;
}

/** A template being rendered, stopped at a question or finished. */
export interface Rendering<Result> {
  readonly generator: Generator<Request, Result, unknown>;
  readonly at: IteratorResult<Request, Result>;
}

/** Renders as far as the relations known already allow: to the end, or to the first question for the warehouse. */
export function startRendering<Result>(
  generator: Generator<Request, Result, unknown>,
  cache: RelationCache,
): Rendering<Result> {
  let at = generator.next();
  while (at.done !== true && canAnswerFromCache(at.value, cache)) at = generator.next(answerFromCache(at.value, cache));
  return { generator, at };
}

/** Renders to the end, asking the warehouse what the template asks. */
export async function finishRendering<Result>(rendering: Rendering<Result>, host: RequestHost): Promise<Result> {
  let { at } = rendering;
  while (at.done !== true) at = await answerInto(rendering.generator, at.value, host);
  return at.value;
}

/** The warehouse's refusal is thrown where the template asked, so that the error carries that place. */
async function answerInto<Result>(
  generator: Generator<Request, Result, unknown>,
  request: Request,
  host: RequestHost,
): Promise<IteratorResult<Request, Result>> {
  let answer: unknown;
  try {
    answer = await answerRequest(request, host);
  } catch (error) {
    return generator.throw(error);
  }
  return generator.next(answer);
}

type CachedRequest = Extract<Request, { kind: 'get-relation' | 'list-relations' }>;

function canAnswerFromCache(request: Request, cache: RelationCache): request is CachedRequest {
  if (request.kind === 'get-relation') return cache.isLoaded(request.relation);
  return request.kind === 'list-relations' && cache.isLoaded(request);
}

function answerFromCache(request: CachedRequest, cache: RelationCache): unknown {
  return request.kind === 'get-relation' ? cache.get(request.relation) : cache.list(request);
}

/** Answers one question of a template. */
async function answerRequest(request: Request, host: RequestHost): Promise<RequestAnswers[Request['kind']]> {
  const { session, dialect, cache } = host;
  switch (request.kind) {
    case 'query':
      return session.query(request.sql);
    case 'execute':
      return session.execute(request.sql);
    case 'get-relation':
      await cache.load(session, [request.relation]);
      return cache.get(request.relation);
    case 'list-relations':
      await cache.load(session, [request]);
      return cache.list(request);
    case 'list-schemas':
      return listSchemas(host, request.database);
    case 'get-columns':
      return (await session.listColumns([request.relation])).get(relationKey(request.relation)) ?? [];
    case 'describe-query':
      return session.describeQuery(request.sql);
    case 'create-schema':
      await session.execute(dialect.createSchema(request));
      return undefined;
    case 'drop-schema':
      await session.execute(`drop schema if exists ${renderSchema(dialect, request)}`);
      cache.forget(request);
      return undefined;
    case 'drop-relation':
      return dropRelation(host, request.relation, request.type);
    case 'rename-relation':
      return renameRelation(host, request);
    case 'truncate-relation':
      await session.execute(dialect.deleteAll(request.relation));
      return undefined;
  }
  return request satisfies never;
}

/** Names of a database's schemas. */
export async function listSchemas(
  { session, dialect }: Pick<RequestHost, 'session' | 'dialect'>,
  database: string | null,
): Promise<readonly string[]> {
  const filter =
    database === null ? '' : ` where lower(catalog_name) = ${dialect.renderLiteral(database.toLowerCase())}`;
  const found = await session.query(`select distinct schema_name from information_schema.schemata${filter} order by 1`);
  return found.rows.map((row) => String(row[0]));
}

function renderSchema(dialect: Dialect, { database, schema }: SchemaName): string {
  return database === null ? dialect.quote(schema) : `${dialect.quote(database)}.${dialect.quote(schema)}`;
}

async function dropRelation(host: RequestHost, relation: Relation, type: RelationType | null): Promise<undefined> {
  const known = await typeOf(host, relation, type);
  if (known === null) return undefined;
  await host.session.execute(host.dialect.drop(relation, known));
  host.cache.delete(relation);
  return undefined;
}

async function renameRelation(
  host: RequestHost,
  { relation, type, identifier }: Extract<Request, { kind: 'rename-relation' }>,
): Promise<undefined> {
  const known = (await typeOf(host, relation, type)) ?? 'table';
  await host.session.execute(host.dialect.rename(relation, known, identifier));
  const renamed: ExistingRelation = { ...relation, identifier, type: known };
  host.cache.delete(relation);
  host.cache.set(renamed);
  return undefined;
}

async function typeOf(host: RequestHost, relation: Relation, type: RelationType | null): Promise<RelationType | null> {
  if (type !== null) return type;
  await host.cache.load(host.session, [relation]);
  return host.cache.get(relation)?.type ?? null;
}
