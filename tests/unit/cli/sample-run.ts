import { chooseColors } from '../../../orchestrator/cli/colors.ts';
import { blankConfig, blankNode } from '../../../orchestrator/manifest/blank-node.ts';
import type { Node } from '../../../orchestrator/manifest/node.ts';
import type { NodeResult, NodeStatus } from '../../../orchestrator/manifest/results.ts';

/** Colours that change nothing. */
export const noColors = chooseColors({ noColor: true, useColors: false, env: {}, isTerminal: false });

/** A node of a project named shop, in schema main. */
export function createNode(type: Node['resource_type'], name: string, changes: Partial<Node> = {}): Node {
  return blankNode({
    unique_id: `${type}.shop.${name}`,
    name,
    resource_type: type,
    package_name: 'shop',
    path: `${name}.sql`,
    original_file_path: `models/${name}.sql`,
    fqn: ['shop', name],
    database: 'db',
    schema: 'main',
    relation_name: type === 'test' ? null : `"db"."main"."${name}"`,
    checksum: { name: 'sha256', checksum: '' },
    config: { ...blankConfig, materialized: 'table' },
    ...changes,
  });
}

/** How a node ended after 0.02 seconds. */
export function createResult(node: Node, status: NodeStatus, changes: Partial<NodeResult> = {}): NodeResult {
  return {
    uniqueId: node.unique_id,
    status,
    message: null,
    failures: null,
    executionTime: 0.02,
    threadId: 'Thread-1',
    timing: [],
    rowsAffected: null,
    compiledCode: null,
    compiledPath: null,
    relationName: null,
    ...changes,
  };
}
