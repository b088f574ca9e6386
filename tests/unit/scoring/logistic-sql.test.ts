import { describe, expect, it } from 'vitest';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';
import { renderLogisticSql, renderUnscoredLogisticSql } from '../../../orchestrator/scoring/logistic-sql.ts';
import type { LogisticModel } from '../../../orchestrator/scoring/model.ts';

const churnModel: LogisticModel = {
  estimator: 'logistic_regression',
  version: '2025-07-01.0a1b2c3d',
  transform: {
    inputs: [
      {
        kind: 'number',
        name: 'visits',
        log: false,
        low: null,
        high: null,
        fill: 4,
        mean: 5,
        deviation: 2,
        missing: { mean: 0.1, deviation: 0.3 },
      },
      {
        kind: 'category',
        name: 'plan',
        reference: 'free',
        levels: [
          { value: 'pro', mean: 0.5, deviation: 0.5 },
          { value: "team's", mean: 0.2, deviation: 0.4 },
        ],
      },
    ],
  },
  intercept: -1.5,
  coefficients: [-0.25, 0.125, 2, 4],
};

const churnTable = {
  sql: 'select * from features',
  key: [{ name: 'account_id', type: 'varchar' }],
  inputs: [
    { name: 'visits', type: 'integer' },
    { name: 'plan', type: 'varchar' },
  ],
  eligible: { name: 'is_eligible', type: 'boolean' },
  asOf: '2025-07-01',
  reason: null,
  bands: { low: 0, high: 0.9 },
};

