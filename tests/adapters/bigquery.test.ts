import { describe, expect, test } from 'vitest';
import { fail, useBigQueryServer } from './support/bigquery-lab.ts';
import { refuse } from './support/bigquery-server-wire.ts';

const { server, openSession } = useBigQueryServer();
const relation = { database: 'shop', schema: 'raw', identifier: 'events' };
const tablePath = '/projects/shop/datasets/raw/tables/events';

describe('values', () => {
  /** The cell that a value on the wire becomes. */
  const read = async (field: object, value: unknown) => {
    server.reset();
    server.script('select', { fields: [{ name: 'x', ...field }], pages: [[[value]]] });
    const { columns, rows } = await (await openSession()).query('select x');
    return [columns[0]?.type, rows[0]?.[0]];
  };

  test.each([
    [{ type: 'BOOLEAN' }, 'true', 'BOOL', true],
    [{ type: 'INTEGER' }, '-7', 'INT64', -7],
    [{ type: 'INTEGER' }, '9007199254740991', 'INT64', 9007199254740991],
    [{ type: 'INTEGER' }, '9007199254740993', 'INT64', 9007199254740993n],
    [{ type: 'FLOAT' }, '1.0E-3', 'FLOAT64', 0.001],
    [{ type: 'FLOAT' }, 'NaN', 'FLOAT64', Number.NaN],
    [{ type: 'FLOAT' }, '-Infinity', 'FLOAT64', Number.NEGATIVE_INFINITY],
    [{ type: 'FLOAT' }, 'inf', 'FLOAT64', Number.POSITIVE_INFINITY],
    [{ type: 'NUMERIC' }, '1.50', 'NUMERIC', '1.5'],
    [{ type: 'NUMERIC', precision: '10', scale: '2' }, '100', 'NUMERIC(10, 2)', '100'],
    [{ type: 'BIGNUMERIC' }, '-0.000000000', 'BIGNUMERIC', '-0'],
    [{ type: 'STRING', maxLength: '5' }, 'naïve', 'STRING(5)', 'naïve'],
    [{ type: 'BYTES' }, 'AAH/', 'BYTES', '\\x0001ff'],
    [{ type: 'DATE' }, '0001-01-01', 'DATE', '0001-01-01'],
    [{ type: 'DATETIME' }, '2024-02-29T23:59:59.500000', 'DATETIME', '2024-02-29 23:59:59.5'],
    [{ type: 'DATETIME' }, '2024-02-29T00:00:00', 'DATETIME', '2024-02-29 00:00:00'],
    [{ type: 'TIMESTAMP' }, '1709251199123456', 'TIMESTAMP', '2024-02-29 23:59:59.123456'],
    [{ type: 'TIMESTAMP' }, '-250000', 'TIMESTAMP', '1969-12-31 23:59:59.75'],
    [{ type: 'TIMESTAMP' }, '1.7092512E9', 'TIMESTAMP', '2024-03-01 00:00:00'],
    [{ type: 'TIMESTAMP' }, '-62135596800000000', 'TIMESTAMP', '0001-01-01 00:00:00'],
    [{ type: 'TIME' }, '10:00:00.120000', 'TIME', '10:00:00.12'],
    [{ type: 'INTERVAL' }, '1-2 3 4:0:0', 'INTERVAL', '1 year 2 mons 3 days 04:00:00'],
    [{ type: 'INTERVAL' }, '-0-1 0 -0:0:1.5', 'INTERVAL', '-1 mon -00:00:01.5'],
    [{ type: 'INTERVAL' }, '0-0 0 0:0:0', 'INTERVAL', '00:00:00'],
    [{ type: 'JSON' }, '{"a":[1]}', 'JSON', '{"a":[1]}'],
    [{ type: 'GEOGRAPHY' }, 'POINT(1 2)', 'GEOGRAPHY', 'POINT(1 2)'],
    [{ type: 'STRING' }, null, 'STRING', null],
    [{ type: 'INTEGER', mode: 'REPEATED' }, [{ v: '1' }, { v: '2' }], 'ARRAY<INT64>', '[1,2]'],
    [{ type: 'STRING', mode: 'REPEATED' }, [], 'ARRAY<STRING>', '[]'],
  ])('%o %o is %s %o', async (field, value, type, cell) => {
    expect(await read(field, value)).toEqual([type, cell]);
  });

  test('of structs, and of lists of them, are JSON with their names', async () => {
    const fields = [
      { name: 'id', type: 'INTEGER' },
      { name: 'tags', type: 'STRING', mode: 'REPEATED' },
      { name: 'at', type: 'RECORD', fields: [{ name: 'day', type: 'DATE' }] },
    ];
    const struct = { f: [{ v: '1' }, { v: [{ v: 'a' }] }, { v: { f: [{ v: '2024-02-29' }] } }] };
    const type = 'STRUCT<id INT64, tags ARRAY<STRING>, at STRUCT<day DATE>>';
    const json = '{"id":1,"tags":["a"],"at":{"day":"2024-02-29"}}';
    expect(await read({ type: 'RECORD', fields }, struct)).toEqual([type, json]);
    const list = [{ v: struct }, { v: struct }];
    expect(await read({ type: 'RECORD', mode: 'REPEATED', fields }, list)).toEqual([
      `ARRAY<${type}>`,
      `[${json},${json}]`,
    ]);
  });

  test('of numbers are read page by page into arrays', async () => {
    const fields = [
      { name: 'n', type: 'NUMERIC' },
      { name: 'b', type: 'BOOLEAN' },
    ].map((field) => ({ ...field }));
    server.script('select', {
      fields,
      pages: [
        [
          ['1.5', 'true'],
          [null, 'false'],
        ],
        [['-3', null]],
      ],
    });
    expect(await (await openSession()).readNumbers('select n, b')).toEqual([
      Float64Array.of(1.5, Number.NaN, -3),
      Float64Array.of(1, 0, Number.NaN),
    ]);
  });

  test('of a result without rows have columns all the same', async () => {
    server.script('select', { fields: [{ name: 'a', type: 'INTEGER' }] });
    const session = await openSession();
    expect(await session.query('select a')).toMatchObject({ columns: [{ name: 'a', type: 'INT64' }], rows: [] });
    expect(await session.readNumbers('select a')).toEqual([new Float64Array()]);
  });
});

