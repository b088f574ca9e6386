import type { TreeKind } from '../config/project-file.ts';
import type { ExecutableType, Hook, NodeConfig } from '../manifest/node.ts';
import { listOf, mergeLayer, toHooks } from './config-merge.ts';
import type { ConfigLayer } from './config-tree.ts';
import type { ParseContext } from './parse-context.ts';

/** Who a setting is looked up for. */
export interface ConfigOwner {
  readonly packageName: string;
  readonly type: ExecutableType;
  readonly fqn: readonly string[];
}

// Shared by all nodes: manifests of thousands of nodes would hold as many empty lists otherwise.
const NO_HOOKS: readonly Hook[] = Object.freeze([]);
const NO_TEXTS: readonly string[] = Object.freeze([]);
const EMPTY = Object.freeze({});
const DOCS = Object.freeze({ show: true, node_color: null });
const CONTRACT = Object.freeze({ enforced: false, alias_types: true });

const COMMON = {
  enabled: true,
  alias: null,
  schema: null,
  database: null,
  tags: NO_TEXTS,
  meta: EMPTY,
  group: null,
  static_analysis: null,
};

const RELATIONAL = {
  ...COMMON,
  materialized: 'view',
  incremental_strategy: null,
  batch_size: null,
  lookback: 1,
  begin: null,
  persist_docs: EMPTY,
  'post-hook': NO_HOOKS,
  'pre-hook': NO_HOOKS,
  quoting: EMPTY,
  column_types: EMPTY,
  full_refresh: null,
  unique_key: null,
  on_schema_change: 'ignore',
  on_configuration_change: 'apply',
  grants: EMPTY,
  packages: NO_TEXTS,
  docs: DOCS,
  contract: CONTRACT,
  event_time: null,
  concurrent_batches: null,
};

const TEST = {
  ...COMMON,
  schema: 'dbt_test__audit',
  materialized: 'test',
  severity: 'ERROR',
  store_failures: null,
  store_failures_as: null,
  where: null,
  limit: null,
  fail_calc: 'count(*)',
  warn_if: '!= 0',
  error_if: '!= 0',
};

const DEFAULTS: Readonly<Record<ExecutableType, Readonly<Record<string, unknown>>>> = {
  model: { ...RELATIONAL, access: 'protected', freshness: null },
  analysis: RELATIONAL,
  operation: RELATIONAL,
  seed: { ...RELATIONAL, materialized: 'seed', delimiter: ',', quote_columns: null },
  snapshot: {
    ...RELATIONAL,
    materialized: 'snapshot',
    strategy: null,
    target_schema: null,
    target_database: null,
    updated_at: null,
    dbt_valid_to_current: null,
    snapshot_meta_column_names: EMPTY,
  },
  test: TEST,
};

const TREES: Readonly<Record<ExecutableType, TreeKind>> = {
  model: 'models',
  analysis: 'models',
  operation: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  test: 'tests',
};

/** The layers a node's own files give: properties YAML, then config() calls in order. */
export interface OwnLayers {
  readonly yaml: ConfigLayer;
  readonly calls: readonly ConfigLayer[];
}

/** Merges a node's settings in dbt's order of precedence. */
export function resolveConfig(context: ParseContext, owner: ConfigOwner, own: OwnLayers): NodeConfig {
  const { packageName, fqn, type } = owner;
  const merged: Record<string, unknown> = { ...DEFAULTS[type] };
  const tree = TREES[type];
  for (const layer of context.trees.ownLayers(packageName, tree, fqn)) mergeLayer(merged, layer);
  mergeLayer(merged, own.yaml);
  for (const layer of own.calls) mergeLayer(merged, layer);
  for (const layer of context.trees.rootLayers(packageName, tree, fqn)) mergeLayer(merged, layer);
  return finish(merged, type);
}

function finish(merged: Record<string, unknown>, type: ExecutableType): NodeConfig {
  if (type === 'test') finishTest(merged);
  else {
    for (const key of ['pre-hook', 'post-hook'] as const) {
      if (merged[key] !== NO_HOOKS) merged[key] = toHooks(merged[key]);
    }
  }
  if (merged['tags'] !== NO_TEXTS) merged['tags'] = listOf(merged['tags']).map(String);
  for (const key of ['enabled', 'meta', 'materialized'] as const) merged[key] ??= DEFAULTS[type][key];
  return merged as unknown as NodeConfig;
}

/** `store_failures_as` decides over `store_failures`, and each gives the other where it is not set. */
function finishTest(merged: Record<string, unknown>): void {
  const as = merged['store_failures_as'];
  if (as === null || as === undefined) {
    const store = merged['store_failures'];
    merged['store_failures_as'] = store === true ? 'table' : store === false ? 'ephemeral' : null;
  } else merged['store_failures'] = as !== 'ephemeral';
}
