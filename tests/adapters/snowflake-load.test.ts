import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CellValue } from '../../orchestrator/manifest/results.ts';
import { caught, SnowflakeLab } from './support/snowflake-lab.ts';
import { changed, type Reply, statementTypes } from './support/snowflake-replies.ts';

const lab = new SnowflakeLab();
const relation = { database: 'shop', schema: 'marts', identifier: 'orders' };
const columns = [
  { name: 'ID', type: 'integer' },
  { name: 'NOTE', type: 'varchar' },
  { name: 'DATA', type: 'variant' },
];
const rows: readonly (readonly CellValue[])[] = [
  [1, 'a "quoted", é\nline', '{"a":1}'],
  [12345678901234567890n, '', null],
  [null, null, '[]'],
  [Number.NEGATIVE_INFINITY, '\\N', 'true'],
];

let stage: string;
/** The folder for temporary files of this test alone. */
let folder: string;

beforeEach(() => {
  stage = mkdtempSync(join(tmpdir(), 'strata-stage-'));
  folder = mkdtempSync(join(tmpdir(), 'strata-temporary-'));
  vi.stubEnv('TMPDIR', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  for (const each of [stage, folder]) rmSync(each, { recursive: true, force: true });
});

/** What Snowflake says of a COPY that took this many rows of each file. */
function copied(...counts: readonly number[]): Reply {
  return {
    kind: 'rows',
    columns: [
      { name: 'file', type: 'text' },
      { name: 'status', type: 'text' },
      { name: 'rows_parsed', type: 'fixed', precision: 19, scale: 0 },
      { name: 'rows_loaded', type: 'fixed', precision: 19, scale: 0 },
    ],
    rows: counts.map((count, index) => [`${index}.csv.gz`, 'LOADED', String(count), String(count)]),
  };
}

function readStage(): string[] {
  return readdirSync(stage).map((name) => gunzipSync(readFileSync(join(stage, name))).toString());
}

function hideIds(sql: string): string {
  return sql.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>').replace(/file:\/\/.*strata-load-\w+/, 'file://<folder>');
}

describe('loading', () => {
  test('puts a file into the stage of the user and copies it, within the open transaction', async () => {
    lab.server.on(/^put/, { kind: 'upload', folder: stage }).on(/^copy/, copied(4));
    const session = await lab.session();
    await session.begin();
    expect(await session.load(relation, columns, rows)).toBe(4);
    await session.commit();
    expect(lab.sent().map(hideIds)).toEqual([
      'begin transaction',
      "put 'file://<folder>/<id>.csv.gz' '@~/strata/<id>' auto_compress = false source_compression = gzip",
      [
        'copy into "SHOP"."MARTS"."ORDERS" ("ID", "NOTE", "DATA")',
        'from (select $1, $2, parse_json($3) from @~/strata/<id>)',
        `file_format = (type = csv compression = gzip field_delimiter = ',' field_optionally_enclosed_by = '"'` +
          ' escape_unenclosed_field = none empty_field_as_null = true null_if = ())',
        'on_error = abort_statement',
        'purge = true',
      ].join('\n'),
      'commit',
    ]);
    expect(readStage()).toEqual([
      [
        '1,"a ""quoted"", é\nline","{""a"":1}",1',
        '12345678901234567890,"",,1',
        ',,"[]",1',
        '-inf,"\\N","true",1',
        '',
      ].join('\n'),
    ]);
    expect(readdirSync(folder).filter((name) => name.startsWith('strata-'))).toEqual([]);
  });

  test('of many rows uses a file for each fifty thousand', async () => {
    lab.server.on(/^put/, { kind: 'upload', folder: stage }).on(/^copy/, copied(50_000, 50_000, 1));
    const many = Array.from({ length: 100_001 }, (_, index) => [index, `row ${index}`, null]);
    expect(await (await lab.session()).load(relation, columns, many)).toBe(100_001);
    const lines = readStage().flatMap((text) => text.trimEnd().split('\n'));
    expect([lines.length, new Set(lines).size]).toEqual([100_001, 100_001]);
  });

  test('of no rows sends nothing', async () => {
    expect(await (await lab.session()).load(relation, columns, [])).toBe(0);
    expect(lab.sent()).toEqual([]);
  });

  test('that Snowflake refuses shows its message and leaves no file behind', async () => {
    const message = "Numeric value 'x' is not recognized\n  File 'strata/0.csv.gz', line 1, character 1";
    lab.server
      .on(/^put/, { kind: 'upload', folder: stage })
      .on(/^copy/, { kind: 'error', code: '100038', message, sqlState: '22018' });
    const error = await caught((await lab.session()).load(relation, columns, rows));
    expect([error.code, error.message]).toEqual(['database-error', message]);
    expect(hideIds(lab.sent().at(-1) ?? '')).toBe('remove @~/strata/<id>');
  });

  test('that took fewer rows than were sent is an error', async () => {
    lab.server.on(/^put/, { kind: 'upload', folder: stage }).on(/^copy/, copied(3));
    const error = await caught((await lab.session()).load(relation, columns, rows));
    expect(error.message).toBe('Snowflake loaded 3 of 4 rows into "SHOP"."MARTS"."ORDERS".');
  });
});

describe('loading where no stage is allowed', () => {
  const refusal: Reply = { kind: 'error', code: '003001', message: 'Insufficient privileges to operate on stage.' };

  test('inserts binds, and asks for the stage once only', async () => {
    lab.server.on(/^put/, refusal).on(/^insert/, changed(statementTypes.insert, 4));
    const adapter = lab.open();
    const session = await adapter.openSession();
    expect(await session.load(relation, columns, rows)).toBe(4);
    expect(await (await adapter.openSession()).load(relation, columns.slice(0, 2), [[1, 'x']])).toBe(1);
    const inserts = lab.server.statements.filter(({ sqlText }) => sqlText.startsWith('insert'));
    expect(lab.sent().filter((sql) => sql.startsWith('put')).length).toBe(1);
    expect(inserts.map(({ sqlText, bindings }) => [sqlText, Object.values(bindings ?? {})])).toEqual([
      [
        'insert into "SHOP"."MARTS"."ORDERS" ("ID", "NOTE", "DATA")' +
          ' select c1, c2, parse_json(c3) from (values (?, ?, ?)) as bound (c1, c2, c3)',
        [
          { type: 'TEXT', value: ['1', '12345678901234567890', null, '-inf'] },
          { type: 'TEXT', value: ['a "quoted", é\nline', '', null, '\\N'] },
          { type: 'TEXT', value: ['{"a":1}', null, '[]', 'true'] },
        ],
      ],
      [
        'insert into "SHOP"."MARTS"."ORDERS" ("ID", "NOTE") values (?, ?)',
        [
          { type: 'TEXT', value: ['1'] },
          { type: 'TEXT', value: ['x'] },
        ],
      ],
    ]);
  });

  test.each([
    [5000, 1, [2000, 2000, 1000]],
    [12, 3000, [5, 5, 2]],
  ])('sends %d rows of %d columns in bounded requests', async (count, width, sizes) => {
    lab.server.on(/^put/, refusal).on(/^insert/, changed(statementTypes.insert, 1));
    const wide = Array.from({ length: width }, (_, index) => ({ name: `c${index}`, type: 'integer' }));
    const cells = Array.from({ length: count }, () => wide.map((_, index) => index));
    expect(await (await lab.session()).load(relation, wide, cells)).toBe(count);
    const lengths = lab.server.statements.flatMap(({ bindings }) => {
      const first = bindings?.['1']?.value;
      return Array.isArray(first) ? [first.length] : [];
    });
    expect(lengths).toEqual(sizes);
  });

  test('is all or nothing, and tells both reasons when the binds fail too', async () => {
    const fails: Reply = { kind: 'error', code: '100038', message: 'not recognized' };
    lab.server
      .on(/^put/, refusal)
      .on(/^insert/, fails)
      .on(/^insert/, changed(statementTypes.insert, 2000), 1);
    const many = Array.from({ length: 2500 }, (_, index) => [index, null, null]);
    const error = await caught((await lab.session()).load(relation, columns, many));
    expect(error.message).toBe(
      'not recognized\nThis was said of rows 2001 to 2500, sent as binds since the stage was refused:' +
        ' Insufficient privileges to operate on stage.',
    );
    const verbs = lab.sent().map((sql) => sql.split(' ')[0]);
    expect(verbs).toEqual(['put', 'begin', 'insert', 'insert', 'rollback']);
  });

  test('joins the transaction that is open', async () => {
    lab.server.on(/^put/, refusal).on(/^insert/, changed(statementTypes.insert, 4));
    const session = await lab.session();
    await session.begin();
    await session.load(relation, columns, rows);
    await session.commit();
    const verbs = lab.sent().map((sql) => sql.split(' ')[0]);
    expect(verbs).toEqual(['begin', 'put', 'insert', 'commit']);
  });

  test('does not take a cancellation for a refusal', async () => {
    lab.server.on(/^put/, { kind: 'endless', isDetached: false });
    const session = await lab.session();
    const running = caught(session.load(relation, columns, rows));
    await expect.poll(() => lab.sent().length).toBe(1);
    await session.cancel();
    expect((await running).code).toBe('cancelled');
    expect(lab.sent().length).toBe(1);
  });
});
