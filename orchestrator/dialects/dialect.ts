import type { Node } from '../manifest/node.ts';
import type { Column, Relation, RelationType } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';
import type { ConstraintSupport } from './constraint-support.ts';

/** Types every warehouse has under some name. `bigint` is 64-bit, `timestamp` has no time zone. */
export type LogicalType =
  | 'boolean'
  | 'integer'
  | 'bigint'
  | 'float'
  | 'numeric'
  | 'string'
  | 'date'
  | 'timestamp'
  | 'json';

/** One assignment list of a merge: which rows match and which columns change. */
export interface MergeSpec {
  readonly target: Relation;
  readonly source: Relation;
  readonly uniqueKey: readonly string[];
  /** Columns of the target that are inserted. */
  readonly columns: readonly string[];
  /** Columns updated where a row matches. */
  readonly updateColumns: readonly string[];
  /** Extra conditions on the match, with DBT_INTERNAL_DEST and DBT_INTERNAL_SOURCE as aliases. */
  readonly predicates: readonly string[];
}

/**
 * The SQL text of one warehouse: pure, never connects. Every difference between warehouses is a member here or a
 * `supportsX` flag; nothing else in the code asks which warehouse it talks to.
 */
export interface Dialect {
  /** The adapter type in profiles.yml and the prefix of dispatched macros: duckdb, postgres, … */
  readonly name: string;
  readonly maxIdentifierLength: number;

  /** DDL takes part in transactions, so a table can be built, audited and swapped in one. */
  readonly supportsTransactionalDdl: boolean;
  /**
   * A table replaced inside an open transaction leaves other readers on the old rows without blocking them, so
   * audits may read it under its own name. Where false it is built under a temporary name and renamed at the end.
   */
  readonly supportsReplaceInTransaction: boolean;
  /** `create or replace` puts a relation in the place of one of the same type in one step that readers see whole. */
  readonly supportsAtomicReplace: boolean;
  /** Statements that change rows can be grouped in a transaction; only asked where DDL cannot. */
  readonly supportsTransactionalDml: boolean;
  /**
   * What a statement sets or defines for its session (functions, parameters) holds for the next ones. Where false a
   * model's `sql_header` travels in front of the statement that runs its query.
   */
  readonly supportsSessionState: boolean;
  /** What incremental models may do with new rows; the first is taken where a model has a key and names none. */
  readonly incrementalStrategies: readonly IncrementalStrategy[];
  /** Views are bound to the tables they read, so a table with dependent views cannot be dropped. */
  readonly supportsBoundViews: boolean;
  readonly supportsMerge: boolean;
  readonly supportsIndexes: boolean;
  /** Columns of a view can be described after it was made; where not, as it is made (`CreateOptions.described`). */
  readonly supportsViewColumnComments: boolean;
  /** Files can be read in place by a table expression. */
  readonly supportsExternalFiles: boolean;
  /**
   * The planner writes a CTE's expressions out wherever its columns are read, so chains of them grow without bound
   * unless they are marked `as materialized`. Where false plain CTEs are computed once.
   */
  readonly needsMaterializedCtes: boolean;
  readonly constraintSupport: ConstraintSupport;

  /**
   * Templates write the names of relations in quotes unless a project says otherwise; where false, as they are, and the
   * warehouse folds their case. The same holds for the columns of seeds.
   */
  readonly quotesNames: boolean;

