import { expect, it } from 'vitest';
import { formatRunResults } from '../../../orchestrator/artifacts/run-results-json.ts';
import type { NodeResult } from '../../../orchestrator/manifest/results.ts';

const context = { invocationId: 'abc', generatedAt: new Date('2025-03-01T10:00:05Z'), strataVersion: '0.1.0', env: {} };
const startedAt = new Date('2025-03-01T10:00:00Z');
const completedAt = new Date('2025-03-01T10:00:01.500Z');

const built: NodeResult = {
  uniqueId: 'model.shop.orders',
  status: 'success',
  message: 'OK',
  failures: null,
  executionTime: 1.5,
  threadId: 'Thread-1',
  timing: [{ name: 'execute', startedAt, completedAt }],
  rowsAffected: 12,
  compiledCode: 'select 1',
  compiledPath: 'target/compiled/shop/models/orders.sql',
  relationName: '"db"."main"."orders"',
};
const seeded: NodeResult = {
  ...built,
  uniqueId: 'seed.shop.rates',
  timing: [],
  compiledCode: null,
  rowsAffected: null,
};
const stopped: NodeResult = {
  ...seeded,
  uniqueId: 'test.shop.t',
  status: 'cancelled',
  message: 'cancelled',
  relationName: null,
};

it('tells the bytes a node read where the warehouse charges for them', () => {
  const results = { invocationId: 'abc', startedAt, elapsedSeconds: 2, command: 'build', args: {} };
  const read = [
    { ...built, bytesProcessed: 1536 },
    { ...built, rowsAffected: null, bytesProcessed: 0 },
    { ...built, rowsAffected: null, bytesProcessed: null },
  ];
  expect(formatRunResults({ ...results, results: read }, context)).toMatchObject({
    results: [
      { adapter_response: { _message: 'OK', rows_affected: 12, bytes_processed: 1536 } },
      { adapter_response: { _message: 'OK', bytes_processed: 0 } },
      { adapter_response: {} },
    ],
  });
});

it('gives results the form of run_results.json v6', () => {
  const results = { invocationId: 'abc', startedAt, elapsedSeconds: 2, command: 'build', args: { target: 'dev' } };
  expect(formatRunResults({ ...results, results: [built, seeded, stopped] }, context)).toEqual({
    metadata: {
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/run-results/v6.json',
      dbt_version: '1.11.0',
      generated_at: '2025-03-01T10:00:05.000Z',
      invocation_id: 'abc',
      env: { STRATA_VERSION: '0.1.0' },
    },
    results: [
      {
        status: 'success',
        timing: [{ name: 'execute', started_at: '2025-03-01T10:00:00.000Z', completed_at: '2025-03-01T10:00:01.500Z' }],
        thread_id: 'Thread-1',
        execution_time: 1.5,
        adapter_response: { _message: 'OK', rows_affected: 12 },
        message: 'OK',
        failures: null,
        unique_id: 'model.shop.orders',
        compiled: true,
        compiled_code: 'select 1',
        relation_name: '"db"."main"."orders"',
      },
      {
        status: 'success',
        timing: [],
        thread_id: 'Thread-1',
        execution_time: 1.5,
        adapter_response: {},
        message: 'OK',
        failures: null,
        unique_id: 'seed.shop.rates',
        compiled: null,
        compiled_code: null,
        relation_name: null,
      },
      {
        status: 'skipped',
        timing: [],
        thread_id: 'Thread-1',
        execution_time: 1.5,
        adapter_response: {},
        message: 'cancelled',
        failures: null,
        unique_id: 'test.shop.t',
        compiled: false,
        compiled_code: null,
        relation_name: null,
      },
    ],
    elapsed_time: 2,
    args: { target: 'dev', which: 'build' },
  });
});
