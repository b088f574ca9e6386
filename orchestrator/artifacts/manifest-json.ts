import { createHash } from 'node:crypto';
import type { Manifest } from '../manifest/manifest.ts';
import type { Exposure, Node, SourceNode } from '../manifest/node.ts';
import { type ArtifactContext, formatMetadata } from './metadata.ts';
import { type Compiled, formatDoc, formatExposure, formatMacro, formatNode, formatSource } from './node-json.ts';

/** Compiled nodes by unique id. */
export type CompiledNodes = ReadonlyMap<string, Compiled>;

/** A manifest in the form of dbt's manifest.json v12. */
export function formatManifest(manifest: Manifest, context: ArtifactContext, compiled?: CompiledNodes): object {
  const { parentMap, childMap } = mapEdges(manifest);
  return {
    metadata: {
      ...formatMetadata('manifest/v12', context),
      project_name: manifest.project_name,
      project_id: createHash('md5').update(manifest.project_name).digest('hex'),
      user_id: null,
      send_anonymous_usage_stats: false,
      adapter_type: manifest.adapter_type,
    },
    nodes: mapValues(manifest.nodes, (node) => formatNode(node, compiled?.get(node.unique_id))),
    sources: mapValues(manifest.sources, formatSource),
    macros: mapValues(manifest.macros, formatMacro),
    docs: mapValues(manifest.docs, formatDoc),
    exposures: mapValues(manifest.exposures, formatExposure),
    metrics: {},
    groups: {},
    selectors: {},
    disabled: mapValues(manifest.disabled, (member) => [formatMember(member)]),
    parent_map: parentMap,
    child_map: childMap,
    group_map: {},
    saved_queries: {},
    semantic_models: {},
    unit_tests: {},
  };
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
  return { parentMap, childMap: mapValues(children, (ids) => ids.sort()) };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  const mapped: Record<string, U> = {};
  for (const [key, value] of Object.entries(record)) mapped[key] = map(value);
  return mapped;
}
