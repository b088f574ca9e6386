import { describe, expect, it } from 'vitest';
import { formatSummary } from '../../../orchestrator/cli/summary.ts';
import { StrataError } from '../../../orchestrator/errors.ts';
import type { Manifest } from '../../../orchestrator/manifest/manifest.ts';
import type { Node } from '../../../orchestrator/manifest/node.ts';
import type { NodeResult } from '../../../orchestrator/manifest/results.ts';
import { createNode, createResult, noColors } from './sample-run.ts';

const model = createNode('model', 'fct_orders');
const unique = createNode('test', 'unique_id', {
  original_file_path: 'models/orders.yml',
  depends_on: { nodes: ['model.shop.fct_orders'], macros: [] },
});
const late = createNode('test', 'late_rows', { original_file_path: 'tests/late_rows.sql' });

function summarize(results: readonly NodeResult[], errors: readonly (readonly [Node, StrataError])[] = []): string {
  const nodes = Object.fromEntries([model, unique, late].map((node) => [node.unique_id, node]));
  const empty = { sources: {}, exposures: {}, macros: {}, docs: {}, disabled: {} };
  const manifest: Manifest = { project_name: 'shop', adapter_type: 'duckdb', nodes, ...empty };
  const run = { invocationId: 'x', startedAt: new Date(0), elapsedSeconds: 1.2, command: 'build', args: {} };
  return formatSummary({
    results: { ...run, results },
    manifest,
    errors: new Map(errors.map(([node, error]) => [node.unique_id, error])),
    colors: noColors,
  });
}

describe('formatSummary', () => {
  it('is one line when all went well', () => {
    const results = [createResult(model, 'success'), createResult(unique, 'pass')];
    expect(summarize(results)).toBe('Done in 1.20s. PASS=2 WARN=0 ERROR=0 SKIP=0 TOTAL=2');
  });

  it('adds up what the warehouse charges for', () => {
    const results = [
      createResult(model, 'success', { bytesProcessed: 3_145_728 }),
      createResult(unique, 'pass', { bytesProcessed: 1_048_576 }),
      createResult(late, 'skipped'),
    ];
    expect(summarize(results)).toBe('Done in 1.20s. 4.0 MiB read. PASS=2 WARN=0 ERROR=0 SKIP=1 TOTAL=3');
  });

  it('counts what was cancelled', () => {
    const results = [createResult(model, 'cancelled'), createResult(unique, 'skipped')];
    expect(summarize(results)).toBe('Done in 1.20s. PASS=0 WARN=0 ERROR=0 SKIP=1 CANCELLED=1 TOTAL=2');
  });

  it('shows failures last, each with how to look at it', () => {
    const error = new StrataError(
      'database-error',
      'Column "x" does not exist.\nLINE 3: x',
      {
        file: 'models/fct_orders.sql',
        line: 3,
      },
      { hint: 'Did you mean "y"?' },
    );
    const results = [
      createResult(model, 'error', {
        message: 'Column "x" does not exist.',
        compiledPath: 'target/compiled/shop/models/fct_orders.sql',
      }),
      createResult(unique, 'fail', {
        failures: 1200,
        message: 'Got 1200 results, configured to fail if != 0',
        compiledPath: 'target/compiled/shop/models/orders.yml/unique_id.sql',
      }),
      createResult(late, 'warn', {
        failures: 1,
        message: 'Got 1 result',
        relationName: '"db"."main_dbt_test__audit"."late_rows"',
      }),
    ];
    expect(summarize(results, [[model, error]])).toBe(`Done in 1.20s. PASS=0 WARN=1 ERROR=2 SKIP=0 TOTAL=3

WARN 1 test late_rows (tests/late_rows.sql)
  Got 1 result
  rows: select * from "db"."main_dbt_test__audit"."late_rows"

FAIL 1200 test unique_id (models/orders.yml)
  Got 1200 results, configured to fail if != 0
  compiled: target/compiled/shop/models/orders.yml/unique_id.sql
  rows: strata show --select unique_id --unpublished

ERROR model main.fct_orders (models/fct_orders.sql)
  line 3: Column "x" does not exist.
  LINE 3: x
  Did you mean "y"?
  compiled: target/compiled/shop/models/fct_orders.sql`);
  });
});
