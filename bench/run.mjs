// npm run bench [-- --only NAME --runs N --peer-runs N]: every figure of bench/README.md, with dbt 1 and dbt 2 beside
// Strata in the same run when BENCH_DBT1 and BENCH_DBT2 name their commands.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { reachableTmpdir } from '../scripts/embedded-postgres.mjs';
import { root } from '../scripts/root.mjs';
import { makeDag } from './make-dag.mjs';
import { median } from './measure.mjs';
import { startBenchPostgres } from './postgres.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '5' },
    'peer-runs': { type: 'string', default: '1' },
  },
});
const scratch = mkdtempSync(join(reachableTmpdir(), 'strata-bench-'));
const runs = Number(values.runs);
const peerRuns = Number(values['peer-runs']);
const strata = { name: 'Strata', command: [process.execPath, join(root, 'bin/strata.js')], env: {} };
const dbt1 = peer('dbt 1', process.env.BENCH_DBT1, {});
const dbt2 = peer('dbt 2', process.env.BENCH_DBT2, { ADBC_DRIVER_PATH: process.env.BENCH_DBT2_DRIVERS ?? '' });
const engines = [strata, dbt2, dbt1].filter((engine) => engine !== undefined);

function peer(name, command, env) {
  if (!command) return undefined;
  return { name, command: command.split(' '), env: { DBT_SEND_ANONYMOUS_USAGE_STATS: 'false', ...env } };
}

/** A folder per engine and size, so that nobody reads another's target. */
function dag(engine, models, connection) {
  const folder = join(scratch, `${engine.name.replace(' ', '')}-${models}-${connection.type}`);
  const path = connection.type === 'duckdb' ? { path: join(folder, 'dag.duckdb'), schema: 'main' } : {};
  makeDag(folder, models, { ...connection, ...path });
  return folder;
}

function clean(folder) {
  for (const name of ['target', 'dag.duckdb', 'dag.duckdb.wal']) moveAway(join(folder, name));
}

let moved = 0;

/**
 * Out of the way, and not deleted until the end: ext4 passes over the places of files deleted within a minute one by one,
 * which would make every new file of the next run slow.
 */
function moveAway(path) {
  const past = join(scratch, 'past');
  mkdirSync(past, { recursive: true });
  moved += 1;
  if (existsSync(path)) renameSync(path, join(past, `${moved}-${basename(path)}`));
}

const duckdb = { type: 'duckdb', threads: 4 };

/** Cases: each gives, for an engine, the folder, what is done before each run, and the arguments. */
const cases = {
  version: { engines: [strata], make: () => ({ args: ['--version'] }) },
  help: { make: () => ({ args: ['--help'] }) },
  'parse-1000-cold': { make: (engine) => parseCase(engine, 1000, true) },
  'parse-1000-warm': { make: (engine) => parseCase(engine, 1000, false) },
  'parse-5000-cold': { make: (engine) => parseCase(engine, 5000, true) },
  'run-one-of-5000': { make: (engine) => oneCase(engine, 5000) },
  'run-1000-threads-1': { make: (engine) => dagCase(engine, 'run', 1) },
  'run-1000-threads-4': { make: (engine) => dagCase(engine, 'run', 4) },
  'build-1000': { make: (engine) => dagCase(engine, 'build', 4) },
  'run-1000-postgres': { engines: [strata, dbt1], make: postgresCase },
  'demo-data-1m': {
    engines: [strata],
    make: () => ({ args: ['demo-data', '--events', '1000000', '--seed', '1', '--out', join(scratch, 'demo')] }),
  },
  start: { engines: [strata], command: () => ['npm', 'start', '--silent'], make: () => ({ cwd: root, args: [] }) },
};

function parseCase(engine, models, cold) {
  const folder = dag(engine, models, duckdb);
  return { cwd: folder, args: ['parse', '--profiles-dir', folder], before: () => cold && clean(folder), warmUp: !cold };
}

function oneCase(engine, models) {
  const folder = dag(engine, models, duckdb);
  return { cwd: folder, args: ['run', '--select', 'm_0_0', '--profiles-dir', folder], warmUp: true };
}

function dagCase(engine, command, threads) {
  const folder = dag(engine, 1000, duckdb);
  const args = [command, '--threads', String(threads), '--profiles-dir', folder];
  return { cwd: folder, args, before: () => clean(folder) };
}

async function postgresCase(engine) {
  const server = await startBenchPostgres(scratch);
  const folder = dag(engine, 1000, server.connection);
  const args = ['run', '--threads', '4', '--profiles-dir', folder];
  return { cwd: folder, args, before: () => clean(folder), after: server.stop };
}

async function runCase(name, { engines: own = engines, command, make }) {
  for (const engine of own.filter((candidate) => candidate !== undefined)) {
    const { cwd = scratch, args, before = () => undefined, warmUp = false, after } = await make(engine);
    const line = [...(command?.() ?? engine.command), ...args];
    const options = { cwd, env: engine.env };
    if (warmUp) await median(1, () => undefined, line, options);
    const { seconds, megabytes } = await median(engine === strata ? runs : peerRuns, before, line, options);
    await after?.();
    console.log(`| ${name} | ${engine.name} | ${seconds.toFixed(2)} s | ${megabytes.toFixed(0)} MB |`);
  }
}

// Postgres runs as a user of its own when root starts it, and must reach its folder.
chmodSync(scratch, 0o755);
console.log(`| case | engine | median of ${runs} (peers ${peerRuns}) | peak memory |\n|---|---|---|---|`);
try {
  for (const [name, own] of Object.entries(cases))
    if (!values.only || name.includes(values.only)) await runCase(name, own);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