  /** A name as our own statements write it: where names are not quoted, one in lower case stands for the folded one. */
  quote(identifier: string): string;
  /**
   * How the catalog spells a column that is written without quotes in a setting, or in our own code. Every statement takes
   * columns in the catalog's spelling.
   */
  columnName(written: string): string;
  /** A name in quotes, in exactly the case it has: what templates ask for. */
  quoteExactly(identifier: string): string;
  /** The name that a text holds in quotes of this warehouse; null where it is anything else than one quoted name. */
  unquote(written: string): string | null;
  /** Database, schema and identifier, quoted; an absent database or an empty schema is left out. */
  renderRelation(relation: Relation): string;
  /**
   * Where a temporary table of this name lives: visible to its own session only and gone when that closes. A warehouse
   * that has none gives a table in the schema of the node; the name tells it from others and the run drops it.
   */
  temporaryRelation(identifier: string, schema: Pick<Relation, 'database' | 'schema'>): Relation;
  /** A value as a SQL literal of its natural type. */
  renderLiteral(value: CellValue): string;
  typeName(type: LogicalType): string;
  /**
   * Whether two spellings name the same type (int4 and integer). A spelling without length or precision matches any, as
   * contracts expect; `canWiden` tells whether dropping the length would lose values.
   */
  isSameType(a: string, b: string): boolean;
  /** Whether a column of type `to` can hold every value of `from`, and is wider. */
  canWiden(from: string, to: string): boolean;

  /** Checks the settings of a node that mean something to this warehouse alone. Throws `config-invalid`. */
  checkSettings(node: Node): void;

  createSchema(relation: Pick<Relation, 'database' | 'schema'>): string;
  /** Drops a schema with all it holds; only for one that was made to try whether that is allowed. */
  dropSchema(relation: Pick<Relation, 'database' | 'schema'>): string;
  createTableAs(relation: Relation, sql: string, options?: CreateOptions): string;
  createTable(relation: Relation, columns: readonly Column[], options?: CreateOptions): string;
  createView(relation: Relation, sql: string, options?: CreateOptions): string;
  /** Drops without cascade. */
  drop(relation: Relation, type: RelationType): string;
  /** Renames within its schema. */
  rename(relation: Relation, type: RelationType, identifier: string): string;
  addColumn(relation: Relation, column: Column): string;
  dropColumn(relation: Relation, name: string): string;
  alterColumnType(relation: Relation, column: Column): string;
  createIndex(relation: Relation, index: IndexSpec): string;
  dropIndex(relation: Relation, name: string): string;
  /** Brings the planner's figures of a table up to date, inside the open transaction; null where nothing is needed. */
  analyze(relation: Relation): string | null;

  /**
   * Where DDL is not transactional: makes or replaces a copy of a table under another name, in the same schema, with
   * its layout, comments and rights, without copying its rows where that is possible.
   */
  cloneTable(source: Relation, clone: Relation, node: Node): string;
  /** Where DDL is not transactional: one statement that puts a table built aside under the published name. */
  publishTable(spec: PublishSpec): string;
  /**
   * Whether this message of the warehouse says that a table was not replaced because the new one is partitioned or
   * clustered otherwise. The old table then stands as it was.
   */
  isLayoutRefusal(message: string): boolean;

  insertSelect(target: Relation, columns: readonly string[], sql: string): string;
  /** Keeps other writers out of a table until the transaction ends, and no reader; null where that needs nothing. */
  lockTable(relation: Relation): string | null;
  deleteAll(relation: Relation): string;
  /** Deletes the rows of target whose key does not stand in source. */
  deleteMissing(spec: Pick<MergeSpec, 'target' | 'source' | 'uniqueKey'>): string;
  /** Deletes the rows of target whose key stands in source. */
  deleteMatching(spec: Pick<MergeSpec, 'target' | 'source' | 'uniqueKey' | 'predicates'>): string;
  merge(spec: MergeSpec): string;
  /**
   * Replaces whole partitions of the target by the rows of source, so that readers see either the old rows or the new
   * ones; only with the strategy `insert_overwrite`.
   */
  insertOverwrite(spec: OverwriteSpec): string;
  /** A file or glob as a table expression (`read_csv_auto('…')`); only where supportsExternalFiles. */
  readFile(location: string, options?: FileOptions): string;
  /** Describes a relation (persist_docs). */
  comment(relation: Relation, type: RelationType, text: string): string;
  /** Describes columns, in as few statements as the warehouse knows; none for an empty list. */
  commentColumns(relation: Relation, texts: readonly ColumnText[], type: RelationType): readonly string[];

