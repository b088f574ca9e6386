import type { Manifest } from '../manifest/manifest.ts';
import type { Exposure, Node, SourceNode } from '../manifest/node.ts';

/** What can stand in the graph: everything but macros and docs. */
export type GraphMember = Node | SourceNode | Exposure;

/** Who depends on whom, by unique id. Every member has an entry in both maps, in the manifest's order. */
export interface Graph {
  readonly parents: ReadonlyMap<string, readonly string[]>;
  readonly children: ReadonlyMap<string, readonly string[]>;
}

/** The dependency graph of a manifest. Ids that name no member (disabled nodes, macros) leave no edge. */
export function buildGraph(manifest: Manifest): Graph {
  const parents = new Map<string, string[]>();
  const children = new Map<string, string[]>();
  const members: GraphMember[] = [];
  for (const group of [manifest.nodes, manifest.sources, manifest.exposures]) {
    for (const member of Object.values(group)) members.push(member);
  }
  for (const { unique_id } of members) {
    parents.set(unique_id, []);
    children.set(unique_id, []);
  }
  for (const member of members) {
    const own = parents.get(member.unique_id);
    for (const parent of new Set(dependenciesOf(member))) {
      const siblings = children.get(parent);
      if (siblings === undefined) continue;
      own?.push(parent);
      siblings.push(member.unique_id);
    }
  }
  return { parents, children };
}

/** Unique ids of the nodes a member reads. */
export function dependenciesOf(member: GraphMember): readonly string[] {
  return member.resource_type === 'source' ? [] : member.depends_on.nodes;
}

/** The node, source or exposure of an id. */
export function findMember(manifest: Manifest, uniqueId: string): GraphMember | undefined {
  return manifest.nodes[uniqueId] ?? manifest.sources[uniqueId] ?? manifest.exposures[uniqueId];
}

/**
 * The graph of some nodes only. A path that leads through left-out nodes stays as one edge, as dbt keeps it, so that
 * `--select a c` still runs c after a when an unselected (perhaps ephemeral) b lies between.
 */
export function subgraph(graph: Graph, ids: ReadonlySet<string>): Graph {
  const reached = new Map<string, ReadonlySet<string>>();
  const parents = new Map<string, readonly string[]>();
  const children = new Map<string, string[]>();
  for (const id of ids) children.set(id, []);
  for (const id of ids) {
    const own = [...nearestSelected({ graph, ids, reached }, id)];
    parents.set(id, own);
    for (const parent of own) children.get(parent)?.push(id);
  }
  return { parents, children };
}

interface Reach {
  readonly graph: Graph;
  readonly ids: ReadonlySet<string>;
  /** Selected ancestors of left-out nodes seen so far. */
  readonly reached: Map<string, ReadonlySet<string>>;
}

/** Selected nodes that are parents of a node, directly or through left-out nodes only. */
function nearestSelected(reach: Reach, start: string): ReadonlySet<string> {
  const { graph, ids, reached } = reach;
  const pending: string[] = [start];
  while (pending.length > 0) {
    const id = pending[pending.length - 1] ?? start;
    const leftOut = (graph.parents.get(id) ?? []).filter((parent) => !ids.has(parent));
    const unknown = leftOut.filter((parent) => !reached.has(parent));
    if (unknown.length > 0) {
      pending.push(...unknown);
      continue;
    }
    const found = new Set((graph.parents.get(id) ?? []).filter((parent) => ids.has(parent)));
    for (const parent of leftOut) for (const ancestor of reached.get(parent) ?? []) found.add(ancestor);
    pending.pop();
    if (id === start) return found;
    reached.set(id, found);
  }
  return new Set();
}
