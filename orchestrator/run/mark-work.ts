import type { Node } from '../manifest/node.ts';
import type { RunContext } from './run-context.ts';
import type { Worker } from './worker.ts';

/**
 * Marks the statements that follow as done for a node: by the query comment, and where the warehouse's own logs keep
 * that. Throws where the template of the comment fails.
 */
export async function markWork(node: Node, worker: Worker, { options }: RunContext): Promise<void> {
  worker.comment(options.compiler.queryComment(node));
  const mark = node.config['query_tag'];
  await worker.session.tag?.({
    invocationId: options.invocation.id,
    node: node.unique_id,
    mark: typeof mark === 'string' ? mark : null,
  });
}
