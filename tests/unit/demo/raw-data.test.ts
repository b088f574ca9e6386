import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rawTables } from '../../../orchestrator/demo/tables.ts';
import { writeDemoData } from '../../../orchestrator/demo/write-demo-data.ts';
import { observationSql } from './observation-sql.ts';

const SEEDS = join(import.meta.dirname, '../../../seeds');

/** What the tests read of truth.json. */
interface Truth {
  readonly rows: Record<string, number>;
  readonly late_rows: { readonly events: number; readonly orders: number; readonly after_month_end: number };
  readonly duplicate_rows: { readonly events: number; readonly orders: number };
  readonly churn: {
    readonly coefficients: Record<string, number>;
    readonly planted_auc: Record<'all_dates' | 'last_quarter', { realised: number; rows: number; positives: number }>;
  };
  readonly better_cohort: Record<string, number | string>;
  readonly account_rows: readonly (readonly [string, string, string, boolean])[];
}

let out: string;
let connection: DuckDBConnection;
let truth: Truth;

async function query(sql: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

async function queryNumber(sql: string): Promise<number> {
  const [row] = await query(sql);
  return Number(Object.values(row ?? {})[0]);
}

beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'strata-demo-'));
  writeDemoData({ accounts: 600, seed: 2, out });
  truth = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8'));
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const { source, name } of rawTables) {
    await connection.run(`create table ${name} as from read_csv('${join(out, source, name)}.csv', header = true)`);
  }
  await connection.run(`create table truth as
    select json_extract_string(value, '$[0]') as account_id, cast(json_extract_string(value, '$[1]') as date) as as_of,
      cast(json_extract(value, '$[2]') as bigint) as active_days_28d,
      cast(json_extract(value, '$[3]') as double) as activity_trend_28d,
      cast(json_extract(value, '$[4]') as double) as seat_utilisation_28d,
      cast(json_extract(value, '$[5]') as bigint) as tenure_days,
      cast(json_extract(value, '$[6]') as bigint) as orders_90d,
      cast(json_extract(value, '$[7]') as bigint) as has_downgrade_90d,
      cast(json_extract(value, '$[8]') as double) as probability,
      case json_extract_string(value, '$[9]') when 'true' then true when 'false' then false end as churned
    from (select unnest(json_extract(content, '$.observations[*]')) as value from read_text('${out}/truth.json'))`);
});

afterAll(() => {
  connection.closeSync();
  rmSync(out, { recursive: true, force: true });
});

test('the committed seeds are what the documented command writes', () => {
  for (const name of [...rawTables.map(({ source, name }) => `${source}/${name}.csv`), 'truth.json']) {
    expect(readFileSync(join(SEEDS, name)).equals(readFileSync(join(out, name))), name).toBe(true);
  }
});

test.each(rawTables.map(({ name, columns }) => [name, columns] as const))(
  '%s has its columns and rows',
  async (...of) => {
    const [name, columns] = of;
    const described = await query(`describe ${name}`);
    expect(described.map((column) => column['column_name'])).toEqual(columns);
    expect(await queryNumber(`select count(*) from ${name}`)).toBe(truth.rows[name]);
    expect(await queryNumber(`select count(*) from ${name} where _loaded_at is null`)).toBe(0);
  },
);

test.each([
  ['raw_users', 'account_id', 'raw_accounts'],
  ['raw_events', 'account_id', 'raw_accounts'],
  ['raw_events', 'user_id', 'raw_users'],
  ['raw_account_history', 'account_id', 'raw_accounts'],
  ['raw_subscriptions', 'account_id', 'raw_accounts'],
  ['raw_subscriptions', 'plan_id', 'raw_plans'],
  ['raw_subscription_changes', 'subscription_id', 'raw_subscriptions'],
  ['raw_subscription_changes', 'old_plan_id', 'raw_plans'],
  ['raw_orders', 'account_id', 'raw_accounts'],
])('every %s.%s is in %s', async (table, column, parent) => {
  const key = column === 'old_plan_id' ? 'plan_id' : column;
  const orphans = `select count(*) from ${table} where ${column} is not null and ${column} not in (select ${key} from ${parent})`;
  expect(await queryNumber(orphans)).toBe(0);
});

