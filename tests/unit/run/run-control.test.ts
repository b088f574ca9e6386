import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { openDuckDbProject } from './support/duckdb.ts';
import { openPostgresProject } from './support/postgres.ts';
import { type NodeSpec, resultOf, statuses, type TestProject } from './support/project.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const orders: NodeSpec = {
  name: 'raw_orders',
  type: 'seed',
  csv: 'order_id,amount,ordered_on\n1,10.5,2024-01-01\n2,20,2024-02-01\n',
};
const staging: NodeSpec = {
  name: 'stg_orders',
  sql: 'select order_id, amount from {raw_orders}',
  reads: ['raw_orders'],
  config: { materialized: 'view' },
};

const warehouses = [
  ['DuckDB', () => openDuckDbProject()],
  ['Postgres', () => openPostgresProject(server)],
] as const;

describe.each(warehouses)('the course of a run on %s', (_, open) => {
  let project: TestProject;
  beforeEach(async () => {
    project = await open();
  });
  afterEach(() => project.close());

  it('gives the same statuses and rows with one thread and with eight', async () => {
    const layers = makeLayers(6, 5);
    const one = await project.run(layers, { threads: 1 });
    const rows = await project.rows('m_4_0');
    const eight = await project.run(layers, { threads: 8 });
    expect(statuses(eight)).toEqual(statuses(one));
    expect(await project.rows('m_4_0')).toEqual(rows);
    expect(resultOf(eight, 'm_2_1').message).toBe(resultOf(one, 'm_2_1').message);
  });

  it('stops at the first failure with fail-fast', async () => {
    const broken: NodeSpec = { name: 'a_broken', sql: 'select nothing_like_this' };
    const rest = Array.from({ length: 5 }, (_, at): NodeSpec => ({ name: `z_${at}`, sql: 'select 1 as x' }));
    const results = await project.run([broken, ...rest], { threads: 1, failFast: true });
    expect(statuses(results)).toEqual(['a_broken: error', ...rest.map(({ name }) => `${name}: skipped`)]);
  });

  it('cancels what runs within a second and starts nothing more', async () => {
    const slow =
      project.adapter.dialect.name === 'duckdb'
        ? 'select count(*) as n from range(100000) a, range(1000000) b'
        : 'select 1 as n from pg_sleep(30)';
    const controller = new AbortController();
    const began = Date.now();
    setTimeout(() => controller.abort(), 200);
    const specs: NodeSpec[] = [
      { name: 'slow', sql: slow },
      { name: 'later', sql: 'select n from {slow}', reads: ['slow'] },
    ];
    const results = await project.run(specs, { signal: controller.signal });
    expect(statuses(results)).toEqual(['later: cancelled', 'slow: cancelled']);
    expect(Date.now() - began).toBeLessThan(3000);
    expect(await project.relations()).toEqual([]);
  });

  it('removes what a dead run left behind, and nothing that only looks like it', async () => {
    await project.run([orders]);
    const left = ['orders__strata_0a1b2c3d', 'orders__strata_mine', 'notes'];
    for (const name of left)
      await project.execute(`create table ${project.render({ ...project.place, identifier: name })} (x integer)`);
    await project.run([orders]);
    expect(await project.relations()).toEqual(['notes:table', 'orders__strata_mine:table', 'raw_orders:table']);
    expect(project.events.filter((event) => event.kind === 'notice')).toEqual([
      {
        kind: 'notice',
        level: 'info',
        text: `Removed ${project.place.schema}.orders__strata_0a1b2c3d, left by a run that died.`,
      },
    ]);
  });

  it('builds although its own files cannot be written, and says so once', async () => {
    writeFileSync(join(project.folder, 'target'), 'a file where the folder should be');
    const results = await project.run([orders, staging]);
    expect(statuses(results)).toEqual(['raw_orders: success', 'stg_orders: success']);
    const notices = project.events.flatMap((event) => (event.kind === 'notice' ? [event.text.split(':')[0]] : []));
    expect(notices).toEqual(['The journal could not be written', 'Compiled files could not be written']);
  });

  it('writes compiled files and a journal of what ended', async () => {
    const results = await project.run([orders, staging]);
    expect(resultOf(results, 'stg_orders').compiledPath).toBe('target/compiled/shop/models/stg_orders.sql');
    const compiled = readFileSync(join(project.folder, 'target/compiled/shop/models/stg_orders.sql'), 'utf8');
    expect(compiled).toBe(resultOf(results, 'stg_orders').compiledCode);
    const journal = readFileSync(join(project.folder, 'target/strata_journal.ndjson'), 'utf8');
    const entries = journal
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries.map((entry) => entry.kind)).toEqual(['run-start', 'node-end', 'node-end', 'run-end']);
  });
});

/** Layers of equal width, each model reading two of the layer above; one of them fails. */
function makeLayers(depth: number, width: number): readonly NodeSpec[] {
  const specs: NodeSpec[] = [];
  for (let layer = 0; layer < depth; layer += 1) {
    for (let at = 0; at < width; at += 1) specs.push(makeLayered(layer, at, width));
  }
  return specs;
}

function makeLayered(layer: number, at: number, width: number): NodeSpec {
  const name = `m_${layer}_${at}`;
  if (layer === 0) return { name, sql: `select ${at} as v` };
  const reads = [`m_${layer - 1}_${at}`, `m_${layer - 1}_${(at + 2) % width}`];
  const failing = layer === 2 && at === 1 ? ' / nothing' : '';
  const sql = `select a.v + b.v${failing} as v from {${reads[0]}} a cross join {${reads[1]}} b`;
  return { name, sql, reads };
}
