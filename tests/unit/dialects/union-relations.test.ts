import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bigQueryDialect } from '../../../orchestrator/dialects/bigquery.ts';
import type { Dialect } from '../../../orchestrator/dialects/dialect.ts';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';
import { snowflakeDialect } from '../../../orchestrator/dialects/snowflake.ts';
import { createRenderBench } from '../../support/render.ts';

const crossDb = new URL('../../../macros/cross_db/', import.meta.url);
const strata = readdirSync(crossDb)
  .map((file) => readFileSync(new URL(file, crossDb), 'utf8'))
  .join('\n');

/** Types of columns by name. */
type Columns = Readonly<Record<string, string>>;

/** The union of tables `t0`, `t1`, … of schema `s` with these columns. */
function unite(dialect: Dialect, tables: readonly Columns[], options = ''): string {
  const relations = tables.map((_, at) => `api.Relation.create(schema='s', identifier='t${at}')`);
  const bench = createRenderBench({ dialect, macros: { strata } });
  return bench.render(`{{ strata.union_relations([${relations.join(', ')}]${options}) }}`, (request) => {
    const at = request.kind === 'get-columns' ? Number(request.relation.identifier.slice(1)) : -1;
    return Object.entries(tables[at] ?? {}).map(([name, type]) => ({ name, type }));
  });
}

/** The type that a union gives a column of each of the types. */
function unify(dialect: Dialect, ...types: readonly string[]): string | undefined {
  const sql = unite(
    dialect,
    types.map((type) => ({ x: type })),
  );
  return /cast\(.x. as (.*)\) as/.exec(sql)?.[1];
}

