import { describe, expect, it } from 'vitest';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';
import { renderKMeansSql, renderUnscoredKMeansSql } from '../../../orchestrator/scoring/k-means-sql.ts';
import type { KMeansModel } from '../../../orchestrator/scoring/model.ts';

const clusterModel: KMeansModel = {
  estimator: 'kmeans',
  version: '2025-07-01.0a1b2c3d',
  transform: {
    inputs: [
      { kind: 'number', name: 'visits', log: true, low: 0, high: 3, fill: 4, mean: 1, deviation: 2, missing: null },
      { kind: 'number', name: 'spend', log: false, low: 0, high: 99, fill: 7, mean: 9, deviation: 0, missing: null },
    ],
  },
  clusters: [
    { name: 'busy', centroid: [1, 0], size: 3, profile: { visits: 2, spend: 1 } },
    { name: 'quiet', centroid: [-0.5, 0], size: 2, profile: { visits: 0.2, spend: 1 } },
  ],
};

const clusterTable = {
  sql: 'select * from features',
  key: [{ name: 'account_id', type: 'text' }],
  inputs: [
    { name: 'visits', type: 'bigint' },
    { name: 'spend', type: 'double precision' },
  ],
  asOf: '2025-07-01',
  reason: null,
};

describe('scoring SQL of k-means', () => {
  it('is one select on DuckDB', () => {
    expect(renderKMeansSql(clusterModel, clusterTable, duckDbDialect)).toMatchInlineSnapshot(`
      "with scored_rows as (
      select * from features
      ),

      inputs as (
          select
              "account_id" as key_1,
              sign(coalesce(cast("visits" as double), 4e+0)) * ln(1e+0 + abs(coalesce(cast("visits" as double), 4e+0))) as input_1,
              coalesce(case when abs(cast("spend" as double)) <= cast('1e+100' as double) then cast("spend" as double) end, 7e+0) as input_2
          from scored_rows
      ),

      standardised as (
          select
              key_1,
              (least(greatest(input_1, 0e+0), 3e+0) - 1e+0) / 2e+0 as value_1,
              0e+0 * input_2 as value_2
          from inputs
      ),

      distances as (
          select
              key_1,
              (value_1 - 1e+0) * (value_1 - 1e+0) + (value_2 - 0e+0) * (value_2 - 0e+0) as distance_1,
              (value_1 - (-5e-1)) * (value_1 - (-5e-1)) + (value_2 - 0e+0) * (value_2 - 0e+0) as distance_2
          from standardised
      ),

      assigned as (
          select
              distances.*,
              least(distance_1, distance_2) as least_distance
          from distances
      )

      select
          key_1 as "account_id",
          case when distance_1 = least_distance then 'busy' when distance_2 = least_distance then 'quiet' end as cluster_name,
          'scored' as status,
          cast(null as varchar) as status_reason,
          cast('2025-07-01.0a1b2c3d' as varchar) as model_version,
          cast(case when distance_1 = least_distance then 1 when distance_2 = least_distance then 2 end as integer) as cluster_id,
          sqrt(least_distance) as centroid_distance,
          cast('2025-07-01' as date) as as_of
      from assigned"
    `);
  });

  it('gives the same columns without a cluster where no model can place the rows', () => {
    const table = { ...clusterTable, reason: 'not enough training data: rows 3 of 50', status: 'insufficient_data' };
    expect(renderUnscoredKMeansSql(table, postgresDialect)).toMatchInlineSnapshot(`
      "with scored_rows as (
      select * from features
      )

      select
          "account_id",
          cast(null as text) as cluster_name,
          'insufficient_data' as status,
          cast('not enough training data: rows 3 of 50' as text) as status_reason,
          cast(null as text) as model_version,
          cast(null as integer) as cluster_id,
          cast(null as double precision) as centroid_distance,
          cast('2025-07-01' as date) as as_of
      from scored_rows"
    `);
  });
});
