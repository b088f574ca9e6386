import type { Session } from '../adapters/adapter.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { duckDbDialect } from '../dialects/duckdb.ts';
import { blankConfig, blankNode } from '../manifest/blank-node.ts';
import type { Node, SourceNode } from '../manifest/node.ts';
import type { Column, Relation } from '../manifest/relation.ts';
import { materialize } from '../materialize/materialize.ts';
import { driveSteps } from './drive-steps.ts';
import type { RunContext } from './run-context.ts';

/** A file that DuckDB has read. */
export interface LandedFile {
  readonly columns: readonly Column[];
  readonly rows: number;
  /** A digest of columns and rows. */
  readonly content: string;
  /** Rows from one position on, in the file's order; the last ones are fewer. */
  readonly read: (from: number, count: number) => ReturnType<Session['query']>;
  /** Frees the memory the rows take. */
  readonly forget: () => Promise<void>;
}

/** A file on its way into the warehouse. */
export interface Landing {
  readonly file: LandedFile;
  readonly target: Relation;
  readonly source: SourceNode;
}

/** Rows sent to the warehouse at a time. */
const batchSize = 50_000;

const staging = duckDbDialect.renderRelation(
  duckDbDialect.temporaryRelation('strata_file', { database: null, schema: 'main' }),
);

/** Reads a file into DuckDB. Zoned timestamps become UTC, and nested values JSON, which every warehouse can hold. */
export async function describeFile(expression: string, files: Session): Promise<LandedFile> {
  const found = await files.describeQuery(`select * from ${expression}`);
  const list = found.map(
    ({ name, type }) => `${castFor(duckDbDialect.quote(name), type)} as ${duckDbDialect.quote(name)}`,
  );
  await files.execute(`create or replace temporary table ${staging} as select ${list.join(', ')} from ${expression}`);
  const columns = await files.describeQuery(`select * from ${staging}`);
  const digest = await files.query(
    `select count(*), coalesce(bit_xor(hash(rowid, file)), 0)::varchar from ${staging} as file`,
  );
  const [rows, hash] = digest.rows[0] ?? [];
  return {
    columns,
    rows: Number(rows),
    content: JSON.stringify([columns.map(({ name, type }) => [name, type]), Number(rows), hash]),
    read: (from, count) =>
      files.query(`select * from ${staging} where rowid >= ${from} and rowid < ${from + count} order by rowid`),
    forget: async () => {
      await files.execute(`drop table if exists ${staging}`);
    },
  };
}

/** Publishes a file's rows as a seed is published: aside, then swapped or replaced in place where views read it. */
export async function landFile(
  { file, target, source }: Landing,
  session: Session,
  context: RunContext,
): Promise<void> {
  const { dialect, cache, options } = context;
  const columns = file.columns.map(({ name, type }) => ({
    name: dialect.columnName(name.toLowerCase()),
    type: translateType(type, dialect),
  }));
  const job = {
    node: landingNode(source, target),
    sql: '',
    target,
    existing: cache.get(target),
    fullRefresh: false,
    invocationId: options.invocation.id,
    seedColumns: columns,
    isAudited: false,
  };
  const published = await driveSteps(materialize(job, dialect), {
    session,
    compiled: '',
    loadSeed: async ({ relation }) => {
      for (let from = 0; from < file.rows; from += batchSize) {
        await session.load(relation, columns, (await file.read(from, batchSize)).rows);
      }
      return file.rows;
    },
    runHooks: () => Promise.resolve(),
    audit: () => Promise.resolve(),
    notePublished: () => undefined,
    score: () => Promise.resolve({ sql: '', statements: [] }),
    findOwnView: async ({ relation }) => {
      const view = context.findOwnView(relation);
      return view === undefined ? null : context.compile(view, session);
    },
  });
  cache.set({ ...published.relation, type: published.type });
}

function castFor(column: string, type: string): string {
  if (type === 'TIMESTAMP WITH TIME ZONE') return `(${column} at time zone 'UTC')`;
  if (/^(?:STRUCT|MAP|UNION)\(|\[\d*\]$/.test(type)) return `to_json(${column})`;
  return column;
}

/** DuckDB's types in the warehouse's words. */
function translateType(type: string, dialect: Dialect): string {
  if (/^DECIMAL\(/.test(type)) return type.toLowerCase().replace('decimal', 'numeric');
  if (/^(?:TINYINT|SMALLINT|INTEGER|UTINYINT|USMALLINT)$/.test(type)) return dialect.typeName('integer');
  if (/^(?:BIGINT|UINTEGER)$/.test(type)) return dialect.typeName('bigint');
  if (/^(?:HUGEINT|UHUGEINT|UBIGINT)$/.test(type)) return 'numeric(38,0)';
  if (/^(?:DOUBLE|FLOAT)$/.test(type)) return dialect.typeName('float');
  if (type === 'BOOLEAN') return dialect.typeName('boolean');
  if (type === 'DATE') return dialect.typeName('date');
  if (/^TIMESTAMP/.test(type)) return dialect.typeName('timestamp');
  return type === 'JSON' ? dialect.typeName('json') : dialect.typeName('string');
}

/** The landing table as a node, for what publishing asks of one. */
function landingNode(source: SourceNode, target: Relation): Node {
  const { unique_id, name, package_name, path, original_file_path, fqn, line } = source;
  return blankNode({
    ...{ unique_id, name, package_name, path, original_file_path, fqn, line },
    resource_type: 'seed',
    database: target.database ?? '',
    schema: target.schema,
    alias: target.identifier,
    config: { ...blankConfig, materialized: 'seed' },
  });
}
