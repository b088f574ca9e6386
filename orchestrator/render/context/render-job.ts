import type { JsonObject } from '../../manifest/json.ts';
import type { Node, RefArgs } from '../../manifest/node.ts';
import type { RenderProject } from '../project.ts';
import type { RelationValue } from '../values/relation-value.ts';

/** What a template may know of the node it belongs to, while parsing and later. */
export type RenderNode = Pick<
  Node,
  | 'unique_id'
  | 'name'
  | 'package_name'
  | 'resource_type'
  | 'original_file_path'
  | 'database'
  | 'schema'
  | 'alias'
  | 'line'
> &
  Partial<Pick<Node, 'test_metadata' | 'column_name'>> & {
    /** Settings known so far, by dbt's key. */
    readonly config: Readonly<Record<string, unknown>>;
  };

/** How names become relations: while parsing they are recorded, later they are looked up. */
export interface Resolver {
  /** Relation of a ref(); throws `ref-not-found`. */
  ref(ref: RefArgs): RelationValue;
  /** Relation of a source(); throws `source-not-found`. */
  source(sourceName: string, tableName: string): RelationValue;
  /** Called for config(…) with its keyword arguments. */
  recordConfig(values: Readonly<Record<string, unknown>>): void;
  /** The node as the manifest has it, for `model`. */
  describeModel(): JsonObject;
  /** The manifest, for `graph`. */
  describeGraph(): JsonObject;
  /** Unique ids of the selected resources. */
  selectedResources(): readonly string[];
}

/** One node being rendered. */
export interface RenderJob {
  readonly project: RenderProject;
  readonly node: RenderNode;
  /** dbt's `execute`: whether the warehouse may be asked. */
  readonly execute: boolean;
  readonly resolver: Resolver;
  /** More names for this job only: hooks' `results`, a test's `_dbt_generic_test_kwargs`. */
  readonly extra: Readonly<Record<string, unknown>>;
}
