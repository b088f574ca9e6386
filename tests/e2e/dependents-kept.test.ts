import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { openPostgresProject } from '../unit/run/support/postgres.ts';
import { type NodeSpec, resultOf, statuses, type TestProject } from '../unit/run/support/project.ts';

let server: TestPostgres;
let project: TestProject;
let schema: string;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());
beforeEach(async () => {
  project = await openPostgresProject(server);
  schema = project.place.schema;
});
afterEach(() => project.close());

/** Three rows whose `version` says which build they are of. */
function orders(version: number, config = {}): NodeSpec {
  return { name: 'orders', sql: `select i as id, ${version} as version from generate_series(1, 3) as n(i)`, config };
}

/** Publishes, lets others do something with the table, and rebuilds it three times. */
async function rebuildAfter(sql: string, config = {}): Promise<void> {
  await project.run([orders(0, config)]);
  await project.execute(sql);
  for (let version = 1; version <= 3; version += 1) {
    const results = await project.run([orders(version, config)]);
    expect([statuses(results), resultOf(results, 'orders').message]).toEqual([['orders: success'], '3 rows']);
  }
  expect(await project.rows('orders')).toEqual([1, 2, 3].map((id) => [id, 3]));
  expect(await project.relations()).not.toContainEqual(expect.stringContaining('__strata_'));
}

const tableId = async () => (await project.query(`select '${schema}.orders'::regclass::oid`))[0]?.[0];

/** Runs statements as a role that only may use the schema, and gives the rows of the last. */
function asReader(sql: string) {
  return project.query(`set role reader_${schema}; ${sql}`).catch((error: Error) => error.message.split('\n')[0]);
}

const createReader = () => `create role reader_${schema}; grant usage on schema ${schema} to reader_${schema}`;

describe('what others attached to a published table survives three rebuilds:', () => {
  it('rights, also on single columns', async () => {
    await rebuildAfter(
      `${createReader()}; grant select (version) on ${schema}.orders to reader_${schema};
       grant delete on ${schema}.orders to public with grant option`.replace(' with grant option', ''),
    );
    expect(await asReader(`select max(version) from ${schema}.orders`)).toEqual([[3]]);
    expect(await asReader(`select id from ${schema}.orders`)).toBe('permission denied for table orders');
  });

  it('a foreign key, whose rows are neither deleted nor detached', async () => {
    await rebuildAfter(
      `alter table ${schema}.orders add primary key (id);
       create table ${schema}.lines (order_id integer references ${schema}.orders on delete cascade);
       insert into ${schema}.lines values (1), (2)`,
    );
    expect(await project.rows('lines')).toEqual([[1], [2]]);
    const gone = await project.run([{ ...orders(4), sql: 'select 2 as id, 4 as version' }]);
    expect(statuses(gone)).toEqual(['orders: success']);
    expect(await project.rows('lines')).toEqual([[2]]);
  });

  it('a foreign key that restricts: a row that is needed cannot go, and everything stays', async () => {
    await rebuildAfter(
      `alter table ${schema}.orders add unique (id);
       create table ${schema}.lines (order_id integer references ${schema}.orders (id));
       insert into ${schema}.lines values (1)`,
    );
    const results = await project.run([{ ...orders(4), sql: 'select 2 as id, 4 as version' }]);
    expect(resultOf(results, 'orders').message).toContain('violates foreign key constraint');
    const renamed = await project.run([{ ...orders(4), sql: 'select 1 as key, 4 as version' }]);
    expect(resultOf(renamed, 'orders').message).toBe(
      `${schema}.orders was not replaced: column "id" would vanish or change type, which constraint lines_order_id_fkey on table ${schema}.lines still needs. Nothing was dropped.`,
    );
    expect(await project.rows('orders')).toEqual([1, 2, 3].map((id) => [id, 3]));
  });

  it('a trigger', async () => {
    await rebuildAfter(
      `create table ${schema}.log (what text);
       create function ${schema}.note() returns trigger language plpgsql
         as 'begin insert into ${schema}.log values (tg_op); return null; end';
       create trigger noted after insert or delete on ${schema}.orders execute function ${schema}.note()`,
    );
    expect(await project.query(`select what, count(*) from ${schema}.log group by 1 order by 1`)).toEqual([
      ['DELETE', 3],
      ['INSERT', 3],
    ]);
  });

  it('row security with its policies', async () => {
    await rebuildAfter(
      `${createReader()}; grant select on ${schema}.orders to reader_${schema};
       alter table ${schema}.orders enable row level security;
       create policy first_only on ${schema}.orders to reader_${schema} using (id = 1)`,
    );
    expect(await asReader(`select id, version from ${schema}.orders`)).toEqual([[1, 3]]);
  });

  it('its place in a publication', async () => {
    await rebuildAfter(
      `alter table ${schema}.orders replica identity full;
       create publication pub_${schema} for table ${schema}.orders`,
    );
    const published = await project.query(
      `select tablename from pg_publication_tables where pubname = 'pub_${schema}'`,
    );
    expect(published).toEqual([['orders']]);
  });

  it('functions that take its rows or read it, rules, statistics and an inheriting table', async () => {
    await rebuildAfter(
      `create function ${schema}.double(${schema}.orders) returns integer language sql as 'select $1.version * 2';
       create function ${schema}.total() returns bigint begin atomic select sum(version) from ${schema}.orders; end;
       create statistics ${schema}.both_columns on id, version from ${schema}.orders;
       create rule no_updates as on update to ${schema}.orders do instead nothing;
       create table ${schema}.more_orders () inherits (${schema}.orders)`,
    );
    expect(await project.query(`select ${schema}.total(), max(${schema}.double(o)) from ${schema}.orders o`)).toEqual([
      [9, 6],
    ]);
    expect(await project.query(`select tablename, rulename from pg_rules where schemaname = '${schema}'`)).toEqual([
      ['orders', 'no_updates'],
    ]);
    expect(await project.query(`select count(*) from pg_statistic_ext where stxname = 'both_columns'`)).toEqual([[1]]);
  });

  it('a materialized view, comments, storage parameters, and an owner of its own', async () => {
    await rebuildAfter(
      `${createReader()}; create materialized view ${schema}.summary as select max(version) as version from ${schema}.orders;
       comment on table ${schema}.orders is 'ours'; comment on column ${schema}.orders.id is 'the key';
       alter table ${schema}.orders set (fillfactor = 70); alter table ${schema}.orders owner to reader_${schema}`,
    );
    expect(
      await project.query(
        `select obj_description(c.oid), col_description(c.oid, 1), reloptions::text, pg_get_userbyid(relowner)
         from pg_class c where c.oid = '${schema}.orders'::regclass`,
      ),
    ).toEqual([['ours', 'the key', '{fillfactor=70}', `reader_${schema}`]]);
    expect(await project.query(`refresh materialized view ${schema}.summary; select * from ${schema}.summary`)).toEqual(
      [[3]],
    );
  });
});

