import { describe, expect, test } from 'vitest';
import { caught, SECRET, SnowflakeLab } from './support/snowflake-lab.ts';
import { changed, type Reply, statementTypes } from './support/snowflake-replies.ts';

const lab = new SnowflakeLab();

describe('values', () => {
  test('are the cells DuckDB gives', async () => {
    const columns = [
      { name: 'ID', type: 'fixed', precision: 38, scale: 0 },
      { name: 'BIG', type: 'fixed', precision: 38, scale: 0 },
      { name: 'PRICE', type: 'fixed', precision: 12, scale: 2 },
      { name: 'RATIO', type: 'real' },
      { name: 'NAME', type: 'text' },
      { name: 'IS_NEW', type: 'boolean' },
      { name: 'DAY', type: 'date' },
      { name: 'AT', type: 'timestamp_ntz', precision: 0, scale: 9 },
      { name: 'AT_TZ', type: 'timestamp_tz', precision: 0, scale: 9 },
      { name: 'AT_LTZ', type: 'timestamp_ltz', precision: 0, scale: 9 },
      { name: 'CLOCK', type: 'time', precision: 0, scale: 9 },
      { name: 'BYTES', type: 'binary' },
      { name: 'DATA', type: 'variant' },
    ];
    const rows = [
      // biome-ignore format: one row of the table
      ['1', '12345678901234567890', '1.50', '0.1', 'a "b" é', '1', '19782', '1709211900.500000000', '1709211900.000000000 1500', '1709211900.123456789', '47100.250000000', '00FF', '{\n  "a b": [\n    1,\n    "x  y"\n  ]\n}'],
      // biome-ignore format: one row of the table
      ['-7', '9007199254740991', '-0.05', 'inf', '', '0', '-719162', '-1.000000000', '0.000000000 1440', '0.000000000', '0.000000000', '', '"text"'],
      columns.map(() => null),
    ];
    lab.server.on(/^select/, { kind: 'rows', columns, rows });
    const table = await (await lab.session()).query('select * from everything');
    expect(table.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'ID number(38,0)',
      'BIG number(38,0)',
      'PRICE number(12,2)',
      'RATIO float',
      'NAME varchar',
      'IS_NEW boolean',
      'DAY date',
      'AT timestamp_ntz',
      'AT_TZ timestamp_tz',
      'AT_LTZ timestamp_ltz',
      'CLOCK time',
      'BYTES binary',
      'DATA variant',
    ]);
    expect(table.rows).toEqual([
      [
        1,
        12345678901234567890n,
        '1.50',
        0.1,
        'a "b" é',
        true,
        '2024-02-29',
        '2024-02-29 13:05:00.5',
        '2024-02-29 13:05:00+00',
        '2024-02-29 13:05:00.123456789+00',
        '13:05:00.25',
        '\\x00ff',
        '{"a b":[1,"x  y"]}',
      ],
      [
        -7,
        9007199254740991,
        '-0.05',
        Number.POSITIVE_INFINITY,
        '',
        false,
        '0001-01-01',
        '1969-12-31 23:59:59',
        '1970-01-01 00:00:00+00',
        '1970-01-01 00:00:00+00',
        '00:00:00',
        '\\x',
        '"text"',
      ],
      columns.map(() => null),
    ]);
  });
});

