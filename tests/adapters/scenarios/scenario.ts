import type { RelationType } from '../../../orchestrator/manifest/relation.ts';
import type { CellValue, NodeStatus } from '../../../orchestrator/manifest/results.ts';

/** Texts of files by their path in the project. */
export type Files = Readonly<Record<string, string>>;

export type Rows = readonly (readonly CellValue[])[];

/** A small dbt project and what its commands must leave, on every warehouse. */
export interface Scenario {
  /** What is shown, as a sentence without a full stop: a row of the table in docs/warehouses.md. */
  readonly name: string;
  readonly files: Files;
  /** Keys of dbt_project.yml beside its name. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly steps: readonly Step[];
}

/** One command and what is true when it ended. What is not mentioned is not compared. */
export interface Step {
  /** Command and flags; in single quotes what has spaces. */
  readonly run: string;
  readonly vars?: Readonly<Record<string, unknown>>;
  /** Files written before the command. */
  readonly files?: Files;
  /** Stops the command in order, as Ctrl-C does, while its first statement runs. */
  readonly interrupt?: boolean;
  /** 0 where it is left out. */
  readonly exit?: number;
  /** How every node of the run ended, by name. */
  readonly statuses?: Readonly<Record<string, NodeStatus>>;
  /** Rows by the name of a model, seed, test or source, in any order. */
  readonly rows?: Readonly<Record<string, Rows>>;
  /** Names of columns, in order; case counts where one has upper case. */
  readonly columns?: Readonly<Record<string, readonly string[]>>;
  /** Everything that stands in the schema of the target. Case does not count. */
  readonly relations?: Readonly<Record<string, RelationType>>;
  /** What the command says, in parts; case does not count. */
  readonly says?: readonly string[];
}

/** Scenarios that show sides of one thing. */
export interface Theme {
  readonly title: string;
  /** Each scenario is one model that reads no other: one command builds them all, which takes a fraction of the time. */
  readonly isBuiltTogether?: boolean;
  readonly scenarios: readonly Scenario[];
}

/** A query of constants in every warehouse's SQL: one row per list, columns by name. */
export function rowsOf(columns: readonly string[], ...rows: readonly (readonly string[])[]): string {
  const selects = rows.map((row) => `select ${row.map((sql, at) => `${sql} as ${columns[at]}`).join(', ')}`);
  return `${selects.join('\nunion all ')}\n`;
}

/** Types in YAML, where no macro tells them. */
export const yamlTypes = {
  string: "{{ {'bigquery': 'string'}.get(target.type, 'varchar') }}",
  bigint: "{{ {'bigquery': 'int64'}.get(target.type, 'bigint') }}",
  integer: "{{ {'bigquery': 'int64'}.get(target.type, 'integer') }}",
  float: "{{ {'bigquery': 'float64', 'snowflake': 'float'}.get(target.type, 'double precision') }}",
} as const;
