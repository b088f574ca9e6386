import type { Graph } from './graph.ts';

/**
 * One cycle of a graph: the ids on it in the order data flows, the first repeated at the end; undefined when there is none.
 * Takes the parents only, so that a project can be checked before its graph is complete.
 */
export function findCycle(graph: Pick<Graph, 'parents'>): readonly string[] | undefined {
  const done = new Set<string>();
  for (const root of graph.parents.keys()) {
    const cycle = done.has(root) ? undefined : walkUp(graph, root, done);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

/** The cycle as a message shows it: `a -> b -> a`, by name where the id carries one. */
export function formatCycle(cycle: readonly string[]): string {
  return cycle.map(shortName).join(' -> ');
}

/** Depth first with an own stack: chains of thousands of models must not exhaust the call stack. */
function walkUp(graph: Pick<Graph, 'parents'>, root: string, done: Set<string>): readonly string[] | undefined {
  const path: { readonly id: string; next: number }[] = [{ id: root, next: 0 }];
  const onPath = new Set([root]);
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const parent = graph.parents.get(top.id)?.[top.next];
    top.next += 1;
    if (parent === undefined) {
      path.pop();
      onPath.delete(top.id);
      done.add(top.id);
    } else if (onPath.has(parent)) {
      const ids = path.map((step) => step.id);
      return [parent, ...ids.slice(ids.indexOf(parent)).reverse()];
    } else if (!done.has(parent)) {
      path.push({ id: parent, next: 0 });
      onPath.add(parent);
    }
  }
  return undefined;
}

function shortName(uniqueId: string): string {
  const [type, , ...name] = uniqueId.split('.');
  return name.length === 0 || type === undefined ? uniqueId : name.join('.');
}
