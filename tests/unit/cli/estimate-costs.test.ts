import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import { checkEstimates, estimateCosts } from '../../../orchestrator/cli/actions/estimate-costs.ts';
import { formatEstimates } from '../../../orchestrator/cli/actions/format-estimates.ts';
import { createNode, createResult } from './sample-run.ts';

/** DuckDB that tells 8 bytes for each row it estimates, as a warehouse that charges for bytes would. */
class EstimatingDuckDb extends DuckDbAdapter {
  override async openSession(): Promise<Session> {
    const session = await super.openSession();
    return Object.assign(Object.create(session), {
      estimateBytes: async (sql: string) => {
        const { rows } = await session.query(`select count(*) from (${sql})`);
        return 8 * Number(rows[0]?.[0]);
      },
      close: () => session.close(),
    });
  }
}

const orders = createNode('model', 'fct_orders');
const days = createNode('model', 'fct_days');
const rates = createNode('seed', 'rates');
const manifest = { nodes: Object.fromEntries([orders, days, rates].map((node) => [node.unique_id, node])) };

describe('estimates', () => {
  let adapter: EstimatingDuckDb;

  beforeAll(async () => {
    adapter = new EstimatingDuckDb({ type: 'duckdb', path: ':memory:' });
    await adapter.connect();
  });

  afterAll(() => adapter.close());

  it('are made for every query, the largest first, with the total', async () => {
    const results = [
      createResult(rates, 'success'),
      createResult(orders, 'success', { compiledCode: 'select * from range(128)' }),
      createResult(days, 'success', { compiledCode: 'select * from range(262144)' }),
    ];
    const estimates = await estimateCosts({ results, args: {} }, { manifest, adapter, threads: 2 });
    expect(formatEstimates(estimates, manifest)).toBe(
      ['2.0 MiB  model main.fct_days', '1.0 KiB  model main.fct_orders', '2.0 MiB in total'].join('\n'),
    );
  });

  it('say which queries read something that is not there yet', async () => {
    const results = [
      createResult(orders, 'success', { compiledCode: 'select * from not_built' }),
      createResult(days, 'success', { compiledCode: 'select * from range(128)' }),
    ];
    const estimates = await estimateCosts({ results, args: {} }, { manifest, adapter, threads: 4 });
    expect(formatEstimates(estimates, manifest)).toBe(
      [
        '1.0 KiB  model main.fct_days',
        'unknown  model main.fct_orders: Catalog Error: Table with name not_built does not exist!',
        '1.0 KiB in total, and what 1 node would read, which cannot be told yet',
      ].join('\n'),
    );
  });
});

it('says so where the warehouse cannot tell what a query would read', async () => {
  const adapter = new DuckDbAdapter({ type: 'duckdb', path: ':memory:' });
  await adapter.connect();
  await expect(checkEstimates(adapter)).rejects.toMatchObject({
    code: 'usage',
    message: '--dry-run: duckdb does not charge by the bytes a query reads, and does not tell them.',
  });
  await adapter.close();
});
