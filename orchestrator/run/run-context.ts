import type { Session } from '../adapters/adapter.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import { type Relation, relationKey } from '../manifest/relation.ts';
import { finishRendering, type Rendering, startRendering } from './answer-requests.ts';
import { CompiledFiles } from './compiled-files.ts';
import type { CompiledQuery, NodeCompiler, RelationOverrides } from './compiler.ts';
import type { LandedSources } from './landed-sources.ts';
import { RelationCache } from './relation-cache.ts';
import type { ResultLog } from './result-log.ts';
import type { RunOptions } from './run-options.ts';

/** Names that only some hooks have. */
export type HookNames = Readonly<Record<string, unknown>>;

const noOverrides: RelationOverrides = new Map();

/** What all nodes of one run share. */
export class RunContext {
  readonly options: RunOptions;
  readonly dialect: Dialect;
  readonly cache = new RelationCache();
  readonly results: ResultLog;
  readonly compiledFiles: CompiledFiles;
  readonly #prepared = new Map<string, Rendering<CompiledQuery>>();
  readonly #ownViews: ReadonlyMap<string, Node>;
  #landed: LandedSources = { relations: noOverrides, errors: new Map() };
  #asOf: Promise<string | null> | null = null;
  #asOfIsSettled = false;

  constructor(options: RunOptions, results: ResultLog) {
    this.options = options;
    this.dialect = options.adapter.dialect;
    this.results = results;
    this.compiledFiles = new CompiledFiles(options.targetFolder);
    this.#ownViews = findOwnViews(options);
  }

  /** Tells where the files behind sources were landed, before any node is rendered. */
  setLanded(landed: LandedSources): void {
    this.#landed = landed;
    this.options.compiler.readFrom(landed.relations);
  }

  /** The project's view of this name, if it is one. */
  findOwnView(relation: Relation): Node | undefined {
    return this.#ownViews.get(relationKey(relation));
  }

  /** Renders a node as far as that needs no session. An error comes again when the node runs, and is reported then. */
  prepare(node: Node): void {
    if (this.#prepared.has(node.unique_id) || this.#asOfIsOpen(node)) return;
    try {
      const generator = this.options.compiler.compileNode(node, noOverrides);
      this.#prepared.set(node.unique_id, startRendering(generator, this.cache));
    } catch {
      this.#prepared.delete(node.unique_id);
    }
  }

  /** A node's SQL, with `overrides` read in place of nodes that are not published yet. */
  async compile(node: Node, session: Session, overrides: RelationOverrides = noOverrides): Promise<string> {
    for (const id of node.depends_on.nodes) {
      const error = this.#landed.errors.get(id);
      if (error !== undefined) throw error;
    }
    await this.resolveAsOf(session);
    const prepared = this.#prepared.get(node.unique_id);
    this.#prepared.delete(node.unique_id);
    const rendering =
      prepared !== undefined && overrides.size === 0
        ? prepared
        : startRendering(this.options.compiler.compileNode(node, overrides), this.cache);
    return (await finishRendering(rendering, this.#host(session))).sql;
  }

  /** A hook's SQL in the context of its node. */
  compileHook(node: Node, template: string, session: Session, extra: HookNames = {}): Promise<string> {
    const rendering = startRendering(this.options.compiler.compileHook(node, template, extra), this.cache);
    return finishRendering(rendering, this.#host(session));
  }

  /** The run's as_of_date, settled by the first node that asks and the same for all. */
  resolveAsOf(session: Session): Promise<string | null> {
    const { compiler } = this.options;
    if (compiler.resolveAsOf === null) return Promise.resolve(compiler.asOf);
    this.#asOf ??= this.#settleAsOf(compiler.resolveAsOf, session);
    return this.#asOf;
  }

  /** The run's as_of_date if it was settled; what failed while settling it was reported by the node that asked. */
  async settledAsOf(): Promise<string | null> {
    if (this.#asOf === null) return this.options.compiler.asOf;
    return this.#asOf.catch(() => null);
  }

  throwIfCancelled(): void {
    if (this.options.signal.aborted) throw new StrataError('cancelled', 'The run was cancelled.');
  }

  async #settleAsOf(resolve: NonNullable<NodeCompiler['resolveAsOf']>, session: Session): Promise<string | null> {
    const asOf = await finishRendering(startRendering(resolve(), this.cache), this.#host(session));
    this.#asOfIsSettled = true;
    return asOf;
  }

  /** What is rendered before the date is settled would be rendered without it. */
  #asOfIsOpen(node: Node): boolean {
    return this.options.compiler.resolveAsOf !== null && !this.#asOfIsSettled && node.resource_type !== 'seed';
  }

  #host(session: Session) {
    return { session, dialect: this.dialect, cache: this.cache };
  }
}

function findOwnViews({ manifest }: RunOptions): ReadonlyMap<string, Node> {
  const views = new Map<string, Node>();
  for (const node of Object.values(manifest.nodes)) {
    if (node.resource_type === 'model' && node.config.materialized === 'view')
      views.set(relationKey(targetOf(node)), node);
  }
  return views;
}

/** Where a node is published. */
export function targetOf(node: Node): Relation {
  return { database: node.database, schema: node.schema, identifier: node.alias };
}
