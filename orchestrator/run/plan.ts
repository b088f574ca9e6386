import { buildGraph, type Graph, subgraph } from '../graph/graph.ts';
import { findAncestors, findDescendants, measureCriticalPaths } from '../graph/order.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Node } from '../manifest/node.ts';

/** What is run together. */
export type RunCommand = 'build' | 'run' | 'test' | 'seed' | 'compile';

/** One unit of work: a node with the tests that audit it, or a test on its own. */
export interface PlannedJob {
  readonly node: Node;
  /** Tests that read the node before it is published. */
  readonly audits: readonly Node[];
}

/** Everything a run does, in which order it must and should go. Keys are unique ids. */
export interface RunPlan {
  readonly jobs: ReadonlyMap<string, PlannedJob>;
  readonly graph: Graph;
  /** Length of the longest way to an end: the longest goes first. */
  readonly priorities: ReadonlyMap<string, number>;
  /** Nodes and tests that will have a result. */
  readonly total: number;
}

export interface PlanOptions {
  readonly manifest: Manifest;
  readonly selection: ReadonlySet<string>;
  readonly command: RunCommand;
  /** All seeds before everything else: the run's as_of_date is read from them. */
  readonly seedsFirst?: boolean;
}

/** Plans a run. It depends on the project and the selection only, so any number of threads gives the same results. */
export function planRun(options: PlanOptions): RunPlan {
  const { manifest, selection, command } = options;
  const chosen = Object.values(manifest.nodes).filter((node) => selection.has(node.unique_id) && isRun(node, command));
  const nodes = chosen.filter((node) => node.resource_type !== 'test');
  const tests = chosen.filter((node) => node.resource_type === 'test');
  const whole = buildGraph(manifest);
  const among = subgraph(whole, new Set(chosen.map((node) => node.unique_id)));
  const placement = placeTests({ manifest, whole, among }, command === 'build' ? tests : []);
  const alone = tests.filter((test) => !placement.audited.has(test.unique_id));
  const jobs = new Map<string, PlannedJob>();
  for (const node of nodes) jobs.set(node.unique_id, { node, audits: placement.audits.get(node.unique_id) ?? [] });
  for (const node of alone) jobs.set(node.unique_id, { node, audits: [] });
  const parents = new Map<string, Set<string>>();
  for (const id of jobs.keys()) parents.set(id, new Set(among.parents.get(id)));
  if (command === 'build') addTestEdges({ whole, parents, nodes, tests: alone });
  if (options.seedsFirst === true) addSeedEdges(nodes, parents);
  const graph = finishGraph(parents);
  return { jobs, graph, priorities: measureCriticalPaths(graph), total: chosen.length };
}

/** Which node types a command runs. Ephemeral models live in the queries that read them. */
function isRun(node: Node, command: RunCommand): boolean {
  const type = node.resource_type;
  if (type === 'model' && node.config.materialized === 'ephemeral') return command === 'compile';
  switch (command) {
    case 'build':
      return type === 'model' || type === 'seed' || type === 'snapshot' || type === 'test';
    case 'run':
      return type === 'model';
    case 'seed':
      return type === 'seed';
    case 'test':
      return type === 'test';
    case 'compile':
      return type === 'model' || type === 'test' || type === 'analysis';
  }
  return command satisfies never;
}

interface Graphs {
  readonly manifest: Manifest;
  readonly whole: Graph;
  readonly among: Graph;
}

interface Placement {
  readonly audits: ReadonlyMap<string, readonly Node[]>;
  readonly audited: ReadonlySet<string>;
}

/**
 * A test audits the node that completes its inputs: one of them, with all the others upstream of it. A test between
 * siblings has none and runs by itself after them.
 */
function placeTests(graphs: Graphs, tests: readonly Node[]): Placement {
  const audits = new Map<string, Node[]>();
  const audited = new Set<string>();
  for (const test of tests) {
    const node = completingNode(graphs, test);
    if (node === undefined) continue;
    audited.add(test.unique_id);
    const list = audits.get(node);
    if (list === undefined) audits.set(node, [test]);
    else list.push(test);
  }
  return { audits, audited };
}

function completingNode({ manifest, among }: Graphs, test: Node): string | undefined {
  const awaited = among.parents.get(test.unique_id) ?? [];
  const direct = readsDirectly(manifest, test);
  const candidates = awaited.filter((id) => direct.has(id));
  if (awaited.length === 1) return candidates[0];
  return candidates.find((id) => {
    const upstream = findAncestors(among, [id]);
    return awaited.every((other) => other === id || upstream.has(other));
  });
}

/** What a query reads itself: ephemeral models are part of it, views and tables are not. */
function readsDirectly(manifest: Manifest, node: Node): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...node.depends_on.nodes];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    const parent = manifest.nodes[id];
    if (parent?.config.materialized === 'ephemeral') pending.push(...parent.depends_on.nodes);
  }
  return found;
}

interface TestEdges {
  readonly whole: Graph;
  readonly parents: Map<string, Set<string>>;
  readonly nodes: readonly Node[];
  readonly tests: readonly Node[];
}

/**
 * What lies downstream of all inputs of a test waits for it. Reading only some of them is not enough: two tests could
 * then wait for each other's nodes.
 */
function addTestEdges({ whole, parents, nodes, tests }: TestEdges): void {
  const ids = new Set(nodes.map((node) => node.unique_id));
  const below = new Map<string, ReadonlySet<string>>();
  const descend = (id: string): ReadonlySet<string> => {
    const known = below.get(id) ?? findDescendants(whole, [id]);
    below.set(id, known);
    return known;
  };
  for (const test of tests) {
    const [first, ...others] = (whole.parents.get(test.unique_id) ?? []).map(descend);
    const waiting = [...(first ?? [])].filter((id) => ids.has(id) && others.every((set) => set.has(id)));
    const all = new Set(waiting);
    for (const id of waiting) {
      const own = parents.get(id);
      if (own !== undefined && ![...own].some((parent) => all.has(parent))) own.add(test.unique_id);
    }
  }
}

function addSeedEdges(nodes: readonly Node[], parents: Map<string, Set<string>>): void {
  const seeds = nodes.filter((node) => node.resource_type === 'seed').map((node) => node.unique_id);
  const isSeed = new Set(seeds);
  for (const [id, own] of parents) {
    if (isSeed.has(id)) continue;
    for (const seed of seeds) own.add(seed);
  }
}

function finishGraph(parents: ReadonlyMap<string, ReadonlySet<string>>): Graph {
  const lists = new Map<string, readonly string[]>();
  const children = new Map<string, string[]>();
  for (const id of parents.keys()) children.set(id, []);
  for (const [id, own] of parents) {
    // An audited test is no job of its own: its node stands for it.
    const known = [...own].filter((parent) => parents.has(parent));
    lists.set(id, known);
    for (const parent of known) children.get(parent)?.push(id);
  }
  return { parents: lists, children };
}
