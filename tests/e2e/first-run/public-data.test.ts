import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { compareTables } from '../../support/same-rows.ts';
import { readExample, Warehouse } from '../../support/warehouse.ts';

let server: TestPostgres;
let duckDb: Warehouse;
let postgres: Warehouse;

beforeAll(async () => {
  server = await startPostgres();
  duckDb = Warehouse.duckDb();
  postgres = Warehouse.postgres(server);
});

afterAll(async () => {
  duckDb.remove();
  postgres.remove();
  await server.stop();
});

/** Every model, from both warehouses. */
async function compareWarehouses() {
  expect(postgres.models).toEqual(duckDb.models);
  return compareTables(await duckDb.readTables(duckDb.models), await postgres.readTables(postgres.models));
}

describe('CDNOW, landed on Postgres from its file', () => {
  // One kind of cohort is enough to compare; the others take most of the time.
  const vars = `${readExample('cdnow')}\ncohort_kinds: [{type: first_ever, grain: month, clock: calendar}]\n`;

  beforeAll(async () => {
    await duckDb.build(vars);
    await postgres.build(vars);
  });

  it('gives the rows that reading the file on DuckDB gives', async () => {
    expect(await compareWarehouses()).toEqual({});
  });

  it('gives the known retention triangle by month of first purchase', async () => {
    const months = [0, 1, 2, 3, 4, 5, 6].map((age) => `active_m${age}`).join(', ');
    const rows = await postgres.rows(`select cohort, cohort_size, ${months} from rpt_cohort_triangle order by 1`);
    expect(rows).toEqual([
      ['1997-01-01', 7846, 7846, 1157, 964, 810, 679, 736, 720],
      ['1997-02-01', 8476, 8476, 1312, 980, 783, 847, 786, 626],
      ['1997-03-01', 7248, 7248, 1032, 752, 756, 674, 564, 561],
      ['all', 23570, 23570, 3501, 2696, 2349, 2200, 2086, 1907],
    ]);
  });

  it('finds 23,570 customers, 12,054 of them with a single day of purchase', async () => {
    const rows = await postgres.rows(
      'select count(*), sum(case when frequency = 1 then 1 else 0 end) from fct_rfm_scores',
    );
    expect(rows).toEqual([[23570, 12054]]);
  });

  it('lands the file once: a second run finds it unchanged', async () => {
    const oid = `select c.oid::text from pg_catalog.pg_class c
      inner join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'shop_landing' and c.relname = 'commerce__orders_file'`;
    const before = await postgres.rows(oid);
    await postgres.build(vars, '--select', 'stg_commerce__order_versions');
    expect(before).toHaveLength(1);
    expect(await postgres.rows(oid)).toEqual(before);
  });
});

describe('the grid of RFM segments', () => {
  it('has each of the 125 cells once', async () => {
    const rows = await duckDb.rows(`
      select count(*), count(distinct (r_score, f_score, m_score)), count(segment), count(distinct segment)
      from rfm_grid_11_segments where r_score between 1 and 5 and f_score between 1 and 5 and m_score between 1 and 5`);
    expect(rows).toEqual([[125, 125, 125, 11]]);
  });
});

describe('Telco, landed on Postgres from its file', () => {
  // Cross-validated with scikit-learn 1.9 on the same file, as the definitions state them.
  const known = { auc: 0.845, average_precision: 0.6539, brier: 0.1356, log_loss: 0.4174, ece: 0.0125 };

  beforeAll(async () => {
    await duckDb.build(readExample('telco'));
    await postgres.build(readExample('telco'));
  });

  it('gives the scores that reading the file on DuckDB gives', async () => {
    expect(await compareWarehouses()).toEqual({});
  });

  it.each(['duckdb', 'postgres'])('reaches the known figures on %s', async (name) => {
    const warehouse = name === 'duckdb' ? duckDb : postgres;
    const [[text] = []] = await warehouse.rows(`select metrics from strata_models where name = 'churn_scores'`);
    const { psi_by_label: separation, ...metrics } = JSON.parse(String(text));
    for (const [metric, value] of Object.entries(known)) {
      expect(Math.abs(metrics[metric] - value), metric).toBeLessThanOrEqual(0.002);
    }
    expect(metrics.lift_top_decile).toBeCloseTo(2.86, 1);
    expect(separation.tenure).toBeCloseTo(0.8418, 4);
    expect(separation.monthly_charges).toBeCloseTo(0.3795, 4);
  });
});
