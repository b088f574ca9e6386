import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { openPostgresAdapter, openPostgresProject } from '../unit/run/support/postgres.ts';
import { type NodeSpec, resultOf, statuses, TestProject } from '../unit/run/support/project.ts';

let server: TestPostgres;
let project: TestProject;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());
beforeEach(async () => {
  project = await openPostgresProject(server);
});
afterEach(() => project.close());

const dropConnection = 'pg_terminate_backend(pg_backend_pid())';

describe('a connection that is dropped', () => {
  it('leaves the published table whole, and the nodes that come after run on a new one', async () => {
    const orders: NodeSpec = { name: 'orders', sql: 'select 1 as id' };
    await project.run([orders]);
    const specs: NodeSpec[] = [
      { ...orders, sql: `select 2 as id where ${dropConnection}` },
      { name: 'reader', sql: 'select * from {orders}', reads: ['orders'] },
      { name: 'unrelated', sql: 'select 3 as id' },
    ];
    const results = await project.run(specs, { threads: 1 });
    expect(statuses(results)).toEqual(['orders: error', 'reader: skipped', 'unrelated: success']);
    expect(resultOf(results, 'orders').message).toContain('The connection to Postgres');
    expect(resultOf(results, 'orders').message).not.toContain(server.password);
    expect(await project.rows('orders')).toEqual([[1]]);
    expect(await project.relations()).toEqual(['orders:table', 'unrelated:table']);
  });

  it('during the audit publishes nothing', async () => {
    const orders: NodeSpec = { name: 'orders', sql: 'select 1 as id' };
    await project.run([orders]);
    const audit: NodeSpec = {
      name: 'dies',
      type: 'test',
      sql: `select * from {orders} where ${dropConnection}`,
      reads: ['orders'],
    };
    const results = await project.run([{ ...orders, sql: 'select 2 as id' }, audit]);
    expect(statuses(results)).toEqual(['dies: error', 'orders: error']);
    expect(await project.rows('orders')).toEqual([[1]]);
  });
});

describe('a user who may not create schemas', () => {
  it('builds in a schema that is there', async () => {
    const { schema } = project.place;
    await project.execute(`create schema ${schema}; create role loader_${schema} login password 'loader'`);
    await project.execute(`grant all on schema ${schema} to loader_${schema}`);
    const adapter = openPostgresAdapter({ ...server, user: `loader_${schema}`, password: 'loader' });
    await adapter.connect();
    const own = new TestProject(adapter, project.place);
    expect(statuses(await own.run([{ name: 'orders', sql: 'select 1 as id' }]))).toEqual(['orders: success']);
    await own.close();
  });
});

describe('indexes and contracts on Postgres', () => {
  it('are on the published table after every rebuild', async () => {
    const indexed: NodeSpec = {
      name: 'orders',
      sql: 'select 1 as id, 2.5 as amount',
      config: { indexes: [{ columns: ['id'], unique: true }], contract: true },
      columns: {
        id: { name: 'id', data_type: 'integer', constraints: [{ type: 'not_null' }], ...described },
        amount: { name: 'amount', data_type: 'numeric(10,2)', constraints: [], ...described },
      },
    };
    for (let run = 0; run < 3; run += 1) expect(statuses(await project.run([indexed]))).toEqual(['orders: success']);
    const found = await project.query(`select indexdef from pg_indexes where schemaname = '${project.place.schema}'`);
    expect(found.map(([text]) => String(text).replace(/INDEX \S+ ON \S+/, 'INDEX ON'))).toEqual([
      'CREATE UNIQUE INDEX ON USING btree (id)',
    ]);
    const broken = { ...indexed, sql: "select 'a' as id" };
    expect(resultOf(await project.run([broken]), 'orders').message).toBe(
      'orders does not keep its contract: id is text and should be integer; amount (numeric(10,2)) is missing from the query.',
    );
    const empty = { ...indexed, sql: 'select null::integer as id, 1.0 as amount' };
    expect(resultOf(await project.run([empty]), 'orders').message).toContain('null value in column "id"');
    expect(await project.rows('orders')).toEqual([[1, '2.50']]);
  });
});

const described = { description: '', quote: null, meta: {}, tags: [] };
