import type { Template } from '../jinja/template.ts';
import type { JsonObject } from '../manifest/json.ts';
import type { RefArgs } from '../manifest/node.ts';
import { NodeScope } from './context/node-scope.ts';
import type { RenderJob, RenderNode, Resolver } from './context/render-job.ts';
import type { Extracted } from './extracted.ts';
import type { RenderProject } from './project.ts';
import { testArguments } from './test-arguments.ts';
import { RelationValue } from './values/relation-value.ts';

/**
 * Renders a node's template with `execute` false to learn its refs, sources, settings and macros. Names that do not
 * exist are no error here: linking reports them all at once. What fails in a node that is off by then is no error either.
 */
export function extractNode(
  template: Template,
  node: RenderNode,
  project: RenderProject,
  isOff: (configCalls: Extracted['configCalls']) => boolean = () => false,
): Extracted {
  const recorder = new Recorder(node, project);
  const job: RenderJob = { project, node, execute: false, resolver: recorder, extra: {} };
  const scope = new NodeScope(job);
  if (node.test_metadata !== undefined) {
    scope.scope.set('_dbt_generic_test_kwargs', testArguments(node.test_metadata, scope));
  }
  try {
    template.render(scope.scope, scope.state);
  } catch (error) {
    if (!isOff(recorder.configCalls)) throw error;
  }
  return {
    refs: recorder.refs,
    sources: recorder.sources,
    configCalls: recorder.configCalls,
    macros: scope.calledMacros(),
  };
}

class Recorder implements Resolver {
  readonly refs: RefArgs[] = [];
  readonly sources: [string, string][] = [];
  readonly configCalls: Readonly<Record<string, unknown>>[] = [];
  readonly #node: RenderNode;
  readonly #project: RenderProject;

  constructor(node: RenderNode, project: RenderProject) {
    this.#node = node;
    this.#project = project;
  }

  ref(ref: RefArgs): RelationValue {
    this.refs.push(ref);
    return this.#relation(ref.name);
  }

  source(sourceName: string, tableName: string): RelationValue {
    this.sources.push([sourceName, tableName]);
    return this.#relation(tableName);
  }

  recordConfig(values: Readonly<Record<string, unknown>>): void {
    this.configCalls.push(values);
  }

  describeModel(): JsonObject {
    const { config, ...node } = this.#node;
    return { ...node, config, columns: {}, depends_on: { nodes: [], macros: [] } } as unknown as JsonObject;
  }

  describeGraph(): JsonObject {
    return { nodes: {}, sources: {}, exposures: {}, metrics: {}, groups: {} };
  }

  selectedResources(): readonly string[] {
    return [];
  }

  #relation(identifier: string): RelationValue {
    const { target, dialect, quoting } = this.#project;
    return new RelationValue({ database: target.database, schema: target.schema, identifier, quote: quoting }, dialect);
  }
}
