import { StrataError } from '../errors.ts';
import type { JsonObject } from '../manifest/json.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Node, RefArgs, SourceNode } from '../manifest/node.ts';
import { suggest } from '../nearest.ts';
import type { Resolver } from '../render/context/render-job.ts';
import { RelationValue } from '../render/values/relation-value.ts';
import type { CompileEnv } from './compile-env.ts';
import { fileExpression } from './source-file.ts';

/** The name under which an ephemeral model is injected. */
export function cteName(node: Pick<Node, 'alias'>): string {
  return `__dbt__cte__${node.alias}`;
}

/** Looks names up in the manifest, and notes the ephemeral models a node reads. */
export class NodeResolver implements Resolver {
  readonly ephemerals = new Map<string, Node>();
  readonly #node: Node;
  readonly #env: CompileEnv;

  constructor(node: Node, env: CompileEnv) {
    this.#node = node;
    this.#env = env;
  }

  ref(ref: RefArgs): RelationValue {
    const found = this.#env.lookup.findRef(ref, this.#node.package_name);
    if (found === undefined) throw refNotFound(ref, this.#env);
    if (found.config.materialized === 'ephemeral') {
      this.ephemerals.set(found.unique_id, found);
      return this.#value({
        database: null,
        schema: null,
        identifier: cteName(found),
        type: 'cte',
        text: cteName(found),
      });
    }
    const override = this.#env.relationOverrides.get(found.unique_id);
    if (override !== undefined) return this.#value({ ...override, type: 'table' });
    const { database, schema, alias } = found;
    const type = found.config.materialized === 'view' ? 'view' : 'table';
    return this.#value({ database, schema, identifier: alias, type });
  }

  source(sourceName: string, tableName: string): RelationValue {
    const found = this.#env.lookup.findSource(sourceName, tableName, this.#node.package_name);
    if (found === undefined) throw sourceNotFound(`${sourceName}.${tableName}`, this.#env);
    const override = this.#env.relationOverrides.get(found.unique_id);
    if (override !== undefined) return this.#value({ ...override, type: 'table' });
    const { database, schema, identifier } = found;
    return this.#value({ database, schema, identifier, quote: this.#sourceQuoting(found), ...this.#fileText(found) });
  }

  recordConfig(): void {}

  describeModel(): JsonObject {
    return describeNode(this.#node) as unknown as JsonObject;
  }

  describeGraph(): JsonObject {
    return graphOf(this.#env.manifest);
  }

  selectedResources(): readonly string[] {
    return this.#env.selected;
  }

  #value(fields: ConstructorParameters<typeof RelationValue>[0]): RelationValue {
    const { quoting, dialect } = this.#env.project;
    return new RelationValue({ quote: quoting, ...fields }, dialect);
  }

  #sourceQuoting(source: SourceNode) {
    const { quoting } = this.#env.project;
    const own = (part: 'database' | 'schema' | 'identifier') => {
      const setting = source.quoting[part];
      return typeof setting === 'boolean' ? setting : quoting[part];
    };
    return { database: own('database'), schema: own('schema'), identifier: own('identifier') };
  }

  #fileText(source: SourceNode): { text?: string } {
    const text = fileExpression(source, this.#env);
    return text === null ? {} : { text };
  }
}

/** The manifest as `graph`, one object per manifest so that it becomes a template value only once. */
const graphs = new WeakMap<Manifest, JsonObject>();

const MODEL_FIELDS = { version: null, latest_version: null, deprecation_date: null, time_spine: null };

/** dbt shows templates every field it has for a kind of node, and who may read a model beside its settings as well. */
function describeNode(node: Node): object {
  const group = node.config['group'] ?? null;
  if (node.resource_type !== 'model') return { ...node, group };
  return { ...MODEL_FIELDS, ...node, group, access: node.config['access'] ?? 'protected' };
}

function graphOf(manifest: Manifest): JsonObject {
  const known = graphs.get(manifest);
  if (known !== undefined) return known;
  const { sources, exposures } = manifest;
  const nodes = Object.fromEntries(Object.entries(manifest.nodes).map(([id, node]) => [id, describeNode(node)]));
  const graph = { nodes, sources, exposures, metrics: {}, groups: {} } as unknown as JsonObject;
  graphs.set(manifest, graph);
  return graph;
}

function refNotFound(ref: RefArgs, env: CompileEnv): StrataError {
  const shown = ref.package === null ? `"${ref.name}"` : `"${ref.package}", "${ref.name}"`;
  const disabled = env.lookup.findDisabled(ref.name);
  if (disabled !== undefined) {
    return new StrataError(
      'ref-disabled',
      `ref(${shown}) is disabled.`,
      {},
      { hint: `Enable it in ${disabled}, or remove the ref.` },
    );
  }
  return new StrataError(
    'ref-not-found',
    `ref(${shown}) not found.`,
    {},
    { hint: suggest(ref.name, env.lookup.refNames()) },
  );
}

function sourceNotFound(name: string, env: CompileEnv): StrataError {
  const [sourceName, tableName] = name.split('.');
  const disabled = env.lookup.findDisabled(name);
  const hint = disabled === undefined ? suggest(name, env.lookup.sourceNames()) : `It is disabled in ${disabled}.`;
  return new StrataError('source-not-found', `source("${sourceName}", "${tableName}") not found.`, {}, { hint });
}