describe('scoring SQL of a logistic regression', () => {
  it('is one select on DuckDB', () => {
    expect(renderLogisticSql(churnModel, churnTable, duckDbDialect)).toMatchInlineSnapshot(`
      "with scored_rows as (
      select * from features
      ),

      inputs as (
          select
              "account_id" as key_1,
              cast("visits" as double) as input_1,
              coalesce(cast("plan" as varchar), '(missing)') as input_2,
              coalesce("is_eligible", false) as is_eligible
          from scored_rows
      ),

      contributions as (
          select
              key_1,
              cast((-2.5e-1) * ((coalesce(input_1, 4e+0) - 5e+0) / 2e+0) + case when input_1 is null then 3.75e-1 else (-4.166666666666667e-2) end as double) as feature_1,
              cast(case input_2 when 'pro' then 0e+0 when 'team''s' then 6e+0 else (-4e+0) end as double) as feature_2,
              is_eligible
          from inputs
      ),

      probabilities as (
          select
              logits.*,
              case when is_eligible then case when logit >= 0 then 1e+0 / (1e+0 + exp(-least(logit, 7e+2))) else exp(greatest(logit, -7e+2)) / (1e+0 + exp(greatest(logit, -7e+2))) end end as probability
          from (
              select
                  contributions.*,
                  cast((-1.5e+0) + feature_1 + feature_2 as double) as logit
              from contributions
          ) as logits
      ),

      greatest_1 as (
          select
              probabilities.*,
              greatest(
                  feature_1,
                  feature_2
              ) as contribution_1
          from probabilities
      ),

      reasons_1 as (
          select
              greatest_1.*,
              case
                  when feature_1 = contribution_1 then 1
                  when feature_2 = contribution_1 then 2
              end as place_1
          from greatest_1
      ),

      greatest_2 as (
          select
              reasons_1.*,
              greatest(
                  case when 1 in (place_1) then cast('-1e+300' as double) else feature_1 end,
                  case when 2 in (place_1) then cast('-1e+300' as double) else feature_2 end
              ) as contribution_2
          from reasons_1
      ),

      reasons_2 as (
          select
              greatest_2.*,
              case
                  when case when 1 in (place_1) then cast('-1e+300' as double) else feature_1 end = contribution_2 then 1
                  when case when 2 in (place_1) then cast('-1e+300' as double) else feature_2 end = contribution_2 then 2
              end as place_2
          from greatest_2
      ),

      ranked as (
          select
              reasons_2.*,
              case when is_eligible then percent_rank() over (partition by is_eligible order by probability) end as percentile
          from reasons_2
      )

      select
          key_1 as "account_id",
          case when percentile >= 9e-1 then 'high' when percentile >= 0e+0 then 'low' end as band,
          case when is_eligible then 'scored' else 'not_eligible' end as status,
          cast(null as varchar) as status_reason,
          case when is_eligible and contribution_1 > 0 then case place_1 when 1 then 'visits' when 2 then 'plan' end end as top_feature_1,
          case when is_eligible and contribution_2 > 0 then case place_2 when 1 then 'visits' when 2 then 'plan' end end as top_feature_2,
          cast(null as varchar) as top_feature_3,
          cast('2025-07-01.0a1b2c3d' as varchar) as model_version,
          probability,
          percentile,
          case when is_eligible and contribution_1 > 0 then contribution_1 end as top_contribution_1,
          case when is_eligible and contribution_2 > 0 then contribution_2 end as top_contribution_2,
          cast(null as double) as top_contribution_3,
          is_eligible,
          cast('2025-07-01' as date) as as_of
      from ranked"
    `);
  });

  it('fences its steps on Postgres', () => {
    const { inputs } = churnModel.transform;
    const model = { ...churnModel, transform: { inputs: inputs.slice(0, 1) } };
    const table = { ...churnTable, eligible: null, inputs: [{ name: 'visits', type: 'boolean' }] };
    expect(renderLogisticSql(model, table, postgresDialect)).toMatchInlineSnapshot(`
      "with scored_rows as (
      select * from features
      ),

      inputs as (
          select
              "account_id" as key_1,
              cast(case when "visits" then 1 when not "visits" then 0 end as double precision) as input_1,
              true as is_eligible
          from scored_rows
      ),

      contributions as materialized (
          select
              key_1,
              cast((-2.5e-1) * ((coalesce(input_1, 4e+0) - 5e+0) / 2e+0) + case when input_1 is null then 3.75e-1 else (-4.166666666666667e-2) end as double precision) as feature_1,
              is_eligible
          from inputs
      ),

      probabilities as materialized (
          select
              logits.*,
              case when is_eligible then case when logit >= 0 then 1e+0 / (1e+0 + exp(-least(logit, 7e+2))) else exp(greatest(logit, -7e+2)) / (1e+0 + exp(greatest(logit, -7e+2))) end end as probability
          from (
              select
                  contributions.*,
                  cast((-1.5e+0) + feature_1 as double precision) as logit
              from contributions
          ) as logits
      ),

      greatest_1 as materialized (
          select
              probabilities.*,
              greatest(
                  feature_1
              ) as contribution_1
          from probabilities
      ),

      reasons_1 as materialized (
          select
              greatest_1.*,
              case
                  when feature_1 = contribution_1 then 1
              end as place_1
          from greatest_1
      ),

      ranked as materialized (
          select
              reasons_1.*,
              case when is_eligible then percent_rank() over (partition by is_eligible order by probability) end as percentile
          from reasons_1
      )

      select
          key_1 as "account_id",
          case when percentile >= 9e-1 then 'high' when percentile >= 0e+0 then 'low' end as band,
          case when is_eligible then 'scored' else 'not_eligible' end as status,
          cast(null as text) as status_reason,
          case when is_eligible and contribution_1 > 0 then case place_1 when 1 then 'visits' end end as top_feature_1,
          cast(null as text) as top_feature_2,
          cast(null as text) as top_feature_3,
          cast('2025-07-01.0a1b2c3d' as text) as model_version,
          probability,
          percentile,
          case when is_eligible and contribution_1 > 0 then contribution_1 end as top_contribution_1,
          cast(null as double precision) as top_contribution_2,
          cast(null as double precision) as top_contribution_3,
          is_eligible,
          cast('2025-07-01' as date) as as_of
      from ranked"
    `);
  });

  it('gives the same columns without figures where no model can score', () => {
    const table = { ...churnTable, eligible: null, reason: 'not enough training data: positives 3 of 100' };
    const sql = renderUnscoredLogisticSql({ ...table, status: 'insufficient_data' }, duckDbDialect);
    expect(sql).toMatchInlineSnapshot(`
      "with scored_rows as (
      select * from features
      )

      select
          "account_id",
          cast(null as varchar) as band,
          case when true then 'insufficient_data' else 'not_eligible' end as status,
          cast('not enough training data: positives 3 of 100' as varchar) as status_reason,
          cast(null as varchar) as top_feature_1,
          cast(null as varchar) as top_feature_2,
          cast(null as varchar) as top_feature_3,
          cast(null as varchar) as model_version,
          cast(null as double) as probability,
          cast(null as double) as percentile,
          cast(null as double) as top_contribution_1,
          cast(null as double) as top_contribution_2,
          cast(null as double) as top_contribution_3,
          true as is_eligible,
          cast('2025-07-01' as date) as as_of
      from scored_rows"
    `);
  });
});
