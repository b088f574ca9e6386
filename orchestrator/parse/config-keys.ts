import type { ExecutableType } from '../manifest/node.ts';
import { scoreConfigKeys } from '../manifest/score-keys.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const COMMON = words('enabled alias schema database tags meta group static_analysis event_time');

const RELATIONAL = words(`
  materialized persist_docs pre-hook post-hook pre_hook post_hook quoting column_types full_refresh unique_key
  on_schema_change on_configuration_change grants packages docs contract sql_header incremental_strategy
  incremental_predicates predicates merge_update_columns merge_exclude_columns batch_size lookback begin
  concurrent_batches access freshness project
`);

/** Settings that dbt's adapters read; a project that serves several warehouses may set them all. */
const ADAPTERS = words(`
  unlogged indexes
  location format options glue_register glue_database delimiter partitioned_by sorted_by plugin
  overwrite_location external_location
  partition_by cluster_by labels resource_tags hours_to_expiration kms_key_name require_partition_filter
  partition_expiration_days grant_access_to enable_refresh refresh_interval_minutes max_staleness
  allow_non_incremental_definition partitions copy_partitions change_history
  transient automatic_clustering query_tag copy_grants secure target_lag snowflake_warehouse refresh_mode initialize
  tmp_relation_type table_format external_volume base_location_root base_location_subpath row_access_policy table_tag
  catalog catalog_name
  dist sort sort_type bind auto_refresh backup
  file_format location_root buckets clustered_by tblproperties liquid_clustered_by databricks_tags
  s3_data_dir s3_data_naming table_type partitioned_by_spec bucket_count bucketed_by engine order_by primary_key
`);

const SNAPSHOT = words(`
  strategy updated_at check_cols target_schema target_database invalidate_hard_deletes hard_deletes
  snapshot_meta_column_names dbt_valid_to_current
`);

const TEST = words('severity store_failures store_failures_as where limit fail_calc warn_if error_if sql_header');

const SOURCE = words(
  'enabled meta tags freshness loaded_at_field loaded_at_query event_time static_analysis external_location formatter plugin',
);

export type ConfigKind = ExecutableType | 'source' | 'exposure';

const RELATIONAL_KEYS = new Set([...COMMON, ...RELATIONAL, ...ADAPTERS, ...scoreConfigKeys, 'refit']);

const KNOWN: Readonly<Record<ConfigKind, ReadonlySet<string>>> = {
  model: RELATIONAL_KEYS,
  analysis: RELATIONAL_KEYS,
  operation: RELATIONAL_KEYS,
  seed: new Set([...RELATIONAL_KEYS, 'delimiter', 'quote_columns']),
  snapshot: new Set([...RELATIONAL_KEYS, ...SNAPSHOT]),
  test: new Set([...COMMON, ...TEST, 'materialized']),
  source: new Set(SOURCE),
  exposure: new Set(['enabled', 'meta', 'tags']),
};

/** The settings known for a kind of node. */
export function knownConfigKeys(kind: ConfigKind): ReadonlySet<string> {
  return KNOWN[kind];
}

/**
 * Settings of the project's own that its templates read by name: `config.get('x')` makes `x` known, so that a
 * project may keep settings for its macros.
 */
export function collectConfigReads(texts: Iterable<string>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of texts) {
    if (!text.includes('config')) continue;
    for (const match of text.matchAll(/\bconfig\s*\.\s*(?:get|require)\s*\(\s*['"]([\w-]+)['"]/g)) {
      if (match[1] !== undefined) names.add(match[1]);
    }
    for (const match of text.matchAll(/\bconfig\s*\.\s*get\(\s*name\s*=\s*['"]([\w-]+)['"]/g)) {
      if (match[1] !== undefined) names.add(match[1]);
    }
  }
  return names;
}
