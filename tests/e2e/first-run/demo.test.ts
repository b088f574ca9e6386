import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adjustedRandIndex, readSeed, readTruth } from '../../support/demo-truth.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { compareTables } from '../../support/same-rows.ts';
import { type CommandOutcome, Warehouse } from '../../support/warehouse.ts';

const truth = readTruth();
let server: TestPostgres;
let duckDb: Warehouse;
let postgres: Warehouse;
let started: CommandOutcome;

beforeAll(async () => {
  server = await startPostgres();
  duckDb = Warehouse.duckDb();
  postgres = Warehouse.postgres(server);
  started = await duckDb.run('start');
  await postgres.build();
});

afterAll(async () => {
  duckDb.remove();
  postgres.remove();
  await server.stop();
});

describe('strata start', () => {
  it('ends by showing what it made', () => {
    expect(started.code).toBe(0);
    expect(started.stdout.replace(/[^ ]+ \([\d.]+ MB\)/, 'FILE (N MB)')).toBe(`
Tables
  dim_accounts               600 rows
  dim_account_360            600 rows
  fct_orders               2,617 rows
  fct_cohort_retention    45,320 rows
  fct_rfm_scores             600 rows
  fct_account_features     8,965 rows
  account_clusters           262 rows
  churn_scores               600 rows
  fct_segment_membership     685 rows

Retention in %, by month of sign-up and months since
  cohort  size    m0   m1   m2   m3   m4   m5   m6   m7   m8   m9  m10  m11  m12
  all      600   100   86   78   72   66   63   56   51   49   49   46   46   43
  2025-01   13   100   85   77   69   62   69   69   62   62   62   46   46
  2025-02   24   100   83   75   63   54   54   33   42   38   38   33
  2025-03   19   100   84   74   58   63   53   53   47   47   42
  2025-04   11   100   73   73   73   64   55   55   45   36
  2025-05   12   100   75   67   67   50   58   50   50
  2025-06   12   100   92   75   75   67   58   50
  2025-07   19   100   89   79   68   63   63
  2025-08   18   100   89   83   78   72
  2025-09   13   100   85   77   77
  2025-10   16   100   88   75
  2025-11   14   100   93
  2025-12   11   100

Segments, by number of accounts
  win_back      284  ████████████████████  Bring back accounts that ended their subscription
  grow          117  ████████              More seats or a higher plan where the seats are used
  nurture       109  ████████              Keep healthy accounts healthy
  convert        54  ████                  Turn sign-ups into first subscriptions
  save           27  ██                    Keep accounts that are likely to end within the horizon
  activate        9  █                     Get paying but silent accounts to use the product again
  big_spenders   85  ██████                References and early access (overlay)

Churn model
  AUC 0.824 on 1,526 later observations; the probabilities planted in the data have 0.818: no model does better but by chance

Where it is
  FILE (N MB), a DuckDB file

Try next
  npx strata show --select fct_segment_membership --limit 20   who is in which segment, and what to do
  npx strata ls --select +churn_scores                         what the churn scores are made from
  docs/your-data.md                                            the same from your own order file
`);
  });
});

describe('the demo project on Postgres', () => {
  it('publishes the same models with the same rows as on DuckDB', async () => {
    expect(duckDb.models.length).toBeGreaterThan(30);
    expect(postgres.models).toEqual(duckDb.models);
    const [ours, theirs] = [await duckDb.readTables(duckDb.models), await postgres.readTables(postgres.models)];
    expect(compareTables(ours, theirs)).toEqual({});
  });

  it('fits the same models', async () => {
    const sql = `select name, version, status, training_rows, training_positives, validation_rows, metrics
      from strata_models order by name`;
    const [ours, theirs] = [await duckDb.rows(sql), await postgres.rows(sql)];
    expect(ours.map((row) => row.slice(0, 6))).toEqual(theirs.map((row) => row.slice(0, 6)));
    const metrics = [ours, theirs].map((rows) => rows.flatMap((row) => listNumbers(JSON.parse(String(row[6])))));
    expect(metrics[0]?.length).toBeGreaterThan(20);
    for (const [at, value] of (metrics[0] ?? []).entries()) expect(metrics[1]?.[at]).toBeCloseTo(value, 9);
  });
});

describe('the demo project on files', () => {
  it('publishes what the same data give as seeds', async () => {
    const warehouse = Warehouse.duckDb();
    const raw = join(warehouse.folder, 'raw');
    await warehouse.runBare('demo-data', '--accounts', '600', '--seed', '2', '--out', raw);
    const tables = readdirSync(raw, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.csv'));
    const files = tables.map((path) => [path.replace(/.*raw_(\w+)\.csv/, '$1_file'), join(raw, path)]);
    expect(files).toHaveLength(8);
    await warehouse.build({ demo_data: false, ...Object.fromEntries(files) });
    expect(warehouse.models).toEqual(duckDb.models);
    const published = duckDb.models.filter((name) => !/^(?:stg|int)_/.test(name));
    expect(compareTables(await warehouse.readTables(published), await duckDb.readTables(published))).toEqual({});
    warehouse.remove();
  });
});

describe('what is planted in the demo data', () => {
  it('comes back as clusters: the archetypes, by an adjusted Rand index of .9 and more', async () => {
    const archetypes = new Map(truth.account_rows.map(([account, archetype]) => [account, archetype]));
    const rows = await duckDb.rows('select account_id, cluster_id, cluster_name from account_clusters');
    expect(rows.length).toBeGreaterThan(200);
    const pairs = rows.map(([account, cluster]) => [cluster, archetypes.get(String(account))] as const);
    expect(adjustedRandIndex(pairs)).toBeGreaterThan(0.9);
    const named = rows.filter(([account, , name]) => archetypes.get(String(account)) === name);
    expect(named.length / rows.length).toBeGreaterThan(0.9);
  });

  it('counts what was delivered twice or late once', async () => {
    const [[events, orders, cancelled, net] = []] = await duckDb.rows(`
      select (select count(*) from stg_product__events), count(*), sum(cast(is_cancelled as integer)),
        cast(sum(net_amount) as varchar)
      from fct_orders`);
    const lastVersions = new Map(
      [...readSeed('commerce/raw_orders')]
        .sort((a, b) => (String(a['_loaded_at']) < String(b['_loaded_at']) ? -1 : 1))
        .map((row) => [row['order_id'], row]),
    );
    const kept = [...lastVersions.values()].filter((row) => row['status'] !== 'cancelled');
    const cents = kept.map((row) =>
      Math.round(100 * (Number(row['gross_amount']) - Number(row['discount_amount']) - Number(row['refund_amount']))),
    );
    expect({ events, orders, cancelled, net }).toEqual({
      events: (truth.rows['raw_events'] ?? 0) - (truth.duplicate_rows['events'] ?? 0),
      orders: lastVersions.size,
      cancelled: lastVersions.size - kept.length,
      net: (cents.reduce((sum, value) => sum + value, 0) / 100).toFixed(2),
    });
  });
});

/** All numbers in a JSON value, in its order. */
function listNumbers(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listNumbers) : [];
}
