import { execFileSync } from 'node:child_process';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
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

const orders: NodeSpec = { name: 'orders', sql: 'select 1 as id' };
const reader: NodeSpec = { name: 'reader', sql: 'select * from {orders}', reads: ['orders'] };
const slow: NodeSpec = { ...orders, sql: 'select 2 as id from pg_sleep(20)' };

/** What must hold after any failure: the old rows are there, and the next run leaves nothing behind. */
async function expectWhole(built = project): Promise<void> {
  expect(await built.rows('orders')).toEqual([[1]]);
  expect(await built.rows('reader')).toEqual([[1]]);
  expect(statuses(await built.run([{ ...orders, sql: 'select 3 as id' }, reader]))).toEqual([
    'orders: success',
    'reader: success',
  ]);
  expect(await built.rows('reader')).toEqual([[3]]);
  expect(await built.relations()).toEqual(['orders:table', 'reader:table']);
}

const backends = () =>
  project.query(
    `select pid from pg_stat_activity where state = 'active' and query like '%pg_sleep(20)%' and pid <> pg_backend_pid()`,
  );

async function untilBuilding(): Promise<void> {
  while ((await backends()).length === 0) await sleep(20);
}

describe('a build on Postgres', () => {
  it('that an administrator ends in the middle leaves what was published', async () => {
    await project.run([orders, reader]);
    const running = project.run([slow, reader]);
    await untilBuilding();
    const [[pid] = []] = await backends();
    await project.query(`select pg_terminate_backend(${pid})`);
    const results = await running;
    expect(statuses(results)).toEqual(['orders: error', 'reader: skipped']);
    expect(resultOf(results, 'orders').message).toContain(
      'was lost: terminating connection due to administrator command',
    );
    await expectWhole();
  });

  it('that loses the network in the middle ends with errors and leaves what was published', async () => {
    await project.run([orders, reader]);
    const network = await openProxy(server.port);
    const adapter = openPostgresAdapter({ ...server, port: network.port });
    await adapter.connect();
    const remote = new TestProject(adapter, project.place);
    const running = remote.run([slow, reader, { name: 'other', sql: 'select 4 as id from pg_sleep(20)' }], {
      threads: 2,
    });
    await untilBuilding();
    network.cut();
    const results = await running;
    expect(statuses(results)).toEqual(['orders: error', 'other: error', 'reader: skipped']);
    expect(resultOf(results, 'orders').message).toMatch(/^The connection to Postgres at 127\.0\.0\.1:\d+ was lost/);
    await remote.close();
    await project.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(20)%' and pid <> pg_backend_pid()`,
    );
    await expectWhole();
  });

  it.skipIf(process.platform !== 'linux')(
    'that fills the disk leaves what was published (the limit on file sizes is set as on Linux)',
    async () => {
      const small = await startLimited();
      const full = await openPostgresProject(small);
      await full.run([orders, reader]);
      const text = "repeat('x', 1000)";
      const large = { ...orders, sql: `select i as id, ${text} as text from generate_series(1, 30000) as n(i)` };
      const results = await full.run([large, reader]);
      expect(statuses(results)).toEqual(['orders: error', 'reader: skipped']);
      expect(resultOf(results, 'orders').message).toMatch(/could not (extend|write).*: File too large/);
      await expectWhole(full);
      await full.close();
      await small.stop();
    },
  );

  it('that is cancelled leaves no query running', async () => {
    await project.run([orders, reader]);
    const controller = new AbortController();
    const running = project.run([slow, reader], { signal: controller.signal });
    await untilBuilding();
    controller.abort();
    expect(statuses(await running)).toEqual(['orders: cancelled', 'reader: cancelled']);
    expect(await backends()).toEqual([]);
    await expectWhole();
  });
});

/** A server whose files cannot grow beyond those of its log, 16 MB: what is larger is refused as by a full disk. */
async function startLimited(): Promise<TestPostgres> {
  const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
  limit('17000000');
  try {
    return await startPostgres();
  } finally {
    limit('unlimited');
  }
}

interface Network {
  readonly port: number;
  readonly cut: () => void;
}

/** Passes everything on to a port of this machine until it is cut. */
async function openProxy(port: number): Promise<Network> {
  const sockets = new Set<Socket>();
  const proxy: Server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const cut = (): void => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port: typeof address === 'object' && address !== null ? address.port : 0, cut };
}
