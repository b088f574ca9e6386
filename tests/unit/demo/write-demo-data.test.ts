import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeDemoData } from '../../../orchestrator/demo/write-demo-data.ts';
import { StrataError } from '../../../orchestrator/errors.ts';

let out: string;

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'strata-demo-'));
});

afterEach(() => rmSync(out, { recursive: true, force: true }));

const allFiles = [
  'billing/raw_plans.csv',
  'billing/raw_subscription_changes.csv',
  'billing/raw_subscriptions.csv',
  'commerce/raw_orders.csv',
  'crm/raw_account_history.csv',
  'crm/raw_accounts.csv',
  'product/raw_events.csv',
  'product/raw_users.csv',
  'truth.json',
];

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

test('writes a file per raw table and the truth, and says so', () => {
  const written = writeDemoData({ accounts: 3, seed: 1, out });
  expect(listFiles(out)).toEqual(allFiles);
  expect([...written.files].sort()).toEqual(allFiles);
  expect(written.accounts).toBe(3);
  expect(readFileSync(join(out, 'billing/raw_plans.csv'), 'utf8')).toBe(
    [
      'plan_id,plan_name,tier,billing_interval,unit_amount,currency,_loaded_at',
      'starter_monthly,Starter,1,month,15.00,USD,2024-01-01 00:05:00',
      'team_monthly,Team,2,month,35.00,USD,2024-01-01 00:05:00',
      'team_annual,"Team, yearly",2,year,357.00,USD,2024-01-01 00:05:00',
      'business_monthly,Business,3,month,70.00,USD,2024-01-01 00:05:00',
      'business_annual,"Business, yearly",3,year,714.00,USD,2024-01-01 00:05:00',
      'enterprise_annual,"Enterprise, yearly",4,year,1188.00,USD,2024-01-01 00:05:00',
      '',
    ].join('\n'),
  );
});

test('keeps a file of the same name that is no demo data', () => {
  mkdirSync(join(out, 'product'));
  writeFileSync(join(out, 'product', 'raw_users.csv'), 'mine\n');
  expect(() => writeDemoData({ accounts: 1, seed: 1, out })).toThrow(
    'product/raw_users.csv in the output folder is no demo data and would be replaced.',
  );
  expect(listFiles(out)).toEqual(['product/raw_users.csv']);
});

test('goes on where a run died between two files', () => {
  writeDemoData({ accounts: 3, seed: 1, out });
  renameSync(join(out, 'truth.json'), join(out, 'truth.json.partial'));
  writeDemoData({ accounts: 3, seed: 1, out });
  expect(listFiles(out)).toEqual(allFiles);
});

test('replaces the files of an earlier run and leaves others alone', () => {
  writeDemoData({ accounts: 5, seed: 1, out });
  writeFileSync(join(out, 'crm', 'mine.csv'), 'a\n1\n');
  writeDemoData({ accounts: 2, seed: 1, out });
  expect(listFiles(out)).toEqual([...allFiles, 'crm/mine.csv'].sort());
  expect(JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')).account_rows).toHaveLength(2);
});

test('writes nothing when the options are wrong', () => {
  expect(() => writeDemoData({ accounts: -1, seed: 1, out })).toThrow(StrataError);
  expect(() => writeDemoData({ accounts: 3, seed: 1, until: '2020-01-01', out })).toThrow(StrataError);
  expect(listFiles(out)).toEqual([]);
  expect(readdirSync(out)).toEqual([]);
});

test('a folder that cannot be written is a usage error naming it', () => {
  const file = join(out, 'taken');
  writeFileSync(file, '');
  const fail = () => writeDemoData({ accounts: 1, seed: 1, out: file });
  expect(fail).toThrow(`Demo data cannot be written to ${file}: `);
  expect(readFileSync(file, 'utf8')).toBe('');
  expect(listFiles(out)).toEqual(['taken']);
});
