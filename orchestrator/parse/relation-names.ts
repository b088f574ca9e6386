import type { Dialect } from '../dialects/dialect.ts';
import type { JsonObject } from '../manifest/json.ts';
import type { MacroInfo, Node, NodeConfig } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import { builtinPackage } from '../render/builtin-folder.ts';
import type { RenderNode } from '../render/context/render-job.ts';
import type { NameKind } from '../render/generate-names.ts';
import type { Quoting } from '../render/project.ts';
import type { ParseContext } from './parse-context.ts';

/** What a node knows before it has a name in the warehouse. */
export type NamelessNode = Omit<Node, 'database' | 'schema' | 'alias' | 'relation_name'>;

/** Where a node's relation lies. */
export interface NodeNames {
  readonly database: string;
  readonly schema: string;
  readonly alias: string;
}

/** Finds a node's database, schema and alias through the generate_*_name macros. */
export function nameRelation(context: ParseContext, node: NamelessNode): NodeNames {
  const { config } = node;
  const targetSchema = textOrNull(config['target_schema']);
  return {
    database: generate(context, 'database', textOrNull(config['target_database'] ?? config['database']), node),
    schema: targetSchema ?? generate(context, 'schema', textOrNull(config['schema']), node),
    alias: generate(context, 'alias', textOrNull(config['alias']), node),
  };
}

function generate(context: ParseContext, kind: NameKind, custom: string | null, node: NamelessNode): string {
  if (context.hasOwnNames.has(kind)) return context.names.generate(kind, custom, withDefaults(context, node));
  // What the built-in macros do, without running them once for each node.
  const own = custom?.trim();
  switch (kind) {
    case 'database':
      return own ?? context.render.target.database;
    case 'schema':
      return own === undefined ? context.render.target.schema : `${context.render.target.schema}_${own}`;
    case 'alias':
      return own || versionedName(node);
  }
}

/** A node as the naming macros see it: in the place the target gives it. */
function withDefaults(context: ParseContext, node: NamelessNode): RenderNode & JsonObject {
  const { database, schema } = context.render.target;
  return { ...node, database, schema, alias: node.name, relation_name: null } as unknown as RenderNode & JsonObject;
}

function versionedName(node: Pick<NamelessNode, 'name' | 'version'>): string {
  const { version } = node;
  return version === undefined || version === null
    ? node.name
    : `${node.name}_v${String(version).replaceAll('.', '_')}`;
}

/** Which of the naming macros a project or one of its packages defines, or their variants for the warehouse. */
export function findOwnNames(macros: readonly Pick<MacroInfo, 'name' | 'package_name'>[]): ReadonlySet<NameKind> {
  const kinds: readonly NameKind[] = ['database', 'schema', 'alias'];
  return new Set(
    kinds.filter((kind) =>
      macros.some(
        (macro) =>
          macro.package_name !== builtinPackage && macro.name.replace(/^[a-z]+__/, '') === `generate_${kind}_name`,
      ),
    ),
  );
}

/** The quoted full name of a relation, under the project's quoting and the node's own. */
export function renderRelationName(relation: Relation, dialect: Dialect, quoting: Quoting): string {
  const parts: string[] = [];
  for (const part of ['database', 'schema', 'identifier'] as const) {
    const name = relation[part];
    if (name !== null && name !== '') parts.push(quoting[part] ? dialect.quoteExactly(name) : name);
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
