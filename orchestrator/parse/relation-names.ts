import type { Dialect } from '../dialects/dialect.ts';
import type { JsonObject } from '../manifest/json.ts';
import type { NodeConfig } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import type { RenderNode } from '../render/context/render-job.ts';
import type { Quoting } from '../render/project.ts';
import type { ParseContext } from './parse-context.ts';

/** Where a node's relation lies. */
export interface NodeNames {
  readonly database: string;
  readonly schema: string;
  readonly alias: string;
}

/** Finds a node's database, schema and alias through the generate_*_name macros. */
export function nameRelation(context: ParseContext, node: RenderNode & JsonObject): NodeNames {
  const { config } = node;
  const { names } = context;
  return {
    database: names.generate('database', textOrNull(config['target_database'] ?? config['database']), node),
    schema: textOrNull(config['target_schema']) ?? names.generate('schema', textOrNull(config['schema']), node),
    alias: names.generate('alias', textOrNull(config['alias']), node),
  };
}

/** The quoted full name of a relation, under the project's quoting and the node's own. */
export function renderRelationName(relation: Relation, dialect: Dialect, quoting: Quoting): string {
  const parts: string[] = [];
  for (const part of ['database', 'schema', 'identifier'] as const) {
    const name = relation[part];
    if (name !== null && name !== '') parts.push(quoting[part] ? dialect.quote(name) : name);
  }
  return parts.join('.');
}

/** The project's quoting with a node's own settings over it. */
export function quotingOf(config: Pick<NodeConfig, string>, project: Quoting): Quoting {
  const own = config['quoting'];
  return own !== null && typeof own === 'object' && Object.keys(own).length > 0 ? { ...project, ...own } : project;
}

function textOrNull(value: unknown): string | null {
  return value === undefined || value === null || value === '' ? null : String(value);
}
