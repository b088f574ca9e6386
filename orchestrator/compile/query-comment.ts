import { parseTemplate, runSync } from '../jinja/template.ts';
import type { Json } from '../manifest/json.ts';
import type { Node } from '../manifest/node.ts';
import { NodeScope } from '../render/context/node-scope.ts';
import type { CompileEnv, QueryComment } from './compile-env.ts';
import { NodeResolver } from './node-resolver.ts';

/** A comment as it stands in a statement. */
export interface RenderedComment {
  /** Delimiters included. */
  readonly text: string;
  readonly append: boolean;
}

/** Reads the setting; null where it is left out or empty. */
export function readQueryComment(setting: Json): QueryComment | null {
  if (typeof setting === 'string') return setting.trim() === '' ? null : { template: setting, append: false };
  if (setting === null || typeof setting !== 'object' || Array.isArray(setting)) return null;
  const { comment, append } = setting as { readonly comment?: unknown; readonly append?: unknown };
  return typeof comment === 'string' && comment.trim() !== '' ? { template: comment, append: append === true } : null;
}

/** The comment of a node's statements. In the template `node` is the node; the warehouse cannot be asked. */
export function renderQueryComment(comment: QueryComment, node: Node, env: CompileEnv): RenderedComment {
  const resolver = new NodeResolver(node, env);
  const extra = { node, connection_name: node.unique_id };
  const scope = new NodeScope({ project: env.project, node, execute: false, resolver, extra });
  const template = parseTemplate(comment.template, { file: 'dbt_project.yml' });
  const text = runSync(template.start(scope.scope, scope.state)).trim();
  // A comment that ends itself would let the rest run as SQL.
  return { text: `/* ${text.replaceAll('*/', '* /')} */`, append: comment.append };
}
