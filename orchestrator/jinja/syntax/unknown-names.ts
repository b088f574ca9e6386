import type { FilterNode, TestNode } from './nodes.ts';

/** Statements whose bodies are on their own: a condition around them does not excuse an unknown name in them. */
const separateBodies: ReadonlySet<string> = new Set(['For', 'Macro', 'CallBlock', 'FilterBlock', 'SetBlock', 'With']);

/**
 * Of some filters and tests that do not exist, the first that stands outside of all conditions. Inside of one it may
 * never be reached, since a template can ask for a filter before using it, so it fails only when it runs.
 */
export function findUnconditional(
  root: object,
  unknown: readonly (FilterNode | TestNode)[],
): FilterNode | TestNode | undefined {
  const wanted = new Set<object>(unknown);
  return search(root, false, wanted);
}

function search(node: object, isConditional: boolean, wanted: ReadonlySet<object>): FilterNode | TestNode | undefined {
  if (wanted.has(node) && !isConditional) return node as FilterNode | TestNode;
  const type = 'typename' in node ? node.typename : undefined;
  for (const [key, child] of Object.entries(node)) {
    if (typeof child !== 'object' || child === null) continue;
    const found = search(child, isChildConditional(String(type), key, isConditional), wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isChildConditional(type: string, key: string, isConditional: boolean): boolean {
  if (type === 'If' || type === 'Conditional') return true;
  return isConditional && !(separateBodies.has(type) && (key === 'body' || key === 'caller' || key === 'otherwise'));
}
