import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareAcross } from '../../support/same-rows.ts';
import { type CommandOutcome, Warehouse } from '../../support/warehouse.ts';
import type { Emulated } from './emulated.ts';

/** Emulators are slow, and share the machine with other tests. */
const BUILD_LIMIT = 400_000;

/** What a champion of the registry is compared by. */
const registry = `
  select name, version, status, training_rows, training_positives, validation_rows
  from shop.strata_models
  order by name`;

/** The project of this repository with its demo data gives on an emulator what it gives on DuckDB. */
export function checkDemo({ name, missing, start }: Emulated): void {
  describe.skipIf(missing !== undefined)(`the demo project on ${name}`, () => {
    let duckDb: Warehouse;
    let emulated: Awaited<ReturnType<Emulated['start']>>;
    let built: CommandOutcome;

    beforeAll(async () => {
      duckDb = Warehouse.duckDb();
      emulated = await start();
      await duckDb.build();
      built = await emulated.warehouse.run('build');
    }, BUILD_LIMIT);

    afterAll(async () => {
      duckDb.remove();
      emulated.warehouse.remove();
      await emulated.stop();
    });

    it('builds every seed, model, score and test', () => {
      expect(built.stderr.split('\n').filter((line) => / of \d+ (?:ERROR|FAIL|WARN|SKIP) /.test(line))).toEqual([]);
      expect(built.code).toBe(0);
    });

    it(
      'publishes the rows that DuckDB has, floats to 1e-6',
      async () => {
        expect(emulated.warehouse.models).toEqual(duckDb.models);
        expect(duckDb.models.length).toBeGreaterThan(30);
        const theirs = await emulated.warehouse.readTables(duckDb.models);
        expect(compareAcross(await duckDb.readTables(duckDb.models), theirs)).toEqual({});
      },
      BUILD_LIMIT,
    );

    it('fits the same models', async () => {
      expect(await emulated.warehouse.rows(registry)).toEqual(await duckDb.rows(registry));
    });
  });
}
