// node bench/bigquery.mjs [--models N]: small tables on the BigQuery emulator with one thread, whose waiting for the server
// is taken from the whole: what is left is our own time.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { environmentOf } from '../scripts/emulators/python-tool.mjs';
import { ensureEmulator } from '../scripts/emulators/tools.mjs';
import { root } from '../scripts/root.mjs';

const { values } = parseArgs({ options: { models: { type: 'string', default: '1000' } } });
const models = Number(values.models);
const installed = await ensureEmulator('bigquery');
if (installed.reason !== undefined) throw new Error(installed.reason);
const folder = mkdtempSync(join(tmpdir(), 'strata-bench-bigquery-'));
const server = spawn(installed.python, ['bigquery_server.py'], {
  cwd: join(root, 'scripts/emulators'),
  env: environmentOf(installed.folder),
  stdio: ['pipe', 'pipe', 'ignore'],
});
try {
  writeProject(await readPort());
  const hook = ['--require', join(root, 'bench/server-time.cjs')];
  const args = [...hook, join(root, 'bin/strata.js'), 'run', '--profiles-dir', folder];
  const start = process.hrtime.bigint();
  const done = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  if (done.status !== 0) throw new Error(done.stderr.slice(-2000));
  const waited = Number(/waited for servers: ([\d.]+) s/.exec(done.stderr)?.[1]);
  const own = ((wall - waited) / models) * 1000;
  console.log(`${models} tables: ${wall.toFixed(2)} s, of which the server ${waited.toFixed(2)} s`);
  console.log(`our own time: ${own.toFixed(2)} ms a model`);
} finally {
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

function readPort() {
  return new Promise((resolve) => {
    server.stdout.on('data', (data) => {
      const port = /listening on (\d+)/.exec(String(data))?.[1];
      if (port !== undefined) resolve(port);
    });
  });
}

function writeProject(port) {
  const output = {
    type: 'bigquery',
    method: 'oauth-secrets',
    token: 'made-up-token',
    api_endpoint: `http://127.0.0.1:${port}`,
    project: 'strata-test',
    dataset: 'bench',
    threads: 1,
  };
  const profiles = { bench: { target: 'bench', outputs: { bench: output } } };
  mkdirSync(join(folder, 'models'));
  writeFileSync(join(folder, 'profiles.yml'), JSON.stringify(profiles));
  writeFileSync(
    join(folder, 'dbt_project.yml'),
    'name: bench\nversion: "1.0"\nprofile: bench\nmodels: { +materialized: table }\n',
  );
  for (let at = 0; at < models; at += 1) {
    const from = at < 100 ? '' : ` from {{ ref('m_${at - 100}') }}`;
    writeFileSync(join(folder, 'models', `m_${at}.sql`), `select 1 as id, ${at} as origin${from}\n`);
  }
}