test.each([
  ['raw_accounts', 'account_id', 'signup_at'],
  ['raw_account_history', 'history_id', 'valid_from'],
  ['raw_users', 'user_id', 'created_at'],
  ['raw_events', 'event_id', 'event_at'],
  ['raw_subscriptions', 'subscription_id', 'coalesce(ended_at, started_at)'],
  ['raw_subscription_changes', 'change_id', 'changed_at'],
  ['raw_orders', 'order_id', 'ordered_at'],
])('%s: a version per id and landing, landed after it happened, nothing in the future', async (table, id, time) => {
  const versions = `select count(*) - count(distinct (${id}, _loaded_at)) from ${table}`;
  expect(await queryNumber(versions)).toBe(0);
  const misdated = `select count(*) from ${table} where ${time} >= _loaded_at or _loaded_at > timestamp '2026-01-01'`;
  expect(await queryNumber(misdated)).toBe(0);
});

test('events lie between sign-up and the end, and come from users that exist by then', async () => {
  const early = `select count(*) from raw_events inner join raw_users using (user_id) where event_at < created_at`;
  const foreign = `select count(*) from raw_events e inner join raw_users u using (user_id) where e.account_id <> u.account_id`;
  const after = `select count(*) from raw_events e inner join raw_subscriptions s using (account_id)
    where e.event_at > s.ended_at and e.account_id not in (
      select account_id from raw_subscriptions group by 1 having count(distinct subscription_id) > 1)`;
  for (const sql of [early, foreign, after]) expect(await queryNumber(sql)).toBe(0);
});

test('late and repeated rows are there, as many as the truth says', async () => {
  const first = (table: string, id: string, time: string) =>
    `(select ${id}, ${time} as happened_at, min(_loaded_at) as landed from ${table} group by 1, 2)`;
  const late = (table: string, id: string, time: string, more = '') =>
    queryNumber(`select count(*) from ${first(table, id, time)} where landed >= happened_at + interval 1 day ${more}`);
  const afterMonthEnd = `and date_trunc('month', landed) > date_trunc('month', happened_at)`;
  const events = ['raw_events', 'event_id', 'event_at'] as const;
  const orders = ['raw_orders', 'order_id', 'ordered_at'] as const;
  const both = (await late(...events, afterMonthEnd)) + (await late(...orders, afterMonthEnd));
  expect({ events: await late(...events), orders: await late(...orders), after_month_end: both }).toEqual(
    truth.late_rows,
  );
  const again = (table: string, id: string, where = 'true') =>
    queryNumber(`select count(*) - count(distinct ${id}) from ${table} where ${where}`);
  expect({
    events: await again('raw_events', 'event_id'),
    orders: await again('raw_orders', 'order_id', `status <> 'refunded'`),
  }).toEqual(truth.duplicate_rows);
  expect(truth.late_rows.events / (truth.rows['raw_events'] ?? 0)).toBeCloseTo(0.02, 2);
  expect(truth.late_rows.after_month_end).toBeGreaterThan(100);
  expect(truth.duplicate_rows.orders).toBeGreaterThan(5);
});

test('the last change of every subscription says what its last version says', async () => {
  const differing = `
    with change as (select * from raw_subscription_changes
      qualify row_number() over (partition by subscription_id order by changed_at desc) = 1),
    version as (select * from raw_subscriptions
      qualify row_number() over (partition by subscription_id order by _loaded_at desc) = 1)
    select count(*) from version full join change using (subscription_id)
    where (status = 'cancelled') is distinct from (change_type = 'cancelled')
      or (status = 'paused') is distinct from (change_type = 'paused')
      or (ended_at is distinct from case when change_type = 'cancelled' then changed_at end)
      or (status = 'cancelled') is distinct from (cancellation_reason is not null)
      or (cancellation_type = 'involuntary') is distinct from (cancellation_reason = 'payment_failed')
      or (status <> 'cancelled' and (quantity <> new_quantity or plan_id <> new_plan_id))`;
  expect(await queryNumber(differing)).toBe(0);
  const broken = `select count(*) from (select old_quantity, old_plan_id, change_type,
      lag(new_quantity, 1, 0) over w as quantity, lag(new_plan_id) over w as plan from raw_subscription_changes
      window w as (partition by subscription_id order by changed_at))
    where old_quantity <> quantity or old_plan_id is distinct from plan`;
  expect(await queryNumber(broken)).toBe(0);
  const kinds = await query('select distinct change_type from raw_subscription_changes order by 1');
  expect(kinds.map((row) => row['change_type'])).toEqual([
    'cancelled',
    'created',
    'downgrade',
    'paused',
    'resumed',
    'seats',
    'upgrade',
  ]);
});

