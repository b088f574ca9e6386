import { expect, it } from 'vitest';
import type { Session } from '../../../orchestrator/adapters/adapter.ts';
import { DuckDbAdapter } from '../../../orchestrator/adapters/duckdb.ts';
import { Worker } from '../../../orchestrator/run/worker.ts';

/** DuckDB where each statement tells a number of bytes, as a warehouse that charges for them does. */
class ChargingDuckDb extends DuckDbAdapter {
  override async openSession(): Promise<Session> {
    const session = await super.openSession();
    const charging = Object.assign(Object.create(session), {
      bytesProcessed: 0,
      execute: (sql: string) => {
        charging.bytesProcessed += 10;
        return session.execute(sql);
      },
      query: (sql: string) => {
        charging.bytesProcessed += 3;
        return session.query(sql);
      },
      close: () => session.close(),
    });
    return charging;
  }
}

it('counts the bytes of a model without those of its tests', async () => {
  const adapter = new ChargingDuckDb({ type: 'duckdb', path: ':memory:' });
  await adapter.connect();
  const worker = await Worker.open(adapter, 'Thread-1');
  const model = worker.countBytes();
  await worker.session.execute('create table t as select 1 as id');
  const test = worker.countBytes();
  await worker.session.query('select count(*) from t');
  await worker.session.query('select count(*) from t');
  expect(test()).toBe(6);
  await worker.session.execute('drop table t');
  expect(model()).toBe(20);
  await adapter.close();
});

it('counts nothing where the warehouse tells nothing', async () => {
  const adapter = new DuckDbAdapter({ type: 'duckdb', path: ':memory:' });
  await adapter.connect();
  const worker = await Worker.open(adapter, 'Thread-1');
  const counted = worker.countBytes();
  await worker.session.query('select 1');
  expect(counted()).toBeNull();
  await adapter.close();
});