describe('a table that is kept for what hangs on it', () => {
  it('is another table after each build when nothing does', async () => {
    await project.run([orders(1)]);
    const before = await tableId();
    await project.run([orders(2)]);
    expect(await tableId()).not.toBe(before);
  });

  it('is swapped although everybody may read new tables of this schema', async () => {
    await project.execute(
      `create schema ${schema}; alter default privileges in schema ${schema} grant select on tables to public`,
    );
    await project.run([orders(1)]);
    const before = await tableId();
    await project.run([orders(2)]);
    expect(await tableId()).not.toBe(before);
  });

  it('has the indexes and rules that the model names now, and those of others', async () => {
    const config = { indexes: [{ columns: ['id'], unique: true }, { columns: ['version'] }], contract: true };
    const columns = {
      id: { name: 'id', data_type: 'integer', constraints: [{ type: 'not_null' }], ...described },
      version: {
        name: 'version',
        data_type: 'integer',
        constraints: [{ type: 'check', expression: 'version < 10' }],
        ...described,
      },
    } as const;
    await project.run([{ ...orders(1, config), columns }]);
    await project.execute(
      `grant select on ${schema}.orders to public; create index by_hand on ${schema}.orders (version, id)`,
    );
    await project.run([{ ...orders(2, config), columns }]);
    expect(await indexes()).toEqual(['(id)', '(version)', '(version, id)']);
    const changed = {
      indexes: [
        { columns: ['id'], unique: true },
        { columns: ['id'], type: 'hash' },
      ],
      contract: true,
    };
    const other = {
      id: { ...columns.id, constraints: [{ type: 'primary_key' }] },
      version: { ...columns.version, constraints: [{ type: 'not_null' }] },
    } as const;
    expect(statuses(await project.run([{ ...orders(20, changed), columns: other }]))).toEqual(['orders: success']);
    expect(await indexes()).toEqual(['(id)', '(id)', '(id)', '(version, id)']);
    const rules = await project.query(
      `select pg_get_constraintdef(oid) from pg_constraint where conrelid = '${schema}.orders'::regclass and contype <> 'n' order by 1`,
    );
    expect(rules).toEqual([['PRIMARY KEY (id)']]);
    const needed = await project.query(
      `select attname from pg_attribute where attrelid = '${schema}.orders'::regclass and attnotnull and attnum > 0 order by 1`,
    );
    expect(needed).toEqual([['id'], ['version']]);
    expect(statuses(await project.run([orders(21)]))).toEqual(['orders: success']);
    expect(await indexes()).toEqual(['(id)', '(version, id)']);
  });

  it('does not become a view while a trigger is on it, but hands its rights over', async () => {
    await project.run([orders(1)]);
    await project.execute(`${createReader()}; grant select on ${schema}.orders to reader_${schema}`);
    const asView = { materialized: 'view' };
    expect(statuses(await project.run([orders(2, asView)]))).toEqual(['orders: success']);
    expect(await asReader(`select max(version) from ${schema}.orders`)).toEqual([[2]]);
    expect(statuses(await project.run([orders(3)]))).toEqual(['orders: success']);
    expect(await asReader(`select max(version) from ${schema}.orders`)).toEqual([[3]]);
    await project.execute(
      `create function ${schema}.nothing() returns trigger language plpgsql as 'begin return null; end';
       create trigger mine after insert on ${schema}.orders execute function ${schema}.nothing()`,
    );
    expect(resultOf(await project.run([orders(4, asView)]), 'orders').message).toBe(
      `${schema}.orders was not replaced: the table would become a view, which trigger mine on table ${schema}.orders still needs. Nothing was dropped.`,
    );
    expect(await project.rows('orders')).toEqual([1, 2, 3].map((id) => [id, 3]));
  });

  it('may be referred to by the contract of another model of the project', async () => {
    const config = { contract: true };
    const column = (name: string) => ({ name, data_type: 'integer', constraints: [], ...described });
    const keyed = (version: number): NodeSpec => ({
      ...orders(version, config),
      columns: { id: { ...column('id'), constraints: [{ type: 'primary_key' }] }, version: column('version') },
    });
    const lines: NodeSpec = {
      name: 'lines',
      sql: 'select id as order_id from {orders}',
      reads: ['orders'],
      config,
      columns: { order_id: column('order_id') },
      constraints: [{ type: 'foreign_key', columns: ['order_id'], to: `${schema}.orders`, to_columns: ['id'] }],
    };
    for (let version = 1; version <= 3; version += 1) {
      expect(statuses(await project.run([keyed(version), lines]))).toEqual(['lines: success', 'orders: success']);
    }
    expect(await project.rows('orders')).toEqual([1, 2, 3].map((id) => [id, 3]));
    expect(
      await project.query(`select count(*) from pg_constraint where confrelid = '${schema}.orders'::regclass`),
    ).toEqual([[1]]);
  });

  it('takes its rights and comments along where it is a view that must be made again', async () => {
    const view: NodeSpec = {
      name: 'report',
      sql: 'select * from {orders}',
      reads: ['orders'],
      config: { materialized: 'view' },
    };
    await project.run([{ ...orders(1), sql: 'select 1 as id, 2 as spare' }, view]);
    await project.execute(
      `${createReader()}; grant select on ${schema}.report to reader_${schema};
       comment on view ${schema}.report is 'read by BI'; comment on column ${schema}.report.id is 'the key';
       comment on column ${schema}.report.spare is 'goes';
       alter view ${schema}.report set (security_barrier = true)`,
    );
    const results = await project.run([{ ...orders(2), sql: 'select 5 as id' }, view]);
    expect(statuses(results)).toEqual(['orders: success', 'report: success']);
    expect(await asReader(`select * from ${schema}.report`)).toEqual([[5]]);
    const said = `select obj_description(oid), col_description(oid, 1), reloptions::text from pg_class where oid = '${schema}.report'::regclass`;
    expect(await project.query(said)).toEqual([['read by BI', 'the key', '{security_barrier=true}']]);
    await project.run([{ ...orders(3), sql: "select 'x' as label, 6 as id" }, view]);
    expect(await asReader(`select id from ${schema}.report`)).toEqual([[6]]);
  });

  it('fails rather than doubles its rows where a policy hides them from us', async () => {
    await project.run([orders(1)]);
    await project.execute(
      `create role loader_${schema} ; grant all on schema ${schema} to loader_${schema};
       alter table ${schema}.orders owner to loader_${schema};
       alter table ${schema}.orders enable row level security; alter table ${schema}.orders force row level security`,
    );
    const header = { sql_header: `set local role loader_${schema}` };
    const results = await project.run([orders(2, header)]);
    expect(resultOf(results, 'orders').message).toContain('row-level security policy for table "orders"');
    expect(await project.rows('orders')).toEqual([1, 2, 3].map((id) => [id, 1]));
  });

  async function indexes() {
    const rows = await project.query(`select indexdef from pg_indexes where schemaname = '${schema}'`);
    return rows.map(([text]) => /\([^)]*\)/.exec(String(text))?.[0]).sort();
  }
});

const described = { description: '', quote: null, meta: {}, tags: [] };
