import { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import { isUnsayable } from './snowflake-names.ts';

const flags = ['transient', 'copy_grants', 'secure', 'automatic_clustering'] as const;

/** What a node's settings say about its table or view. */
export interface SnowflakeSettings {
  readonly isTransient: boolean;
  readonly copiesGrants: boolean;
  readonly isSecure: boolean;
  /** Columns or expressions, as SQL. */
  readonly clusterBy: readonly string[];
}

/** Reads the settings of a node; without one a table is as Snowflake makes it by itself. */
export function readSnowflakeSettings(node: Node | undefined): SnowflakeSettings {
  const config: Readonly<Record<string, unknown>> = node?.config ?? {};
  return {
    // dbt's default: a table that can be built again needs no copies for disasters.
    isTransient: node !== undefined && (config['transient'] ?? true) === true,
    copiesGrants: config['copy_grants'] === true,
    isSecure: config['secure'] === true,
    clusterBy: readExpressions(config['cluster_by']),
  };
}

/** Throws `config-invalid` for settings that Snowflake would take otherwise than they are meant. */
export function checkSnowflakeSettings(node: Node): void {
  const { config } = node;
  for (const key of flags) {
    const value = config[key] ?? null;
    if (value !== null && typeof value !== 'boolean') throw invalid(node, `config ${key} must be true or false`);
  }
  checkTexts(node);
  if (node.relation_name !== null && isUnsayable(node.relation_name)) {
    throw invalid(
      node,
      `the relation ${node.relation_name} has a name in quotes and lower case`,
      'Take "quoting" away, or write the name in upper case: models are built under names that need no quotes.',
    );
  }
  const predicates = config['incremental_predicates'] ?? config['predicates'] ?? null;
  if (config['incremental_strategy'] === 'insert_overwrite' && predicates !== null) {
    throw invalid(
      node,
      'insert_overwrite replaces the whole table, so incremental_predicates cannot narrow it',
      'Use delete+insert or merge to replace a part of the rows.',
    );
  }
}

function checkTexts(node: Node): void {
  const clusterBy = node.config['cluster_by'] ?? null;
  const isList = Array.isArray(clusterBy) && clusterBy.every((item) => typeof item === 'string');
  if (clusterBy !== null && typeof clusterBy !== 'string' && !isList) {
    throw invalid(node, 'config cluster_by must be a column or a list of columns');
  }
  const tag = node.config['query_tag'] ?? null;
  if (tag !== null && typeof tag !== 'string') throw invalid(node, 'config query_tag must be a text');
}

function readExpressions(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : [];
}

function invalid(node: Node, what: string, hint?: string): StrataError {
  const place = { file: node.original_file_path };
  return new StrataError('config-invalid', `${node.name}: ${what}.`, place, hint === undefined ? {} : { hint });
}
