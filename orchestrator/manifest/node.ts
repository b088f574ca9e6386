import type { Json, JsonObject } from './json.ts';

// Manifest types carry dbt's own published field names (manifest.json v12): the same objects are written to
// manifest.json, shown to templates as `model` and `graph`, and kept in the parse cache, without conversion.

export type ExecutableType = 'model' | 'seed' | 'snapshot' | 'test' | 'analysis' | 'operation';
export type ResourceType = ExecutableType | 'source' | 'exposure' | 'macro';

export interface Checksum {
  readonly name: 'sha256' | 'none';
  readonly checksum: string;
}

export interface ColumnInfo {
  readonly name: string;
  readonly description: string;
  readonly data_type: string | null;
  readonly quote: boolean | null;
  readonly meta: JsonObject;
  readonly tags: readonly string[];
  readonly constraints: readonly Constraint[];
}

export interface Constraint {
  readonly type: 'check' | 'not_null' | 'unique' | 'primary_key' | 'foreign_key' | 'custom';
  readonly name?: string | null;
  readonly expression?: string | null;
  readonly columns?: readonly string[];
  readonly to?: string | null;
  readonly to_columns?: readonly string[];
  /** Whether to be told where a warehouse keeps it without enforcing it, or does not know it. */
  readonly warn_unenforced?: boolean;
  readonly warn_unsupported?: boolean;
}

export interface Hook {
  readonly sql: string;
  /** Inside the node's transaction (before_begin and after_commit hooks are outside). */
  readonly transaction: boolean;
  readonly index: number | null;
}

/** A node's settings after dbt's precedence: dbt_project.yml, then properties YAML, then config() in SQL. */
export interface NodeConfig {
  readonly enabled: boolean;
  readonly materialized: string;
  readonly alias: string | null;
  readonly schema: string | null;
  readonly database: string | null;
  readonly tags: readonly string[];
  readonly meta: JsonObject;
  readonly 'pre-hook': readonly Hook[];
  readonly 'post-hook': readonly Hook[];
  readonly [key: string]: unknown;
}

/** One ref() call as dbt records it. */
export interface RefArgs {
  readonly name: string;
  readonly package: string | null;
  readonly version: string | number | null;
}

export interface DependsOn {
  readonly nodes: readonly string[];
  readonly macros: readonly string[];
}

interface ResourceBase {
  readonly unique_id: string;
  readonly name: string;
  readonly package_name: string;
  /** Relative to the resource path it was found in (models/…). */
  readonly path: string;
  /** Relative to the project folder of its package. */
  readonly original_file_path: string;
  readonly fqn: readonly string[];
}

/** What runs: a model, seed, snapshot, test, analysis or hook operation. */
export interface Node extends ResourceBase {
  readonly resource_type: ExecutableType;
  readonly database: string;
  readonly schema: string;
  readonly alias: string;
  /** Quoted full name in the warehouse; null for tests, ephemeral models and operations. */
  readonly relation_name: string | null;
  readonly checksum: Checksum;
  readonly config: NodeConfig;
  readonly unrendered_config: JsonObject;
  readonly description: string;
  readonly columns: Readonly<Record<string, ColumnInfo>>;
  readonly meta: JsonObject;
  readonly tags: readonly string[];
  readonly raw_code: string;
  readonly language: 'sql';
  readonly refs: readonly RefArgs[];
  readonly sources: readonly (readonly [string, string])[];
  readonly depends_on: DependsOn;
  /** `package://path` of the properties file that describes it. */
  readonly patch_path: string | null;
  /** Line of raw_code's first line in original_file_path (1 but for blocks and YAML tests). */
  readonly line: number;
  readonly constraints: readonly Constraint[];
  readonly contract: { readonly enforced: boolean };
  /** Versioned models only. */
  readonly version?: string | number | null;
  /** The version that ref() without one means. */
  readonly latest_version?: string | number | null;
  /** Generic tests only. */
  readonly test_metadata?: TestMetadata;
  readonly column_name?: string | null;
  /** Unique id of the node a generic test is declared on. */
  readonly attached_node?: string | null;
  readonly file_key_name?: string | null;
}

export interface TestMetadata {
  readonly name: string;
  readonly namespace: string | null;
  readonly kwargs: JsonObject;
}

export interface SourceNode extends ResourceBase {
  readonly resource_type: 'source';
  readonly source_name: string;
  readonly source_description: string;
  readonly loader: string;
  readonly database: string;
  readonly schema: string;
  readonly identifier: string;
  readonly relation_name: string;
  readonly description: string;
  readonly columns: Readonly<Record<string, ColumnInfo>>;
  readonly meta: JsonObject;
  readonly source_meta: JsonObject;
  readonly tags: readonly string[];
  readonly config: { readonly enabled: boolean; readonly [key: string]: unknown };
  readonly unrendered_config: JsonObject;
  readonly loaded_at_field: string | null;
  readonly freshness: Json;
  readonly quoting: JsonObject;
  readonly line: number;
}

export interface Exposure extends ResourceBase {
  readonly resource_type: 'exposure';
  readonly type: string;
  readonly owner: { readonly email: string | null; readonly name: string | null };
  readonly label: string | null;
  readonly maturity: string | null;
  readonly url: string | null;
  readonly description: string;
  readonly meta: JsonObject;
  readonly tags: readonly string[];
  readonly config: { readonly enabled: boolean; readonly [key: string]: unknown };
  readonly refs: readonly RefArgs[];
  readonly sources: readonly (readonly [string, string])[];
  readonly depends_on: DependsOn;
  readonly line: number;
}

export interface MacroInfo {
  readonly unique_id: string;
  readonly resource_type: 'macro';
  readonly name: string;
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly macro_sql: string;
  /** Line of macro_sql's first line in original_file_path. */
  readonly line: number;
  readonly depends_on: { readonly macros: readonly string[] };
  readonly description: string;
  readonly meta: JsonObject;
  readonly arguments: readonly JsonObject[];
  readonly patch_path: string | null;
}

export interface DocBlock {
  readonly unique_id: string;
  readonly name: string;
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly block_contents: string;
}
