import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type AnalyzerRequest, analyze, analyzerMissing } from './bigquery-analyzer.ts';

const golden = new URL('../unit/dialects/bigquery-statements.golden.sql', import.meta.url);

/** The tables that the statements are about, with the columns that ingestion time gives them. */
const tables: readonly AnalyzerRequest[] = [
  ...['raw_orders', 'orders', 'orders__strata_0123abcd'].map((name) => ({
    table: ['p', 'd', name] as const,
    columns: [
      ...([
        ['id', 'int64'],
        ['ordered_on', 'date'],
        ['ordered_at', 'timestamp'],
        ['amount', 'numeric'],
      ] as const),
      ...([
        ['_partitiontime', 'timestamp'],
        ['_partitiondate', 'date'],
      ] as const),
    ],
  })),
  ...['d', 'e'].flatMap((dataset) => [
    describeCatalog(dataset, 'TABLES', ['table_catalog', 'table_schema', 'table_name', 'table_type']),
    describeCatalog(dataset, 'COLUMNS', ['table_schema', 'table_name', 'column_name', 'data_type']),
  ]),
];

describe.skipIf(analyzerMissing !== undefined)("BigQuery's statements as Google's analyzer sees them", () => {
  test('each statement of the dialect is sound', { timeout: 180_000 }, async () => {
    const sections = readFileSync(golden, 'utf8')
      .split(/^-- (?=[a-z ]+$)/m)
      .slice(1);
    const named = sections.flatMap((section) => {
      const [name = ''] = section.split('\n', 1);
      return splitScript(section.slice(name.length)).map((sql) => ({ name, sql }));
    });
    const replies = await analyze([...tables, ...named.map(({ sql }) => ({ sql }))]);
    const errors = replies.slice(tables.length).map(({ error }) => error);
    const problems = named.flatMap(({ name }, i) => (errors[i] === undefined ? [] : [`${name}: ${errors[i]}`]));
    // The analyzer has no word for the column that BigQuery adds to a table as it creates it.
    expect(problems).toEqual(['partitions by ingestion time: Unrecognized name: _partitiondate [at 6:14]']);
    expect(named.length).toBeGreaterThan(35);
  });
});

/** The analyzer reads single statements: a script's variable becomes a list without values, its value a query. */
function splitScript(sql: string): readonly string[] {
  const script = /^\s*declare (\w+) ([^;]+);\s*set \w+ = ([^;]+);([^;]+)$/.exec(sql);
  if (script === null) return sql.split(/;\n/);
  const [, variable = '', type = '', value = '', rest = ''] = script;
  return [`select ${value}`, rest.replaceAll(variable, `cast([] as ${type})`)];
}

function describeCatalog(dataset: string, view: string, names: readonly string[]): AnalyzerRequest {
  const columns = [...names.map((name) => [name, 'string'] as const), ['ordinal_position', 'int64'] as const];
  return { table: ['p', dataset, 'INFORMATION_SCHEMA', view], columns };
}
