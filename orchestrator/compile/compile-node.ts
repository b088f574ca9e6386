import { StrataError } from '../errors.ts';
import { parseTemplate, type Template } from '../jinja/template.ts';
import { toText } from '../jinja/values.ts';
import type { Node } from '../manifest/node.ts';
import { NodeScope } from '../render/context/node-scope.ts';
import type { Request } from '../render/requests.ts';
import { readStaticTemplate, type StaticPiece } from '../render/static-template.ts';
import { testArguments } from '../render/test-arguments.ts';
import type { CompileEnv } from './compile-env.ts';
import { type InjectedCte, injectCtes } from './inject-ctes.ts';
import { cteName, NodeResolver } from './node-resolver.ts';

/** A node's SQL, ready to run. */
export interface CompiledNode {
  readonly sql: string;
  /** Ephemeral models the statement carries, in the order they are defined. */
  readonly ctes: readonly InjectedCte[];
}

/**
 * Compiles a model, test or analysis to the SQL it runs. A generator: what the template asks of the warehouse is
 * yielded, and the driver sends the answers back.
 */
export function* compileNode(node: Node, env: CompileEnv): Generator<Request, CompiledNode, unknown> {
  const ctes = new Map<string, InjectedCte>();
  const sql = yield* renderNode(node, env, { ctes, path: [node.unique_id] });
  const list = [...ctes.values()];
  return { sql: injectCtes(sql, list), ctes: list };
}

/**
 * Renders text in a node's context: a hook, a query comment, an inline query. `extra` adds names for this text only.
 * Ephemeral models it reads are injected too.
 */
export function* compileText(
  source: string,
  node: Node,
  env: CompileEnv,
  extra: Readonly<Record<string, unknown>> = {},
): Generator<Request, string, unknown> {
  const template = parseTemplate(source, { file: node.original_file_path, line: node.line });
  const ctes = new Map<string, InjectedCte>();
  const sql = yield* renderTemplate({ template, node, env, extra }, { ctes, path: [node.unique_id] });
  return injectCtes(sql, [...ctes.values()]);
}

interface Collected {
  readonly ctes: Map<string, InjectedCte>;
  /** Unique ids from the node to the ephemeral model being rendered. */
  readonly path: readonly string[];
}

interface Rendering {
  readonly template: Template;
  readonly node: Node;
  readonly env: CompileEnv;
  readonly extra: Readonly<Record<string, unknown>>;
}

function* renderNode(node: Node, env: CompileEnv, collected: Collected): Generator<Request, string, unknown> {
  const plain = renderStatically(node, env);
  if (plain !== undefined) return yield* finishText(plain, env, collected);
  const template = env.templates.templateOf(node);
  return yield* renderTemplate({ template, node, env, extra: {} }, collected);
}

function* renderTemplate(
  { template, node, env, extra }: Rendering,
  collected: Collected,
): Generator<Request, string, unknown> {
  const resolver = new NodeResolver(node, env);
  const scope = new NodeScope({ project: env.project, node, execute: true, resolver, extra });
  if (node.test_metadata !== undefined) {
    scope.scope.set('_dbt_generic_test_kwargs', testArguments(node.test_metadata, scope));
  }
  const sql = yield* template.start(scope.scope, scope.state) as Generator<Request, string, unknown>;
  return yield* finishText({ sql, resolver }, env, collected);
}

interface RenderedText {
  readonly sql: string;
  /** Knows the ephemeral models that the text reads. */
  readonly resolver: NodeResolver;
}

function* finishText(
  { sql, resolver }: RenderedText,
  env: CompileEnv,
  collected: Collected,
): Generator<Request, string, unknown> {
  for (const ephemeral of resolver.ephemerals.values()) yield* addCte(ephemeral, env, collected);
  return sql;
}

/** A template of refs and sources alone is put together here, in a twentieth of the time that running it takes. */
function renderStatically(node: Node, env: CompileEnv): RenderedText | undefined {
  if (node.test_metadata !== undefined || !env.project.registry.hasPlainNames(node.package_name)) return undefined;
  const pieces = readStaticTemplate(node.raw_code);
  if (pieces === undefined) return undefined;
  const resolver = new NodeResolver(node, env);
  try {
    return { sql: pieces.map((piece) => renderPiece(piece, resolver)).join(''), resolver };
  } catch (error) {
    // Running the template makes the same mistake and tells its line.
    if (error instanceof StrataError) return undefined;
    throw error;
  }
}

function renderPiece(piece: StaticPiece, resolver: NodeResolver): string {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'ref':
      return toText(resolver.ref(piece.ref));
    case 'source':
      return toText(resolver.source(...piece.source));
    case 'config':
      return '';
  }
  return piece satisfies never;
}

function* addCte(node: Node, env: CompileEnv, { ctes, path }: Collected): Generator<Request, void, unknown> {
  if (ctes.has(node.unique_id)) return;
  if (path.includes(node.unique_id)) {
    throw new StrataError('cycle', `Ephemeral models read each other: ${[...path, node.unique_id].join(' → ')}.`, {
      file: node.original_file_path,
    });
  }
  const sql = yield* renderNode(node, env, { ctes, path: [...path, node.unique_id] });
  ctes.set(node.unique_id, { name: cteName(node), sql });
}
