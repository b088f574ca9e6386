import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Adapter, Session } from '../../orchestrator/adapters/adapter.ts';
import { PostgresAdapter } from '../../orchestrator/adapters/postgres.ts';
import type { PostgresOptions } from '../../orchestrator/adapters/postgres-connect.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

let server: TestPostgres;
let adapter: Adapter;
let session: Session;
const opened: Adapter[] = [];

beforeAll(async () => {
  server = await startPostgres();
  adapter = await connect({});
  session = await adapter.openSession();
});

afterAll(async () => {
  await Promise.all(opened.map((each) => each.close()));
  await server.stop();
});

async function connect(options: Partial<PostgresOptions>): Promise<Adapter> {
  const each = new PostgresAdapter({ type: 'postgres', ...server, dbname: server.database, retries: 0, ...options });
  opened.push(each);
  await each.connect();
  return each;
}

describe('connecting', () => {
  test.each<[string, Partial<PostgresOptions>, string, string]>([
    [
      'a wrong password',
      { password: 'sesame-sesame' },
      'password authentication failed for user "strata_owner"',
      'Check "user" and "password" in profiles.yml, and the server\'s pg_hba.conf.',
    ],
    [
      'a database that does not exist',
      { dbname: 'nowhere' },
      'database "nowhere" does not exist',
      'Check "dbname" in profiles.yml, or create the database.',
    ],
    [
      'encryption the server does not offer',
      { sslmode: 'require' },
      'The server does not support SSL connections',
      'Check "sslmode" and the certificates in profiles.yml.',
    ],
    [
      'a role that does not exist',
      { role: 'nobody_here' },
      'role "nobody_here" does not exist',
      'Check "role" and "search_path" in profiles.yml.',
    ],
    [
      'a port nobody listens on',
      { port: 1 },
      'connect ECONNREFUSED 127.0.0.1:1',
      'Start the server, or check "host" and "port" in profiles.yml.',
    ],
  ])('%s is refused with what to do', async (_name, options, reason, hint) => {
    const { host, port, dbname } = { host: server.host, port: server.port, dbname: server.database, ...options };
    await expect(connect(options)).rejects.toMatchObject({
      code: 'connection-failed',
      message: `Postgres refuses ${server.user}@${host}:${port}/${dbname}: ${reason}`,
      hint,
    });
  });

  test('a host that does not exist is refused, with or without a network to ask for it', async () => {
    await expect(connect({ host: 'warehouse.invalid' })).rejects.toMatchObject({
      code: 'connection-failed',
      message: expect.stringMatching(
        /^Postgres refuses \w+@warehouse\.invalid:\d+\/postgres: getaddrinfo (ENOTFOUND|EAI_AGAIN) warehouse\.invalid$/,
      ),
      hint: 'Check "host" in profiles.yml.',
    });
  });

  test('an unknown sslmode is refused', async () => {
    await expect(connect({ sslmode: 'requird' })).rejects.toMatchObject({
      code: 'profile-invalid',
      message: '"sslmode" is "requird".',
      hint: 'Did you mean "require"?',
    });
  });

  test('a server that never answers is given up after connect_timeout', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(connect({ port, connect_timeout: 1, sslmode: 'disable' })).rejects.toMatchObject({
      code: 'connection-failed',
      hint: 'Check that the server is reachable, or raise "connect_timeout" in profiles.yml.',
    });
    silent.close();
  });

  test('role, search_path and application_name hold in every session', async () => {
    await session.execute('create role analyst; grant analyst to current_user; create schema "Desk"');
    const each = await connect({ role: 'analyst', search_path: '"Desk", public' });
    const other = await each.openSession();
    const { rows } = await other.query(
      "select current_user, current_setting('search_path'), current_setting('application_name')",
    );
    expect(rows).toEqual([['analyst', '"Desk", public', 'strata']]);
  });
});

describe('a connection that is lost', () => {
  test('fails as such, rolls back without an error, and closes', async () => {
    const each = await adapter.openSession();
    await each.begin();
    await each.execute('create table half_done (id integer)');
    const pid = (await each.query('select pg_backend_pid()')).rows[0]?.[0];
    await session.execute(`select pg_terminate_backend(${pid})`);
    await expect(each.execute('select 1')).rejects.toMatchObject({
      code: 'connection-failed',
      message: expect.stringMatching(/^The connection to Postgres at 127\.0\.0\.1:\d+ was lost: /),
      hint: 'The open transaction was rolled back by the server; published tables are whole. Run again.',
    });
    await each.rollback();
    await each.close();
    await expect(session.query('select * from half_done')).rejects.toThrow('does not exist');
  });

  test('fails too when it is lost amid a statement', async () => {
    const each = await adapter.openSession();
    const pid = (await each.query('select pg_backend_pid()')).rows[0]?.[0];
    const failure = each.query('select pg_sleep(30)').catch((error: unknown) => error);
    await session.execute(`select pg_terminate_backend(${pid})`);
    expect(await failure).toMatchObject({ code: 'connection-failed' });
    await each.rollback();
  });
});

