import type { Expression } from '../syntax/nodes.ts';

/** Filters that look at the template's variables, so that Jinja2 does not run them early. */
export const contextFilters: ReadonlySet<string> = new Set([
  'map',
  'select',
  'reject',
  'selectattr',
  'rejectattr',
  'random',
]);

/** Whether computing the expression certainly meets a variable or a call. */
export function needsContext(node: Expression): boolean {
  switch (node.typename) {
    case 'Name':
    case 'Call':
      return true;
    case 'Or':
    case 'And':
      return needsContext(node.left);
    case 'Conditional':
      return needsContext(node.condition);
    case 'Filter':
      return contextFilters.has(node.name) || listChildren(node).some(needsContext);
    default:
      return listChildren(node).some(needsContext);
  }
}

/** The expressions directly under a node. */
export function listChildren(node: object): Expression[] {
  const children: Expression[] = [];
  for (const child of Object.values(node)) {
    if (typeof child !== 'object' || child === null) continue;
    if ('typename' in child) children.push(child as Expression);
    else children.push(...listChildren(child));
  }
  return children;
}
