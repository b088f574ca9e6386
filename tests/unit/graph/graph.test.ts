import { describe, expect, it } from 'vitest';
import { findCycle, formatCycle } from '../../../orchestrator/graph/cycle.ts';
import { type Graph, subgraph } from '../../../orchestrator/graph/graph.ts';
import {
  findAncestors,
  findDescendants,
  measureCriticalPaths,
  sortTopologically,
} from '../../../orchestrator/graph/order.ts';

/** A graph from `child < parent parent` lines. */
function graphOf(...lines: readonly string[]): Graph {
  const parents = new Map(lines.map((line) => readLine(line)));
  const children = new Map<string, string[]>([...parents.keys()].map((id) => [id, []]));
  for (const [id, own] of parents) for (const parent of own) children.get(parent)?.push(id);
  return { parents, children };
}

function readLine(line: string): readonly [string, readonly string[]] {
  const [child = '', rest = ''] = line.split('<').map((part) => part.trim());
  return [child, rest.split(' ').filter((name) => name !== '')];
}

const diamond = graphOf('d < b c', 'a', 'b < a', 'c < a', 'e < d', 'lone');

describe('findCycle', () => {
  it('finds none in a diamond', () => {
    expect(findCycle(diamond)).toBeUndefined();
  });

  it('gives the ids on the cycle in the order data flows, without those that only lead to it', () => {
    expect(findCycle(graphOf('x < c', 'a < c y', 'b < a', 'c < b', 'y'))).toEqual(['c', 'a', 'b', 'c']);
  });

  it('finds a node that reads itself', () => {
    expect(findCycle(graphOf('a < a'))).toEqual(['a', 'a']);
  });

  it('walks a chain of 50,000 nodes', () => {
    const lines = Array.from({ length: 50_000 }, (_, at) => `n${at} < n${at + 1}`);
    expect(findCycle(graphOf(...lines, 'n50000'))).toBeUndefined();
  });

  it('is printed by names', () => {
    expect(formatCycle(['model.shop.a', 'model.shop.b.v2', 'model.shop.a'])).toBe('a -> b.v2 -> a');
  });
});

describe('sortTopologically', () => {
  it('puts parents first and keeps the order of the graph otherwise', () => {
    expect(sortTopologically(diamond)).toEqual(['a', 'lone', 'b', 'c', 'd', 'e']);
  });

  it('leaves out what is on or below a cycle', () => {
    expect(sortTopologically(graphOf('a', 'b < a c', 'c < b', 'd < c'))).toEqual(['a']);
  });
});

describe('measureCriticalPaths', () => {
  it('counts the nodes to the farthest end', () => {
    expect(Object.fromEntries(measureCriticalPaths(diamond))).toEqual({ a: 4, b: 3, c: 3, d: 2, e: 1, lone: 1 });
  });

  it('weighs nodes', () => {
    const lengths = measureCriticalPaths(diamond, (id) => (id === 'c' ? 10 : 1));
    expect(Object.fromEntries(lengths)).toEqual({ a: 13, b: 3, c: 12, d: 2, e: 1, lone: 1 });
  });
});

describe('subgraph', () => {
  it('keeps the way through nodes left out as one edge', () => {
    const { parents, children } = subgraph(diamond, new Set(['a', 'c', 'e']));
    expect(Object.fromEntries(parents)).toEqual({ a: [], c: ['a'], e: ['c', 'a'] });
    expect(Object.fromEntries(children)).toEqual({ a: ['c', 'e'], c: ['e'], e: [] });
  });

  it('joins nodes over a long way of others', () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `n${at} < n${at + 1}`);
    const { parents } = subgraph(graphOf(...lines, 'n20000'), new Set(['n0', 'n20000']));
    expect(parents.get('n0')).toEqual(['n20000']);
  });
});

describe('findAncestors and findDescendants', () => {
  it('reach as many generations as asked', () => {
    expect([...findAncestors(diamond, ['e'], 2)].sort()).toEqual(['b', 'c', 'd']);
    expect([...findAncestors(diamond, ['e'])].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect([...findDescendants(diamond, ['a'], 1)].sort()).toEqual(['b', 'c']);
    expect([...findDescendants(diamond, ['a'], 0)]).toEqual([]);
  });

  it('count a starting node only when it is related to another', () => {
    expect([...findDescendants(diamond, ['b', 'd'])].sort()).toEqual(['d', 'e']);
  });
});