describe('secrets', () => {
  test('the password is in no message, whatever the statement was', async () => {
    const quoted = server.password.replaceAll("'", "''");
    const url = `postgres://x:${encodeURIComponent(server.password)}@host/db`;
    const statements = [`select '${quoted}' from nowhere`, `select '${quoted}'::integer`, `select '${url}'::integer`];
    for (const sql of statements) {
      const failure = await session.execute(sql).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'database-error', message: expect.stringContaining('***') });
      expect(JSON.stringify([failure, String(failure)])).not.toContain(server.password);
      expect(String(failure)).not.toContain(encodeURIComponent(server.password));
    }
  });
});

describe('dependents', () => {
  const orders = { database: null, schema: 'public', identifier: 'orders' };

  test('views and materialized views of anyone, with the columns they need', async () => {
    await session.execute(`
      create table orders as select 1 as id, 2 as amount, 3 as note;
      create table other as select 1 as id;
      create role viewer; grant create, usage on schema public to viewer; grant select on orders to viewer;
      set role viewer;
      create view v_ids as select o.id, o.amount from orders as o inner join orders as p on o.id = p.id;
      create materialized view v_total as select sum(amount) as total from orders;
      reset role;
      create view v_count as select count(*) as n from orders;
      create view v_above as select * from v_ids;
      create view v_other as select * from other`);
    const attached = await session.listDependents(orders);
    const dependents = attached.filter(({ type }) => type === 'view' || type === 'materialized_view');
    expect(dependents.map(({ identifier, type, owner, columns }) => ({ identifier, type, owner, columns }))).toEqual([
      { identifier: 'v_count', type: 'view', owner: server.user, columns: [] },
      { identifier: 'v_ids', type: 'view', owner: 'viewer', columns: ['amount', 'id'] },
      { identifier: 'v_total', type: 'materialized_view', owner: 'viewer', columns: ['amount'] },
    ]);
    expect(dependents[2]?.definition).toBe(' SELECT sum(amount) AS total\n   FROM orders;');
    expect(dependents.map(({ database, schema }) => [database, schema])).toEqual(
      Array.from({ length: 3 }, () => ['postgres', 'public']),
    );
  });

  test('rights, also of others than those who read it, with the statements that give them again', async () => {
    const attached = await session.listDependents(orders);
    expect(attached.filter(({ type }) => type === 'grant')).toEqual([
      {
        database: 'postgres',
        schema: 'public',
        identifier: 'rights of viewer',
        type: 'grant',
        owner: server.user,
        definition: 'grant SELECT on public.orders to viewer',
        columns: [],
      },
    ]);
  });

  test('a relation that nothing reads, or that is not there, has none', async () => {
    expect(await session.listDependents({ ...orders, identifier: 'v_total' })).toEqual([]);
    expect(await session.listDependents({ ...orders, identifier: 'missing' })).toEqual([]);
  });

  test('a table that a view reads is not dropped, and the message says which view', async () => {
    await expect(session.execute(adapter.dialect.drop(orders, 'table'))).rejects.toMatchObject({
      code: 'database-error',
      message: expect.stringContaining('view v_count depends on table orders'),
      hint: expect.stringContaining('CASCADE'),
    });
  });
});

describe('values of Postgres alone', () => {
  test('types without a counterpart are text', async () => {
    const { columns, rows } = await session.query(
      "select point(1, 2) as p, '10.0.0.1'::inet as i, '{\"b\": 1,  \"a\": 2}'::jsonb as j, '\\xAB'::bytea as b",
    );
    expect(rows).toEqual([['(1,2)', '10.0.0.1', '{"a": 2, "b": 1}', '\\xab']]);
    expect(columns.map(({ type }) => type)).toEqual(['point', 'inet', 'jsonb', 'bytea']);
  });

  test('type names carry lengths and precisions as format_type writes them', async () => {
    const { columns } = await session.query(
      "select 1.5::numeric(12,3) as a, 1.5::numeric as b, 'x'::varchar(7) as c, 'x'::char(3) as d, array[1.5]::numeric(5,1)[] as e",
    );
    expect(columns.map(({ type }) => type)).toEqual([
      'numeric(12,3)',
      'numeric',
      'character varying(7)',
      'character(3)',
      'numeric(5,1)[]',
    ]);
  });

  test('question marks, dollars and colons in a statement mean themselves', async () => {
    expect((await session.query(`select '{"a":1}'::jsonb ? 'a', '$1', ':name', 2::text`)).rows).toEqual([
      [true, '$1', ':name', '2'],
    ]);
  });

  test('a failed load says which row and column', async () => {
    await session.execute('create table numbers (id integer)');
    const relation = { database: null, schema: 'public', identifier: 'numbers' };
    await expect(session.load(relation, [{ name: 'id', type: 'integer' }], [[1], ['x']])).rejects.toMatchObject({
      code: 'database-error',
      message: 'invalid input syntax for type integer: "x"\nCOPY numbers, line 2, column id: "x"',
    });
    expect((await session.query('select count(*) from numbers')).rows).toEqual([[0]]);
  });
});
