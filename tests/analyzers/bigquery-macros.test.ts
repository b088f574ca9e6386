import { describe, expect, test } from 'vitest';
import { renderMacroQueries, renderScenarioQueries } from '../support/bigquery-macros.ts';
import { analyze, analyzerMissing } from './bigquery-analyzer.ts';

describe.skipIf(analyzerMissing !== undefined)(
  "BigQuery's macros as Google's reference implementation runs them",
  () => {
    test('each macro gives the value it is described by', { timeout: 180_000 }, async () => {
      const queries = renderMacroQueries();
      const replies = await analyze(queries.map(({ sql }) => ({ evaluate: sql })));
      const found = queries.map(({ name, rows }, i) => {
        const { error, rows: given } = replies[i] ?? {};
        return [name, error ?? (rows === undefined ? undefined : given?.map((row) => JSON.parse(row)))];
      });
      expect(found).toEqual(queries.map(({ name, rows }) => [name, rows]));
    });

    test('each scenario gives its rows, those too that the emulator cannot run', { timeout: 180_000 }, async () => {
      const queries = renderScenarioQueries();
      const replies = await analyze(queries.map(({ sql }) => ({ evaluate: sql })));
      const found = queries.map(({ name }, i) => {
        const { error, rows } = replies[i] ?? {};
        return [name, error ?? rows?.map((row) => Object.values(JSON.parse(row))).sort()];
      });
      expect(found).toEqual(queries.map(({ name, rows }) => [name, rows]));
    });
  },
);
