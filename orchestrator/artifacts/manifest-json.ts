import { createHash } from 'node:crypto';
import type { Manifest } from '../manifest/manifest.ts';
import type { Exposure, Node, SourceNode } from '../manifest/node.ts';
import { type ArtifactContext, formatMetadata } from './metadata.ts';
import { type Compiled, formatDoc, formatExposure, formatMacro, formatNode, formatSource } from './node-json.ts';

/** Compiled nodes by unique id. */
export type CompiledNodes = ReadonlyMap<string, Compiled>;

/**
 * A manifest in the form of dbt's manifest.json v12, as pieces of JSON text. Thousands of nodes are formatted one at a
 * time: a second manifest in memory, and its text in one piece, would be half of what a large project needs.
 */
export function* serializeManifest(
  manifest: Manifest,
  context: ArtifactContext,
  compiled?: CompiledNodes,
): Generator<string> {
  const { parentMap, childMap } = mapEdges(manifest);
  const metadata = {
    ...formatMetadata('manifest/v12', context),
    project_name: manifest.project_name,
    project_id: createHash('md5').update(manifest.project_name).digest('hex'),
    user_id: null,
    send_anonymous_usage_stats: false,
    adapter_type: manifest.adapter_type,
  };
  yield `{"metadata":${JSON.stringify(metadata)}`;
  yield* serializeSection('nodes', manifest.nodes, (node) => formatNode(node, compiled?.get(node.unique_id)));
  yield* serializeSection('sources', manifest.sources, formatSource);
  yield* serializeSection('macros', manifest.macros, formatMacro);
  yield* serializeSection('docs', manifest.docs, formatDoc);
  yield* serializeSection('exposures', manifest.exposures, formatExposure);
  yield* serializeSection('disabled', manifest.disabled, (member) => [formatMember(member)]);
  yield* serializeSection('parent_map', parentMap, (ids) => ids);
  yield* serializeSection('child_map', childMap, (ids) => ids);
  for (const name of unusedSections) yield `,"${name}":{}`;
  yield '}';
}

/** What dbt's manifest holds and a project here cannot have. */
const unusedSections: readonly string[] = [
  ...['metrics', 'groups', 'selectors', 'group_map', 'saved_queries', 'semantic_models', 'unit_tests'],
];

function* serializeSection<T>(
  name: string,
  members: Readonly<Record<string, T>>,
  format: (member: T) => object,
): Generator<string> {
  yield `,${JSON.stringify(name)}:{`;
  let separator = '';
  for (const id of Object.keys(members)) {
    const member = members[id];
    if (member === undefined) continue;
    yield `${separator}${JSON.stringify(id)}:${JSON.stringify(format(member))}`;
    separator = ',';
  }
  yield '}';
}

function formatMember(member: Node | SourceNode | Exposure): object {
  if (member.resource_type === 'source') return formatSource(member);
  return member.resource_type === 'exposure' ? formatExposure(member) : formatNode(member);
}

type Edges = Record<string, readonly string[]>;

/** Both directions, sorted as dbt lists them. */
function mapEdges(manifest: Manifest): { readonly parentMap: Edges; readonly childMap: Edges } {
  const parentMap: Edges = {};
  const children: Record<string, string[]> = {};
  for (const group of [manifest.nodes, manifest.exposures, manifest.sources]) {
    for (const member of Object.values<Node | Exposure | SourceNode>(group)) {
      parentMap[member.unique_id] =
        member.resource_type === 'source' ? [] : [...new Set(member.depends_on.nodes)].sort();
      children[member.unique_id] = [];
    }
  }
  for (const [child, parents] of Object.entries(parentMap)) {
    for (const parent of parents) children[parent]?.push(child);
  }
  for (const ids of Object.values(children)) ids.sort();
  return { parentMap, childMap: children };
}