describe('a dry run', () => {
  const schema = { fields: [{ name: 'amount', type: 'NUMERIC' }] };

  test('tells columns and bytes, and makes no job', async () => {
    server.script('select', { statistics: { query: { schema, totalBytesProcessed: '123456789' } } });
    const session = await openSession();
    expect(await session.describeQuery('select amount')).toEqual([{ name: 'amount', type: 'NUMERIC' }]);
    expect(await session.estimateBytes?.('select amount')).toBe(123_456_789);
    expect(server.requests.map(({ body }) => body.configuration?.dryRun)).toEqual([true, true]);
    expect(server.jobs.ids).toEqual([]);
  });

  test('without a schema makes an empty query tell it', async () => {
    server.script('limit 0', { fields: schema.fields });
    expect(await (await openSession()).describeQuery('select amount -- all')).toEqual([
      { name: 'amount', type: 'NUMERIC' },
    ]);
  });
});

describe('the catalog', () => {
  const fields = ['database', 'schema', 'identifier', 'type'].map((name) => ({ name, type: 'STRING' }));
  const missing = { reason: 'notFound', message: 'Not found: Dataset shop:gone was not found in location EU' };

  test('is asked once for all datasets', async () => {
    server.script('INFORMATION_SCHEMA', { fields, pages: [[['shop', 'raw', 'events', 'view']]] });
    const schemas = ['raw', 'marts'].map((schema) => ({ database: 'shop', schema }));
    expect(await (await openSession()).listRelations(schemas)).toEqual([{ ...relation, type: 'view' }]);
    expect(server.jobs.ids).toHaveLength(1);
  });

  test('has nothing of a dataset that does not exist, and all of the others', async () => {
    server.script('gone', { errorResults: [missing] });
    server.script('raw', { fields, pages: [[['shop', 'raw', 'events', 'table']]] });
    server.resources.set('/projects/shop/datasets/raw', {});
    const schemas = ['gone', 'raw'].map((schema) => ({ database: 'shop', schema }));
    expect(await (await openSession()).listRelations(schemas)).toEqual([{ ...relation, type: 'table' }]);
  });

  test('is empty too where the account may not know whether a dataset exists', async () => {
    const message = 'Access Denied: Dataset shop:gone: Permission denied on dataset shop:gone (or it may not exist).';
    server.script('gone', { errorResults: [{ reason: 'accessDenied', message }] });
    expect(await (await openSession()).listRelations([{ database: 'shop', schema: 'gone' }])).toEqual([]);
  });

  test('is empty where no dataset exists', async () => {
    server.script('gone', { errorResults: [missing, missing] });
    const session = await openSession();
    const gone = { database: 'shop', schema: 'gone', identifier: 'x' };
    expect(await session.listRelations([gone])).toEqual([]);
    expect(await session.listColumns([gone])).toEqual(new Map());
  });
});