describe('union_relations', () => {
  test('lists the columns in the order they are first met, with nulls of their type', () => {
    const sql = unite(postgresDialect, [
      { id: 'integer', name: 'character varying(20)' },
      { price: 'numeric(10,2)', ID: 'bigint' },
    ]);
    expect(sql).toBe(`select
    cast("id" as bigint) as "id",
    cast("name" as text) as "name",
    cast(null as numeric(10, 2)) as "price"
from "s"."t0"
union all
select
    cast("ID" as bigint) as "id",
    cast(null as text) as "name",
    cast("price" as numeric(10, 2)) as "price"
from "s"."t1"`);
  });

  test('names the origin of rows', () => {
    expect(unite(bigQueryDialect, [{ id: 'INT64' }, { id: 'INT64' }], ", source_column='origin'")).toBe(`select
    cast('t0' as string) as origin,
    cast(\`id\` as INT64) as \`id\`
from \`s\`.\`t0\`
union all
select
    cast('t1' as string) as origin,
    cast(\`id\` as INT64) as \`id\`
from \`s\`.\`t1\``);
  });

  test('names the schema of the origin too where names are the same', () => {
    const relation = "api.Relation.create(schema='a', identifier='t'), api.Relation.create(schema='b', identifier='t')";
    const bench = createRenderBench({ macros: { strata } });
    const sql = bench.render(`{{ strata.union_relations([${relation}], source_column='origin') }}`, () => [
      { name: 'id', type: 'INTEGER' },
    ]);
    expect(sql.match(/cast\('.*' as/g)).toEqual(["cast('a.t' as", "cast('b.t' as"]);
  });

  test.each([
    { dialect: duckDbDialect, types: ['INTEGER', 'BIGINT'], common: 'BIGINT' },
    { dialect: duckDbDialect, types: ['BIGINT', 'SMALLINT', 'INTEGER'], common: 'BIGINT' },
    { dialect: duckDbDialect, types: ['INTEGER', 'DECIMAL(6,2)'], common: 'decimal(12, 2)' },
    { dialect: duckDbDialect, types: ['DECIMAL(18,2)', 'DECIMAL(10,6)'], common: 'decimal(22, 6)' },
    { dialect: duckDbDialect, types: ['HUGEINT', 'DECIMAL(10,6)'], common: 'decimal(38, 6)' },
    { dialect: duckDbDialect, types: ['BIGINT', 'DOUBLE'], common: 'double precision' },
    { dialect: duckDbDialect, types: ['DATE', 'TIMESTAMP'], common: 'timestamp' },
    { dialect: duckDbDialect, types: ['INTEGER[]', 'INTEGER[]'], common: 'INTEGER[]' },
    { dialect: postgresDialect, types: ['character varying(3)', 'text'], common: 'text' },
    { dialect: postgresDialect, types: ['numeric(10,2)', 'numeric'], common: 'numeric' },
    { dialect: postgresDialect, types: ['bigint', 'numeric(40,2)'], common: 'numeric(40, 2)' },
    { dialect: postgresDialect, types: ['real', 'numeric(10,2)'], common: 'double precision' },
    { dialect: postgresDialect, types: ['date', 'timestamp without time zone'], common: 'timestamp' },
    { dialect: bigQueryDialect, types: ['INT64', 'NUMERIC(10, 2)'], common: 'numeric' },
    { dialect: bigQueryDialect, types: ['NUMERIC', 'BIGNUMERIC(40, 2)'], common: 'bignumeric' },
    { dialect: bigQueryDialect, types: ['INT64', 'FLOAT64'], common: 'float64' },
    { dialect: bigQueryDialect, types: ['STRING(20)', 'STRING'], common: 'string' },
    { dialect: bigQueryDialect, types: ['TIMESTAMP', 'DATE'], common: 'timestamp' },
    { dialect: snowflakeDialect, types: ['number(38,0)', 'number(18,2)'], common: 'decimal(38, 2)' },
    { dialect: snowflakeDialect, types: ['number(10,0)', 'number(12,4)'], common: 'decimal(14, 4)' },
    { dialect: snowflakeDialect, types: ['number(38,0)', 'float'], common: 'double precision' },
    { dialect: snowflakeDialect, types: ['varchar(20)', 'varchar(16777216)'], common: 'varchar' },
    { dialect: snowflakeDialect, types: ['timestamp_ntz', 'date'], common: 'timestamp_ntz' },
    { dialect: snowflakeDialect, types: ['variant', 'variant'], common: 'variant' },
  ])('on $dialect.name $types become $common', ({ dialect, types, common }) => {
    expect(unify(dialect, ...types)).toBe(common);
  });

  test.each([
    ['INTEGER', 'VARCHAR'],
    ['BOOLEAN', 'INTEGER'],
    ['DATE', 'VARCHAR'],
    ['DATE', 'DOUBLE'],
    ['TIMESTAMP', 'TIMESTAMP WITH TIME ZONE'],
  ])('%s and %s are an error that names the column and both relations', (first, second) => {
    expect(() => unite(duckDbDialect, [{ x: first }, { y: 'DATE' }, { x: second }])).toThrow(
      `Column "x" is ${first} in "s"."t0" and ${second} in "s"."t2", which have no type in common`,
    );
  });

  test('refuses what would lose a column', () => {
    expect(() => unite(postgresDialect, [{ id: 'integer', ID: 'integer' }])).toThrow(
      '"s"."t0" has two columns that differ in case alone, id and ID',
    );
    expect(() => unite(postgresDialect, [{ id: 'integer' }], ", source_column='ID'")).toThrow(
      'source_column "ID" is a column already',
    );
  });

  test('says which relation is not there', () => {
    expect(() => unite(duckDbDialect, [{ id: 'INTEGER' }, {}])).toThrow('"s"."t1" has no columns in the warehouse');
  });
});

describe('percentiles', () => {
  test.each(['1.5', '-0.1', "'half'", 'true'])('refuse the fraction %s', (fraction) => {
    const bench = createRenderBench({ macros: { strata } });
    for (const macro of ['percentile_cont', 'percentile_disc']) {
      expect(() => bench.render(`{{ strata.${macro}('x', ${fraction}) }}`)).toThrow(
        `${macro} takes a fraction from 0 to 1, such as 0.9 for nine tenths, not `,
      );
    }
  });
});
