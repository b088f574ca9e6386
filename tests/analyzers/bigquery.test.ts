import { describe, expect, test } from 'vitest';
import { bigQueryDialect as dialect } from '../../orchestrator/dialects/bigquery.ts';
import { spellBigQueryType } from '../../orchestrator/dialects/bigquery-types.ts';
import type { Relation } from '../../orchestrator/manifest/relation.ts';
import { type CompiledNode, compileProject } from '../support/compiled-project.ts';
import { type AnalyzerReply, type AnalyzerRequest, analyze, analyzerMissing } from './bigquery-analyzer.ts';

const asOf = { as_of_date: '2025-02-01' };

/** Settings that change the project's SQL. */
const variants: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  [
    'calendars, cohorts and ranks of its own',
    {
      ...{ timezone: 'Europe/Vienna', week_start: 'sunday', load_grace_hours: 6 },
      ...{ rfm_method: 'ntile', rfm_window_days: 365, cohort_brackets: { week: [[1, 4]], year: [[0, 1]] } },
      cohort_kinds: ['day', 'week', 'month', 'quarter', 'year'].flatMap((grain) => [
        { type: 'first_ever', grain, clock: 'calendar' },
        { type: 'recurring', grain, clock: 'rolling_24h' },
      ]),
    },
  ],
  ['orders alone, ranked by thresholds', { sources_enabled: { commerce: true }, rfm_method: 'fixed' }],
  ['product events alone', { sources_enabled: { product: true } }],
  [
    'raw columns of its own',
    {
      orders_columns: {
        account_id: 'account_id',
        ordered_at: 'cast(ordered_at as string)',
        gross_amount: 'gross_amount',
      },
      orders_timestamp_format: 'YYYY-MM-DD HH24:MI:SS',
      events_columns: { user_id: 'user_id', event_at: 'event_at' },
    },
  ],
];

/** What scoring adds to the key of the rows. */
const scoreColumns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  account_clusters: {
    ...{ account_id: 'string', cluster_name: 'string', status: 'string', status_reason: 'string' },
    ...{ model_version: 'string', cluster_id: 'int64', centroid_distance: 'float64', as_of: 'date' },
  },
  churn_scores: {
    ...{ account_id: 'string', band: 'string', status: 'string', status_reason: 'string' },
    ...{ top_feature_1: 'string', top_feature_2: 'string', top_feature_3: 'string', model_version: 'string' },
    ...{ probability: 'float64', percentile: 'float64', top_contribution_1: 'float64' },
    ...{ top_contribution_2: 'float64', top_contribution_3: 'float64', is_eligible: 'bool', as_of: 'date' },
  },
};

/** SQL that must not pass, over the table `p.d.orders (id int64)`. */
const faults = [
  ['an unknown column', 'select total from `p`.`d`.`orders`', 'Unrecognized name: total'],
  ['an unknown relation', 'select 1 from `p`.`d`.`customers`', 'Table not found: p.d.customers'],
  ['a function of another warehouse', "select strptime('1', '%Y')", 'Function not found: strptime'],
  ['a part of a date in quotes', "select date_trunc('month', date '2024-02-29')", 'A valid date part name'],
  ['a cast by colons', "select '1'::int64", 'Syntax error'],
  ['a filtered aggregate', 'select count(*) filter (where id > 1) from `p`.`d`.`orders`', 'Syntax error'],
  ['a type of another warehouse', 'select cast(id as varchar) from `p`.`d`.`orders`', 'Type not found: varchar'],
  ['a date beside a moment', "select date '2024-02-29' < timestamp '2024-02-29'", 'No matching signature'],
] as const;

describe.skipIf(analyzerMissing !== undefined)(
  "BigQuery's SQL as Google's analyzer sees it",
  { timeout: 180_000 },
  () => {
    const nodes = compileProject(dialect, asOf);
    const replying = analyzerMissing === undefined ? analyze(nodes.map(toRequest)) : Promise.resolve([]);

    test('every model and test of the project is sound', async () => {
      expect(listProblems(nodes, await replying)).toEqual([]);
      expect(nodes.length).toBeGreaterThan(100);
    });

    test('a contract promises the types that the query has', async () => {
      const replies = await replying;
      const differences = nodes.flatMap(({ node }, i) => {
        if (!node.contract.enforced || node.config.materialized === 'score') return [];
        const found = new Map(replies[i]?.columns ?? []);
        return Object.values(node.columns).flatMap(({ name, data_type: type }) => {
          const actual = found.get(name) ?? 'missing';
          return dialect.isSameType(actual, type ?? '') ? [] : [`${node.name}.${name} is ${actual}, not ${type}`];
        });
      });
      expect(differences).toEqual([]);
    });

    test.each(variants)('every model is sound with %s', async (_, vars) => {
      const compiled = compileProject(dialect, { ...asOf, ...vars });
      const models = compiled.filter(({ node }) => node.resource_type !== 'test');
      expect(listProblems(models, await analyze(models.map(toRequest)))).toEqual([]);
    });

    test('it finds what is not sound', async () => {
      const orders = { table: ['p', 'd', 'orders'], columns: [['id', 'int64']] } as const;
      const [, ...replies] = await analyze([orders, ...faults.map(([, sql]) => ({ sql }))]);
      const found = faults.map(([what, , problem], i) => [what, replies[i]?.error?.includes(problem)]);
      expect(found).toEqual(faults.map(([what]) => [what, true]));
    });
  },
);

/** What a score node publishes is made of its query by scoring. */
function toRequest({ node, relation, sql, seedColumns }: CompiledNode): AnalyzerRequest {
  const scores = Object.entries(scoreColumns[node.name] ?? {});
  const seeds = seedColumns.map(({ name, type }) => [name, spellBigQueryType(type)] as const);
  if (node.config.materialized === 'score') return { table: pathOf(relation), columns: scores };
  if (node.resource_type === 'seed') return { table: pathOf(relation), columns: seeds };
  return node.resource_type === 'model' ? { sql, into: pathOf(relation) } : { sql };
}

function pathOf({ database, schema, identifier }: Relation): readonly [string, string, string] {
  return [database ?? '', schema, identifier];
}

function listProblems(nodes: readonly CompiledNode[], replies: readonly AnalyzerReply[]): readonly string[] {
  return nodes.flatMap(({ node }, i) => {
    const { error } = replies[i] ?? { error: 'no reply' };
    return error === undefined ? [] : [`${node.unique_id}: ${error}`];
  });
}
