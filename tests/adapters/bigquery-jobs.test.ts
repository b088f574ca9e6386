import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { fail, token, useBigQueryServer } from './support/bigquery-lab.ts';
import { refuse } from './support/bigquery-server-wire.ts';

const { server, openAdapter, openSession } = useBigQueryServer();
const submissions = /^POST .*\/jobs$/;

describe('a job', () => {
  test('carries its bounds, its labels and an id of ours', async () => {
    const session = await openSession({
      execution_project: 'payer',
      location: 'EU',
      priority: 'batch',
      maximum_bytes_billed: 10_000_000_000,
      job_execution_timeout_seconds: 60,
    });
    await session.tag?.({ invocationId: '7F3C-2', node: 'model.shop.fct_Orders' });
    await session.execute('select 1');
    expect(server.requests[0]?.path).toBe('/bigquery/v2/projects/payer/jobs');
    expect(server.requests[0]?.body).toEqual({
      configuration: {
        query: {
          query: 'select 1',
          useLegacySql: false,
          priority: 'BATCH',
          maximumBytesBilled: '10000000000',
          connectionProperties: [{ key: 'dataset_project_id', value: 'shop' }],
        },
        jobTimeoutMs: '60000',
        labels: { strata_invocation_id: '7f3c-2', strata_node: 'model_shop_fct_orders' },
      },
      jobReference: { projectId: 'payer', location: 'EU', jobId: expect.stringMatching(/^strata_[0-9a-f-]{36}$/) },
    });
  });

  test('keeps the end of a node whose name is longer than a label', async () => {
    const session = await openSession();
    await session.tag?.({ invocationId: 'x', node: `model.shop.${'a'.repeat(60)}_end` });
    await session.execute('select 1');
    expect(server.requests[0]?.body.configuration?.labels?.['strata_node']).toBe(`${'a'.repeat(59)}_end`);
  });

  test('is followed from pending to running to done where it runs, and its rows are read page by page', async () => {
    server.script('from orders', {
      states: ['PENDING', 'RUNNING', 'RUNNING'],
      fields: [{ name: 'id', type: 'INTEGER' }],
      pages: [[['1'], ['2']], [['3']]],
      statistics: { totalBytesProcessed: '2048' },
    });
    const session = await openSession({ location: 'europe-west3' });
    expect(await session.query('select id from orders')).toEqual({
      columns: [{ name: 'id', type: 'INT64' }],
      rows: [[1], [2], [3]],
    });
    expect(session.bytesProcessed).toBe(2048);
    expect(server.find(submissions)).toHaveLength(1);
    expect(
      server.requests.every(({ query, method }) => method === 'POST' || query['location'] === 'europe-west3'),
    ).toBe(true);
    expect(server.find(/GET .*\/queries\//).map(({ query }) => query['pageToken'])).toContain('1');
  });

  test('says how many rows it changed and how many bytes it read', async () => {
    const statistics = { query: { statementType: 'MERGE', numDmlAffectedRows: '7', totalBytesProcessed: '512' } };
    server.script('merge', { statistics });
    const session = await openSession();
    expect(await session.execute('merge …')).toEqual({ code: 'MERGE', rowsAffected: 7 });
    expect(session.bytesProcessed).toBe(512);
  });

  test('that made a table says how many rows that has', async () => {
    const ddlTargetTable = { projectId: 'shop', datasetId: 'marts', tableId: 'orders' };
    const query = { statementType: 'CREATE_TABLE_AS_SELECT', ddlTargetTable, totalBytesProcessed: '0' };
    server.script('create table', { statistics: { query } });
    server.resources.set('/projects/shop/datasets/marts/tables/orders', { numRows: '12' });
    const session = await openSession();
    expect((await session.execute('create table marts.orders as select 1')).rowsAffected).toBe(12);
  });
});

describe('a failure', () => {
  test('of the statement points at its line and carries the reason', async () => {
    const message = 'Unrecognized name: nam; Did you mean name? at [2:12]';
    server.script('nam,', { states: ['RUNNING'], errorResults: [{ reason: 'invalidQuery', message }] });
    const error = await fail((await openSession()).query('select 1 as id,\n    upper(nam, 2)'));
    expect(error).toMatchObject({
      code: 'database-error',
      message: `${message}\nLINE 2:     upper(nam, 2)\n                   ^`,
      cause: { reason: 'invalidQuery' },
    });
    expect(inspect(error, { depth: 10 })).not.toContain(token);
    expect(server.find(submissions)).toHaveLength(1);
  });

  test('at submission is one of the statement too', async () => {
    server.refuseNext(submissions, [refuse(400, 'invalidQuery', 'Syntax error: Unexpected end of script at [1:1]')]);
    expect(await fail((await openSession()).execute(''))).toMatchObject({ code: 'database-error' });
  });

  test.each([
    ['accessDenied', 'Access Denied: Table shop:marts.orders', /"BigQuery Data Editor"/],
    ['bytesBilledLimitExceeded', 'Query exceeded limit for bytes billed: 10485760.', /"maximum_bytes_billed"/],
    ['notFound', 'Not found: Dataset shop:marts was not found in location US', /"location"/],
    ['quotaExceeded', 'Quota exceeded: Your project exceeded quota', /quota is renewed/],
  ])('for the reason %s says what to do', async (reason, message, hint) => {
    server.script('select', { errorResults: [{ reason, message }] });
    const error = await fail((await openSession()).query('select 1'));
    expect(error).toMatchObject({ code: 'database-error', message, hint: expect.stringMatching(hint) });
  });

  test('of the login while running is one of the connection', async () => {
    server.refuseNext(submissions, [refuse(401, 'authError', 'Request had invalid authentication credentials.')]);
    expect((await fail((await openSession()).query('select 1'))).code).toBe('connection-failed');
  });

  test('by others who changed the table at the same time may be tried again, another not', async () => {
    const reason = 'invalidQuery';
    const message = 'Could not serialize access to table shop:marts.orders due to concurrent update';
    server.script('update', { errorResults: [{ reason, message }] });
    server.script('select', { errorResults: [{ reason, message: 'Syntax error' }] });
    const adapter = openAdapter();
    const session = await adapter.openSession();
    expect(adapter.isRetryable(await fail(session.execute('update marts.orders …')))).toBe(true);
    expect(adapter.isRetryable(await fail(session.execute('select')))).toBe(false);
  });
});

describe('what is repeated', () => {
  test('a request that was refused for a moment', async () => {
    server.script('select', { states: ['RUNNING'], fields: [{ name: 'n', type: 'INTEGER' }], pages: [[['1']]] });
    server.refuseNext(submissions, [refuse(503, 'backendError', 'Try again'), { status: 502 }]);
    server.refuseNext(/GET .*\/jobs\//, [refuse(500, 'internalError', 'Try again')]);
    expect((await (await openSession()).query('select 1')).rows).toEqual([[1]]);
    expect(server.jobs.ids).toHaveLength(1);
  });

  test('a submission whose answer was lost finds the job it has made', async () => {
    server.script('insert', { states: ['RUNNING'], statistics: { query: { numDmlAffectedRows: '1' } } });
    server.refuseNext(submissions, [refuse(503, 'backendError', 'Try again')], true);
    expect((await (await openSession()).execute('insert …')).rowsAffected).toBe(1);
    expect(server.find(submissions).map(({ body }) => body.jobReference?.jobId)).toEqual([
      server.jobs.ids[0],
      server.jobs.ids[0],
    ]);
    expect(server.jobs.ids).toHaveLength(1);
  });

  test('no longer than five times', async () => {
    const unwell = refuse(503, 'backendError', 'Service unavailable');
    server.refuseNext(submissions, Array(9).fill(unwell));
    expect(await fail((await openSession()).query('select 1'))).toMatchObject({ message: 'Service unavailable' });
    expect(server.requests).toHaveLength(5);
  });

  test('a job that failed for a reason of BigQuery, under another id, as often as the target says', async () => {
    const errorResult = { reason: 'backendError', message: 'An internal error occurred' };
    server.script('once', { errorResults: [errorResult] });
    server.script('thrice', { errorResults: [errorResult, errorResult, errorResult] });
    const session = await openSession({ job_retries: 2 });
    await session.execute('select once');
    expect(new Set(server.jobs.ids).size).toBe(2);
    expect(await fail(session.execute('select thrice'))).toMatchObject({ message: errorResult.message });
    expect(new Set(server.jobs.ids).size).toBe(5);
  });

  test('never a script, half of which may be done', async () => {
    const errorResults = [{ reason: 'backendError', message: 'An internal error occurred' }];
    server.script('insert', { errorResults, statistics: { numChildJobs: '2' } });
    await fail((await openSession()).execute('insert …; insert …'));
    expect(server.jobs.ids).toHaveLength(1);
  });
});

describe('a job is stopped', () => {
  test('by cancelling its session, which goes on', async () => {
    server.script('slow', { states: 'forever' });
    const session = await openSession();
    const failure = fail(session.query('select slow'));
    await sleep(100);
    const started = performance.now();
    await session.cancel();
    expect(await failure).toMatchObject({ code: 'cancelled', message: 'The statement was cancelled.' });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(server.jobs.cancelled).toEqual(server.jobs.ids);
    await session.query('select 1');
  });

  test('when it is cancelled before BigQuery has answered', async () => {
    server.script('slow', { states: 'forever' });
    const session = await openSession();
    const failure = fail(session.query('select slow'));
    await session.cancel();
    expect((await failure).code).toBe('cancelled');
    expect(server.jobs.cancelled).toEqual(server.jobs.ids);
  });

  test('and left alone where BigQuery does not stop it', async () => {
    server.script('slow', { states: Array(20_000).fill('RUNNING') });
    server.refuseNext(/cancel$/, [refuse(403, 'accessDenied', 'Access Denied: Job shop:US.x')]);
    const session = await openSession();
    const failure = fail(session.query('select slow'));
    await sleep(100);
    const started = performance.now();
    await session.cancel();
    expect((await failure).code).toBe('cancelled');
    expect(performance.now() - started).toBeLessThan(4000);
    await sleep(200);
    const asked = server.requests.length;
    await sleep(300);
    expect(server.requests).toHaveLength(asked);
  });

  test('by closing the adapter, and that twice', async () => {
    server.script('slow', { states: 'forever' });
    const adapter = openAdapter();
    const failure = fail((await adapter.openSession()).query('select slow'));
    await sleep(100);
    await adapter.close();
    await adapter.close();
    expect((await failure).code).toBe('cancelled');
    expect(server.jobs.cancelled).toHaveLength(1);
  });

  test('by its time limit, with what to do', async () => {
    server.script('slow', { states: 'forever' });
    const session = await openSession({ job_execution_timeout_seconds: 1 });
    expect(await fail(session.query('select slow'))).toMatchObject({
      code: 'database-error',
      message: 'The job did not end within 1 seconds and was cancelled.',
      hint: 'Raise "job_execution_timeout_seconds" in profiles.yml, or make the statement smaller.',
    });
    expect(server.jobs.cancelled).toEqual(server.jobs.ids);
  });

  test('and with nothing running nothing is asked', async () => {
    await (await openSession()).cancel();
    expect(server.requests).toEqual([]);
  });
});
