import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  type DemoDataOptions,
  type DemoDataSummary,
  generateDemoData,
} from '../../../orchestrator/demo/generate-demo-data.ts';
import { forEachTable, type PerTable, rawTables } from '../../../orchestrator/demo/tables.ts';
import { StrataError } from '../../../orchestrator/errors.ts';

interface Made {
  readonly text: PerTable<string>;
  readonly summary: DemoDataSummary;
}

function make(options: DemoDataOptions): Made {
  const text = forEachTable(() => '');
  const data = generateDemoData(options);
  for (let step = data.next(); ; step = data.next()) {
    if (step.done) return { text, summary: step.value };
    for (const { name } of rawTables) text[name] += step.value[name];
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function lines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

function messageOf(options: DemoDataOptions): string {
  try {
    make(options);
  } catch (error) {
    if (error instanceof StrataError) return `${error.code}: ${error.format()}`;
    throw error;
  }
  return '';
}

test('40 accounts of seed 7 are these bytes, on every machine', () => {
  const { text, summary } = make({ accounts: 40, seed: 7 });
  expect(Object.fromEntries(rawTables.map(({ name }) => [name, hash(text[name])]))).toEqual({
    raw_accounts: 'f038d1af74fee8b8',
    raw_account_history: '0c6b9366fce29a8c',
    raw_users: 'cb72a3c9bd9e08fa',
    raw_events: 'c1c710e2267b5469',
    raw_plans: 'ca886d6301d6f657',
    raw_subscriptions: 'dc2b231c71c336bd',
    raw_subscription_changes: '276a73a1276fd2cd',
    raw_orders: '46b72b893b1f8505',
  });
  expect(hash(summary.truth)).toBe('6d888af281679df3');
});

test('another seed gives other accounts', () => {
  expect(make({ accounts: 5, seed: 8 }).text.raw_accounts).not.toBe(make({ accounts: 5, seed: 7 }).text.raw_accounts);
});

test('an account is the same whatever the number of accounts', () => {
  const few = make({ accounts: 10, seed: 3 }).text;
  const many = make({ accounts: 20, seed: 3 }).text;
  for (const { name } of rawTables) expect(many[name].startsWith(few[name])).toBe(true);
});

test('accounts are made until there are as many events as asked for', () => {
  const { summary } = make({ events: 3000, seed: 3 });
  const { raw_events } = summary.counts.rows;
  expect(raw_events).toBeGreaterThanOrEqual(3000);
  expect(raw_events).toBeLessThan(4000);
  expect(make({ accounts: summary.accounts - 1, seed: 3 }).summary.counts.rows.raw_events).toBeLessThan(3000);
});

test('every line has the columns its table declares, and the counts are the lines', () => {
  const { text, summary } = make({ accounts: 30, seed: 5 });
  for (const { name, columns } of rawTables) {
    const found = lines(text[name]);
    expect(summary.counts.rows[name]).toBe(found.length);
    const widths = new Set(found.map((line) => line.replaceAll(/"[^"]*"/g, '').split(',').length));
    expect(widths).toEqual(new Set([columns.length]));
  }
});

test('a history that ends earlier has nothing dated or landed after its end', () => {
  const { text, summary } = make({ accounts: 60, seed: 5, until: '2024-11-15' });
  const times = Object.values(text).flatMap((part) => part.match(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g) ?? []);
  expect(times.length).toBeGreaterThan(1000);
  expect(times.filter((time) => time > '2024-11-15 00:00:00')).toEqual([]);
  expect(lines(text.raw_accounts).length).toBeGreaterThanOrEqual(60);
  // On 1 November the horizon of 30 days is still open.
  const truth: { observations: [string, string, ...unknown[]][] } = JSON.parse(summary.truth);
  const open = truth.observations.filter((row) => row.at(-1) === null).map((row) => row[1]);
  expect(new Set(open)).toEqual(new Set(['2024-11-01']));
});

test('options out of range are usage errors that say the range', () => {
  const whole = 'Give a whole number from';
  expect(messageOf({ accounts: 0, seed: 1 })).toBe(`usage: --accounts cannot be 0. ${whole} 1 to 99999.`);
  expect(messageOf({ accounts: 1.5, seed: 1 })).toBe(`usage: --accounts cannot be 1.5. ${whole} 1 to 99999.`);
  expect(messageOf({ accounts: 10, seed: -1 })).toBe(`usage: --seed cannot be -1. ${whole} 0 to 4294967295.`);
  expect(messageOf({ seed: 1 })).toBe('usage: It is not said how much demo data to make. Give --accounts or --events.');
  expect(messageOf({ events: 0, seed: 1 })).toBe(`usage: --events cannot be 0. ${whole} 1 to 10000000.`);
});