  /** A statement that tells the columns of a query without running it; only the warehouse's own adapter reads its answer. */
  describeQuery(sql: string): string;
  /** A query listing relations of the given schemas: columns database, schema, identifier, type. */
  listRelations(schemas: readonly Pick<Relation, 'database' | 'schema'>[]): string;
  /** A query listing columns of relations (at least one) in order: schema, identifier, name, type. */
  listColumns(relations: readonly Relation[]): string;
  /**
   * A query listing what hangs on a relation and would be lost with it: database, schema, identifier, type, owner,
   * definition, and the columns needed as a JSON list. Rights, owner and settings count where those of the successor
   * differ. Null where nothing is bound to a relation.
   */
  listDependents(relation: Relation, successor?: Relation): string | null;
  /** A query listing the indexes of a table that no constraint needs: name, unique, method, columns as a JSON list. */
  listIndexes(relation: Relation): string | null;
  /**
   * A query listing the statements that give a table the constraints of its successor: a column `is_late` tells those
   * that must wait for the rows, a column `statement` has the text. Null where tables are never replaced in place.
   */
  listConstraintChanges(relation: Relation, successor: Relation): string | null;
}

/** dbt's names for what incremental models do with new rows. */
export type IncrementalStrategy = 'append' | 'delete+insert' | 'merge' | 'insert_overwrite';

/** A table built aside, in the schema of the published one, that takes its place. */
export interface PublishSpec {
  readonly built: Relation;
  readonly target: Relation;
  /**
   * Whether a table has the target's name now; no other type of relation ever has. Readers find the old rows or the new
   * ones and never nothing. What stands under the built table's name afterwards, if anything, is dropped by the caller.
   */
  readonly replaces: boolean;
  /** The node published: what a copy does not take along (labels, expiry) is set in the same statement. */
  readonly node: Node;
}

/** New rows that take the place of all rows in their partitions. */
export interface OverwriteSpec {
  readonly node: Node;
  readonly target: Relation;
  readonly source: Relation;
  readonly columns: readonly string[];
  readonly predicates: readonly string[];
}

/** How a relation is created. */
export interface CreateOptions {
  /** The node it is created for: its settings may say how (partitions, clusters, labels). */
  readonly node?: Node;
  /** For the session alone; the relation comes from `temporaryRelation`. */
  readonly temporary?: boolean;
  readonly orReplace?: boolean;
  readonly ifNotExists?: boolean;
  /** Column list with types, for contracts: the table is created with these and filled by insert. */
  readonly columns?: readonly ContractColumn[];
  /** Rendered clauses about several columns, e.g. `primary key ("a", "b")`; only with a list of columns. */
  readonly constraints?: readonly string[];
  /** All columns of a view in their order, where their descriptions must come with it. */
  readonly described?: readonly ColumnText[];
  /** Postgres: unlogged. */
  readonly unlogged?: boolean;
}

/** How a file is read in place. */
export interface FileOptions {
  /** Whether what looks like a date in a CSV file is one (`found`, the default) or stays text. */
  readonly dates?: 'found' | 'text';
}

/** What the catalog is to say of a column; an empty text where nothing is known of it. */
export interface ColumnText {
  readonly column: string;
  readonly text: string;
}

/** A column of a contract, named as the query names it (case included), since it is quoted. */
export interface ContractColumn extends Column {
  /** Rendered constraint clauses, e.g. `not null`, `check (x > 0)`. */
  readonly constraints: readonly string[];
}

/** An index; the warehouse chooses its name where it has none. */
export interface IndexSpec {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
  readonly method: string | null;
}

/**
 * What may hang on a relation beside those that read it: rights, a comment, a key of another table, a setting, or any
 * other object (a trigger, a policy, a publication, a function).
 */
export type AttachmentType = 'grant' | 'comment' | 'foreign_key' | 'setting' | 'object';

/** Something of the warehouse that hangs on a relation of ours. */
export interface Dependent extends Relation {
  readonly type: RelationType | AttachmentType;
  readonly owner: string;
  /** What makes it again: the query of a view, the text of a comment, the statements of grants. */
  readonly definition: string;
  /** Columns of our relation it needs. */
  readonly columns: readonly string[];
}