describe('a load', () => {
  const fields = [
    { name: 'id', type: 'INTEGER', mode: 'REQUIRED' },
    { name: 'name', type: 'STRING' },
    { name: 'amount', type: 'NUMERIC', precision: '10', scale: '2' },
  ];
  const columns = ['Name', 'id'].map((name) => ({ name, type: '' }));
  const describeTable = () => server.resources.set(tablePath, { schema: { fields }, location: 'EU' });

  test('is one job that appends lines of JSON under the schema that the table has', async () => {
    describeTable();
    server.script('events', { states: ['PENDING', 'RUNNING'], statistics: { load: { outputRows: '2' } } });
    const session = await openSession();
    await session.tag?.({ invocationId: 'run-1', node: 'seed.shop.events' });
    expect(
      await session.load(relation, columns, [
        ['Ünïcode ☃ 𝕏 "q"\n', 1],
        [null, 9007199254740993n],
      ]),
    ).toBe(2);
    const id = server.jobs.ids[0] ?? '';
    expect(server.find(/^POST \/upload/)[0]?.body).toEqual({
      jobReference: { projectId: 'shop', jobId: id, location: 'EU' },
      configuration: {
        labels: { strata_invocation_id: 'run-1', strata_node: 'seed_shop_events' },
        load: {
          destinationTable: { projectId: 'shop', datasetId: 'raw', tableId: 'events' },
          schema: { fields },
          sourceFormat: 'NEWLINE_DELIMITED_JSON',
          writeDisposition: 'WRITE_APPEND',
          createDisposition: 'CREATE_NEVER',
        },
      },
    });
    const text = server.jobs.uploads.get(id)?.text ?? '';
    expect(text).toMatch(/^[\n -~]*$/);
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { name: 'Ünïcode ☃ 𝕏 "q"\n', id: '1' },
      { name: null, id: '9007199254740993' },
    ]);
  });

  test('of more than a part is sent in parts, and a part that was refused once more', async () => {
    describeTable();
    server.script('events', { statistics: { load: { outputRows: '200000' } } });
    server.refuseNext(/^PUT/, [refuse(503, 'backendError', 'Try again')]);
    const label = 'x'.repeat(60);
    const rows = (function* () {
      for (let id = 0; id < 200_000; id++) yield [label, id];
    })();
    expect(await (await openSession()).load(relation, columns, rows)).toBe(200_000);
    const parts = server.find(/^PUT/).map(({ headers }) => headers['content-range']);
    const size = server.jobs.uploads.get(server.jobs.ids[0] ?? '')?.text.length;
    expect(parts).toEqual([
      'bytes 0-8388607/*',
      'bytes 0-8388607/*',
      `bytes 8388608-16777215/*`,
      `bytes 16777216-${Number(size) - 1}/${size}`,
    ]);
  });

  test('that BigQuery refuses says which rows', async () => {
    describeTable();
    const message = 'Error while reading data, error message: JSON table encountered too many errors, giving up.';
    const detail = 'JSON parsing error in row starting at position 9: Required field id cannot be null.';
    const errors = [{ reason: 'invalid', message: detail }];
    server.script('events', { errorResults: [{ reason: 'invalid', message }], errors });
    const error = await fail((await openSession()).load(relation, columns, [['a', null]]));
    expect(error).toMatchObject({ code: 'database-error', message: `${message}\n${detail}` });
  });

  test.each([
    ['id', 'seven', 'row 2, column "id" (INT64): "seven" is not an integer.'],
    ['amount', 'a lot', 'row 2, column "amount" (NUMERIC): "a lot" is not a decimal number.'],
  ])('of a bad cell in %s is not finished, and names it', async (name, value, message) => {
    describeTable();
    const failure = (await openSession()).load(relation, [{ name, type: '' }], [['1'], [value]]);
    expect(await fail(failure)).toMatchObject({ code: 'database-error', message });
    expect(server.jobs.ids).toEqual([]);
  });

  test('of a column that the table lacks names it', async () => {
    describeTable();
    const failure = (await openSession()).load(relation, [{ name: 'nope', type: '' }], [[1]]);
    expect((await fail(failure)).message).toBe('The table to load has no column "nope".');
  });

  test('into a table that does not exist is one of the statement', async () => {
    const failure = (await openSession()).load(relation, columns, [['a', 1]]);
    expect(await fail(failure)).toMatchObject({ code: 'database-error', cause: { reason: 'notFound' } });
  });

  test('that is cancelled while it is sent never becomes a job', async () => {
    describeTable();
    const session = await openSession();
    let stopped: Promise<void> | undefined;
    const rows = (function* () {
      for (let id = 0; id < 100_000; id++) {
        if (id === 50_000) stopped = session.cancel();
        yield ['x'.repeat(100), id];
      }
    })();
    expect((await fail(session.load(relation, columns, rows))).code).toBe('cancelled');
    await stopped;
    expect(server.jobs.ids).toEqual([]);
  });

  test('of no rows asks nothing', async () => {
    expect(await (await openSession()).load(relation, columns, [])).toBe(0);
    expect(server.requests).toEqual([]);
  });
});
