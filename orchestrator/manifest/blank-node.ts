import type { Node, NodeConfig } from './node.ts';

/** Settings that say nothing: what a node has before anybody configures it. */
export const blankConfig: NodeConfig = {
  enabled: true,
  materialized: 'view',
  alias: null,
  schema: null,
  database: null,
  tags: [],
  meta: {},
  'pre-hook': [],
  'post-hook': [],
};

/** What every node must say of itself. */
export type NodeIdentity = Pick<
  Node,
  | 'resource_type'
  | 'unique_id'
  | 'name'
  | 'package_name'
  | 'path'
  | 'original_file_path'
  | 'fqn'
  | 'database'
  | 'schema'
>;

/** A node without text, settings or dependencies, for nodes that no file describes. */
export function blankNode(identity: NodeIdentity & Partial<Node>): Node {
  return {
    alias: identity.name,
    relation_name: null,
    checksum: { name: 'none', checksum: '' },
    config: blankConfig,
    unrendered_config: {},
    description: '',
    columns: {},
    meta: {},
    tags: [],
    raw_code: '',
    language: 'sql',
    refs: [],
    sources: [],
    depends_on: { nodes: [], macros: [] },
    patch_path: null,
    line: 1,
    constraints: [],
    contract: { enforced: false },
    ...identity,
  };
}