describe('statements', () => {
  test('carry the work they are done for as a query tag', async () => {
    const session = await lab.session({ query_tag: 'nightly' });
    await session.execute('create table a (x int)');
    await session.tag?.({ invocationId: 'run-1', node: 'model.shop.orders' });
    await session.query('select 1');
    await session.tag?.({ invocationId: 'run-1', node: 'model.shop.orders', mark: 'finance' });
    await session.query('select 2');
    expect(lab.server.statements.slice(1).map(({ sqlText, parameters }) => [sqlText, parameters])).toEqual([
      ['create table a (x int)', { QUERY_TAG: 'nightly' }],
      [
        'select 1',
        { QUERY_TAG: '{"tag":"nightly","app":"strata","invocation_id":"run-1","node":"model.shop.orders"}' },
      ],
      [
        'select 2',
        { QUERY_TAG: '{"tag":"finance","app":"strata","invocation_id":"run-1","node":"model.shop.orders"}' },
      ],
    ]);
  });

  test('are sent one at a time, and the rows the last one changed are told', async () => {
    lab.server.on(/delete/, changed(statementTypes.delete, 3)).on(/insert/, changed(statementTypes.insert, 4));
    const sql = [
      'begin; -- opens; nothing yet',
      "delete from a where name = 'x;y''z\\\\' or b = $$;$$;",
      '/* ; */ insert into "a;b" select 1 / 2, 3 - 1;',
      '-- the end;',
    ].join('\n');
    const response = await (await lab.session()).execute(sql);
    expect(response).toEqual({ code: 'SUCCESS', rowsAffected: 4 });
    expect(lab.sent()).toEqual([
      'begin',
      "-- opens; nothing yet\ndelete from a where name = 'x;y''z\\\\' or b = $$;$$",
      '/* ; */ insert into "a;b" select 1 / 2, 3 - 1',
    ]);
  });

  test('that Snowflake refuses fail with its message', async () => {
    const message = "SQL compilation error:\nObject 'NOWHERE' does not exist or not authorized.";
    lab.server.on(/nowhere/, { kind: 'error', code: '002003', message: `${message} ${SECRET}`, sqlState: '42S02' });
    const error = await caught((await lab.session()).query('select * from nowhere'));
    expect([error.code, error.message, error.cause]).toEqual([
      'database-error',
      `${message} ***`,
      { code: '002003', sqlState: '42S02' },
    ]);
  });

  test('without a warehouse say which key is missing', async () => {
    const message = 'No active warehouse selected in the current session.';
    lab.server.on(/^select/, { kind: 'error', code: '000606', message, sqlState: '57P03' });
    const error = await caught((await lab.session()).query('select 1'));
    expect(error.hint).toBe('Set "warehouse" in profiles.yml, and grant usage on it to the role.');
  });

  test('may be run again where another transaction was in the way, and only there', async () => {
    lab.server
      .on(/^update/, { kind: 'error', code: '000625', message: 'has locked table', sqlState: '57014' })
      .on(/^select/, { kind: 'error', code: '000904', message: 'invalid identifier' });
    const adapter = lab.open();
    const session = await adapter.openSession();
    expect(adapter.isRetryable(await caught(session.execute('update a set x = 1')))).toBe(true);
    expect(adapter.isRetryable(await caught(session.execute('select y')))).toBe(false);
  });

  test('are repeated under the same id when the service is busy', async () => {
    lab.server.on(/^insert/, changed(statementTypes.insert, 1)).on(/^insert/, { kind: 'status', status: 503 }, 1);
    expect((await (await lab.session()).execute('insert into a values (1)')).rowsAffected).toBe(1);
    const ids = lab.server.statements.flatMap(({ sqlText, requestId }) => (/^insert/.test(sqlText) ? [requestId] : []));
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  });

  test('tell the columns of a query without running it', async () => {
    lab.server.on(/n from a/, {
      kind: 'rows',
      columns: [{ name: 'N', type: 'fixed', precision: 9, scale: 3 }],
      rows: [],
    });
    expect(await (await lab.session()).describeQuery('select n from a')).toEqual([{ name: 'N', type: 'number(9,3)' }]);
    expect(lab.server.statements.at(-1)?.describeOnly).toBe(true);
  });
});

describe('large answers', () => {
  const rowsFrom = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => [String(first + index), (first + index) % 2 === 0 ? '0.5' : null]);
  const answer: Reply = {
    kind: 'rows',
    columns: [
      { name: 'ID', type: 'fixed', precision: 38, scale: 0 },
      { name: 'X', type: 'real' },
    ],
    rows: rowsFrom(0, 10),
    parts: [rowsFrom(10, 40_000), rowsFrom(40_010, 40_000)],
  };

  test('come in parts, in order', async () => {
    lab.server.on(/^select/, answer);
    const { rows } = await (await lab.session()).query('select id, x from large');
    expect([rows.length, rows[0], rows[10], rows.at(-1)]).toEqual([80_010, [0, 0.5], [10, 0.5], [80_009, null]]);
    expect(rows.every(([id], index) => id === index)).toBe(true);
  });

  test('are read into numbers', async () => {
    lab.server.on(/^select/, answer);
    const [ids, xs] = await (await lab.session()).readNumbers('select id, x from large');
    expect([ids?.length, ids?.[80_009], xs?.[80_008], xs?.[80_009]]).toEqual([80_010, 80_009, 0.5, Number.NaN]);
    expect(ids?.every((id, index) => id === index)).toBe(true);
  });
});
