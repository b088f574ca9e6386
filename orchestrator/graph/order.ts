import type { Graph } from './graph.ts';

/**
 * The ids so that every node follows its parents. Nodes that are free at the same time keep the graph's order, which
 * makes the result the same on every machine. Nodes on or below a cycle are left out: find that with findCycle first.
 */
export function sortTopologically(graph: Graph): readonly string[] {
  const waiting = new Map<string, number>();
  for (const [id, parents] of graph.parents) waiting.set(id, parents.length);
  const order = [...graph.parents.keys()].filter((id) => waiting.get(id) === 0);
  for (let at = 0; at < order.length; at += 1) {
    for (const child of graph.children.get(order[at] ?? '') ?? []) {
      const left = (waiting.get(child) ?? 0) - 1;
      waiting.set(child, left);
      if (left === 0) order.push(child);
    }
  }
  return order;
}

/**
 * The longest way from each node to an end of the graph, its own weight included: what starts first when several
 * nodes are free. `weigh` gives a node's cost, for instance its seconds in the last run; by default all cost 1.
 */
export function measureCriticalPaths(
  graph: Graph,
  weigh: (id: string) => number = () => 1,
): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  const order = sortTopologically(graph);
  for (let at = order.length - 1; at >= 0; at -= 1) {
    const id = order[at] ?? '';
    let longest = 0;
    for (const child of graph.children.get(id) ?? []) longest = Math.max(longest, lengths.get(child) ?? 0);
    lengths.set(id, longest + weigh(id));
  }
  return lengths;
}

/** Everything that depends on the nodes, directly or not, without the nodes themselves unless they do. */
export function findDescendants(graph: Graph, ids: Iterable<string>, depth = Number.POSITIVE_INFINITY): Set<string> {
  return spread(graph.children, ids, depth);
}

/** Everything the nodes depend on, directly or not, without the nodes themselves unless they do. */
export function findAncestors(graph: Graph, ids: Iterable<string>, depth = Number.POSITIVE_INFINITY): Set<string> {
  return spread(graph.parents, ids, depth);
}

function spread(edges: ReadonlyMap<string, readonly string[]>, ids: Iterable<string>, depth: number): Set<string> {
  const found = new Set<string>();
  let layer: readonly string[] = [...ids];
  for (let step = 0; step < depth && layer.length > 0; step += 1) {
    const next: string[] = [];
    for (const id of layer) {
      for (const neighbour of edges.get(id) ?? []) {
        if (found.has(neighbour)) continue;
        found.add(neighbour);
        next.push(neighbour);
      }
    }
    layer = next;
  }
  return found;
}
