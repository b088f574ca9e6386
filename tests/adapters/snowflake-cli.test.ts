import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Sandbox } from '../e2e/cli-runner.ts';
import { SECRET, SnowflakeLab } from './support/snowflake-lab.ts';
import type { Reply } from './support/snowflake-replies.ts';

const lab = new SnowflakeLab();
const none: Reply = { kind: 'rows', columns: [], rows: [] };

let sandbox: Sandbox;

beforeEach(() => {
  const output = {
    ...{ type: 'snowflake', account: 'acme-shop', user: 'LOADER', password: SECRET },
    ...{ database: 'SHOP', schema: 'MARTS', host: '127.0.0.1', port: lab.server.port, protocol: 'http' },
  };
  sandbox = new Sandbox({
    'dbt_project.yml': 'name: shop\nprofile: shop\nmodels: {shop: {+materialized: table}}\n',
    'profiles.yml': JSON.stringify({ shop: { target: 'dev', outputs: { dev: output } } }),
    'models/slow.sql': "{{ config(query_tag='finance') }} select 1 as id",
  });
  lab.server.on(/information_schema/i, none);
});

afterEach(() => sandbox.remove());

describe('a run on Snowflake', () => {
  test('marks statements with run and node, and shows the password nowhere', async () => {
    const message = `Insufficient privileges, said ${SECRET}`;
    lab.server.on(/select 1 as id/, { kind: 'error', code: '003001', message });
    const { code, stdout, stderr } = await sandbox.run('run --debug --log-path logs');
    expect([code, stderr]).toEqual([1, expect.stringContaining('Insufficient privileges, said ***')]);
    expect(stderr).toContain('Grant the privilege to the role named in profiles.yml.');
    const files = readdirSync(sandbox.work, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'profiles.yml')
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect([stdout, stderr, ...files].filter((text) => text.includes(SECRET))).toEqual([]);
    const build = lab.server.statements.find(({ sqlText }) => sqlText.includes('select 1 as id'));
    expect(JSON.parse(String(build?.parameters?.QUERY_TAG))).toEqual({
      tag: 'finance',
      app: 'strata',
      invocation_id: expect.any(String),
      node: 'model.shop.slow',
    });
  });

  test('gives the tag of a node to its statements alone', async () => {
    sandbox.write({
      'dbt_project.yml': `name: shop
profile: shop
models: {shop: {+materialized: table}}
on-run-start: select 1 as first
on-run-end: select 1 as last
`,
      'models/slow.sql': "{{ config(query_tag='finance', post_hook='select 1 as hooked') }} select 1 as id",
      'models/then.sql': "{{ config(pre_hook='select 1 as before') }} select 2 as id -- {{ ref('slow') }}",
    });
    lab.server.on(/as (first|last|before|hooked)/, none);
    const { code, stdout, stderr } = await sandbox.run('run --threads 1');
    expect([code, stdout + stderr]).toEqual([0, expect.stringContaining('PASS=4')]);
    const tags = lab.server.statements.flatMap(({ sqlText, parameters }) => {
      const [mark] = /as (first|last|before|hooked|id)\b/.exec(sqlText) ?? [];
      const { tag, node } = JSON.parse(String(parameters?.QUERY_TAG ?? '{}'));
      return mark === undefined ? [] : [[mark, tag, node]];
    });
    expect(tags).toEqual([
      ['as first', undefined, 'operation.shop.shop-on-run-start-0'],
      ['as id', 'finance', 'model.shop.slow'],
      ['as hooked', 'finance', 'model.shop.slow'],
      ['as before', undefined, 'model.shop.then'],
      ['as id', undefined, 'model.shop.then'],
      ['as last', undefined, 'operation.shop.shop-on-run-end-0'],
    ]);
  });

  test('describes all columns of a table by one statement, and those of a view as it is made', async () => {
    const text = (name: string) => ({ name, type: 'text' });
    const described = [text('id'), text('NOTE')];
    lab.server.on(/^select \* from \(/, { kind: 'rows', columns: described, rows: [] });
    lab.server.on(/information_schema\.columns/i, {
      kind: 'rows',
      columns: ['TABLE_SCHEMA', 'TABLE_NAME', 'COLUMN_NAME', 'TYPE'].map(text),
      rows: ['id', 'NOTE', 'OTHER'].map((name) => ['MARTS', 'SLOW', name, 'varchar']),
    });
    const columns = ['id', 'note', 'gone'].map((name) => ({ name, description: `It's ${name}.` }));
    sandbox.write({
      'models/slow.sql': 'select 1 as "id", 2 as note, 3 as other',
      'models/seen.sql': "{{ config(materialized='view') }} select * from {{ ref('slow') }}",
      'models/all.yml': JSON.stringify({
        models: ['slow', 'seen'].map((name) => ({ name, columns, config: { persist_docs: { columns: true } } })),
      }),
    });
    const { code, stdout, stderr } = await sandbox.run('run --threads 1');
    expect([code, stdout + stderr]).toEqual([0, expect.stringContaining('PASS=2')]);
    expect(lab.sent().filter((sql) => sql.includes(' comment '))).toEqual([
      `alter table "SHOP"."MARTS"."SLOW" modify column "id" comment 'It''s id.', column "NOTE" comment 'It''s note.'`,
      expect.stringContaining(
        `create view "SHOP"."MARTS"."SEEN" (\n    "id" comment 'It''s id.',\n    "NOTE" comment 'It''s note.'\n) as\n`,
      ),
    ]);
  });

  test('stops within five seconds even when Snowflake has fallen silent', async () => {
    let stopped = 0;
    const killOn = new Promise<void>((resolve) => {
      lab.server.on(/select 1 as id/, () => {
        lab.server.isSilent = true;
        stopped = Date.now();
        resolve();
        return { kind: 'endless', isDetached: false };
      });
    });
    expect((await sandbox.run('run', { killOn })).code).toBe(130);
    expect(Date.now() - stopped).toBeLessThan(5000);
  });
});
