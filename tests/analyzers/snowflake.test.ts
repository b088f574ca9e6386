import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { snowflakeDialect } from '../../orchestrator/dialects/snowflake.ts';
import { type CompiledNode, compileProject } from '../support/compiled-project.ts';
import { listProblems, type ReadableStatement, readerMissing, readSnowflake } from './snowflake-reader.ts';

const macros = new URL('../unit/dialects/snowflake-macros.golden.sql', import.meta.url);
const orders = { database: 'db', schema: 's', identifier: 'orders' };

describe.skipIf(readerMissing !== undefined)("Snowflake's SQL as an independent reader sees it", () => {
  const nodes = compileProject(snowflakeDialect, { as_of_date: '2025-02-01' });
  const reading = readSnowflake(nodes.map(toStatement));

  test('every model, test and seed of the project parses, and every name in it is one of its inputs', async () => {
    const readings = await reading;
    expect(listProblems(readings)).toEqual([]);
    expect(readings.length).toBeGreaterThan(100);
  });

  test.each([
    ['another timezone and week', { timezone: 'Europe/Vienna', week_start: 'sunday', load_grace_hours: 6 }],
    ['order lines and ranks by account', { orders_grain: 'line', rfm_method: 'ntile', rfm_window_days: 365 }],
    ['orders without numbers', { orders_columns: { account_id: 'account_id', ordered_at: 'ordered_at' } }],
  ])('the project with %s does too', async (_, vars) => {
    const readings = await readSnowflake(
      compileProject(snowflakeDialect, { as_of_date: '2025-02-01', ...vars }).map(toStatement),
    );
    expect(listProblems(readings)).toEqual([]);
  });

  test('every macro for several warehouses gives a query that parses', async () => {
    const queries = readFileSync(macros, 'utf8').split(/^-- /m).slice(1);
    const readings = await readSnowflake([
      {
        name: 'orders',
        sql: '',
        relation: orders,
        columns: ['id', 'ordered_at', 'shipped_at', 'status', 'amount', 'tags'],
      },
      ...queries.map((text) => ({ name: text.slice(0, text.indexOf('\n')), sql: text.slice(text.indexOf('\n')) })),
    ]);
    expect(listProblems(readings)).toEqual([]);
    expect(queries.length).toBeGreaterThan(40);
  });

  test.each([
    ['an unknown column', 'select id, name from db.s.orders', "x: Column 'NAME' could not be resolved"],
    ['a column in lower case', 'select "id" from db.s.orders', "x: Column 'id' could not be resolved"],
    ['an unknown relation', 'select id from db.s.customers', 'x: unknown relation db.s.customers'],
    ['a relation in lower case', 'select id from db.s."orders"', 'x: unknown relation db.s."orders"'],
    ['a function of another warehouse', "select strptime('1', '%Y') as y", 'x: unknown function strptime'],
    [
      'a filtered aggregate',
      'select count(*) filter (where id > 1) as n from db.s.orders',
      'x: an aggregate cannot be filtered',
    ],
    ['a reserved word as a name', 'select id as start from db.s.orders', 'x: reserved word START as a name'],
    ['two statements', 'select 1 as a; select 2 as b', 'x: 2 statements in one'],
    ['broken syntax', 'select (id from db.s.orders', 'x: Expecting )'],
  ])('it finds %s', async (_, sql, problem) => {
    const readings = await readSnowflake([
      { name: 'orders', sql: '', relation: orders, columns: ['id'] },
      { name: 'x', sql },
    ]);
    expect(listProblems(readings)[0]).toContain(problem);
  });

  test('a published table has the columns its contract promises, in their order', async () => {
    const readings = await reading;
    const promised = nodes.flatMap(({ node }, index) => {
      const columns = Object.values(node.columns).map(({ name }) => name.toUpperCase());
      if (!node.contract.enforced || node.config.materialized === 'score') return [];
      return [[node.name, columns, readings[index]?.columns] as const];
    });
    expect(promised.map(([name, , found]) => [name, found])).toEqual(
      promised.map(([name, columns]) => [name, columns]),
    );
  });
});

/** What a score node publishes is made of its query by scoring; its contract says the columns. */
function toStatement({ node, relation, sql, seedColumns }: CompiledNode): ReadableStatement {
  const isScore = node.config.materialized === 'score';
  const columns = isScore ? Object.keys(node.columns) : seedColumns.map(({ name }) => name);
  if (node.resource_type === 'test') return { name: node.unique_id, sql };
  return {
    name: node.unique_id,
    sql,
    relation,
    ...(columns.length === 0 ? {} : { columns }),
  };
}