test('orders never give back more than was paid, and a few accounts are most of the revenue', async () => {
  const wrong = `select count(*) from raw_orders where round(refund_amount + discount_amount, 2) > gross_amount or (status = 'refunded') <> (refund_amount > 0)`;
  expect(await queryNumber(wrong)).toBe(0);
  const share = `with net as (select account_id, sum(gross_amount) as net from raw_orders where status = 'completed' group by 1)
    select sum(net) filter (where place <= 0.2) / sum(net) from (select net, percent_rank() over (order by net desc) as place from net)`;
  expect(await queryNumber(share)).toBeGreaterThan(0.6);
});

test('archetypes come in about the planted shares', () => {
  const usual = truth.account_rows.filter(([, , signup]) => !signup.startsWith('2024-06'));
  const share = (name: string) => usual.filter((row) => row[1] === name).length / usual.length;
  expect(share('power')).toBeCloseTo(0.12, 1);
  expect(share('steady')).toBeCloseTo(0.26, 1);
  expect(share('bursty')).toBeCloseTo(0.17, 1);
  expect(share('explorer')).toBeCloseTo(0.18, 1);
  expect(share('dormant')).toBeCloseTo(0.27, 1);
});

test('plain SQL over the raw tables finds the features and outcomes of every observation', async () => {
  await connection.run(`create table observed as ${observationSql}`);
  const difference = `select count(*) from observed o full join truth t using (account_id, as_of)
    where o.active_days_28d is distinct from t.active_days_28d
      or coalesce(abs(o.activity_trend_28d - t.activity_trend_28d) > 1e-8, true)
      or coalesce(abs(o.seat_utilisation_28d - t.seat_utilisation_28d) > 1e-8, true)
      or o.tenure_days is distinct from t.tenure_days
      or o.orders_90d is distinct from t.orders_90d
      or o.has_downgrade_90d is distinct from t.has_downgrade_90d
      or o.churned is distinct from t.churned`;
  expect(await queryNumber(`select count(*) from truth`)).toBeGreaterThan(4000);
  expect(await query(`${difference.replace('count(*)', '*')} limit 3`)).toEqual([]);
});

test('the recorded probability is the logistic function of the recorded coefficients', async () => {
  const terms = Object.entries(truth.churn.coefficients).map(([name, c]) =>
    name === 'intercept' ? c : `${c} * ${name}`,
  );
  const worst = `select max(abs(probability - 1 / (1 + exp(-(${terms.join(' + ')}))))) from truth`;
  expect(await queryNumber(worst)).toBeLessThan(1e-8);
});

test('the planted AUC is the share of pairs in order, and there is enough of both outcomes to fit', async () => {
  const auc = (where: string) =>
    queryNumber(`select avg(case when p.probability > n.probability then 1.0
        when p.probability = n.probability then 0.5 else 0 end)
      from (select * from truth where churned and ${where}) p cross join (select * from truth where not churned and ${where}) n`);
  const { all_dates, last_quarter } = truth.churn.planted_auc;
  expect(await auc('true')).toBeCloseTo(all_dates.realised, 5);
  expect(await auc(`as_of >= date '2025-07-01'`)).toBeCloseTo(last_quarter.realised, 5);
  expect(all_dates.positives - last_quarter.positives).toBeGreaterThan(150);
  expect(last_quarter.positives).toBeGreaterThan(50);
  expect(all_dates.realised).toBeGreaterThan(0.78);
  expect(all_dates.realised).toBeLessThan(0.9);
});

test('the better cohort is the most active one six months after sign-up', async () => {
  const best = `
    with member as (select distinct account_id, date_trunc('month', signup_at) as cohort from raw_accounts),
    active as (select distinct account_id from raw_events inner join member using (account_id)
      where date_trunc('month', event_at) = cohort + interval 6 month)
    select strftime(cohort, '%Y-%m-%d') as cohort, count(active.account_id) / count(*) as retained
    from member left join active using (account_id) group by 1 having count(*) >= 30 order by 2 desc limit 2`;
  const [first, second] = await query(best);
  expect(first?.['cohort']).toBe(truth.better_cohort['signup_month']);
  expect(Number(first?.['retained']) - Number(second?.['retained'])).toBeGreaterThan(0.1);
});
