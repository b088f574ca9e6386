import { readdirSync, readFileSync } from 'node:fs';
import { bigQueryDialect } from '../../orchestrator/dialects/bigquery.ts';
import { jsonMacros } from '../adapters/scenarios/list/macros-json.ts';
import { textMacros } from '../adapters/scenarios/list/macros-texts.ts';
import { answerMacros, macroQueries } from './bigquery-macro-queries.ts';
import { createRenderBench } from './render.ts';
import { listQueries } from './scenario-queries.ts';

const crossDb = new URL('../../macros/cross_db/', import.meta.url);

function createBench() {
  const files = readdirSync(crossDb).sort();
  const strata = files.map((file) => readFileSync(new URL(file, crossDb), 'utf8')).join('\n');
  // Scenarios are projects of their own, which call the macros without a package.
  return createRenderBench({ dialect: bigQueryDialect, macros: { strata, shop: strata } });
}

/** The queries of the cross-database macros as BigQuery gets them, with the rows they must give where those are known. */
export function renderMacroQueries() {
  const bench = createBench();
  return macroQueries.map(([name, template, rows]) => ({
    name,
    sql: bench.render(template, answerMacros).trim(),
    rows,
  }));
}

/** The queries of scenarios as BigQuery gets them, with the rows they must give. */
export function renderScenarioQueries() {
  const bench = createBench();
  return listQueries(jsonMacros, textMacros).map(({ name, template, rows }) => {
    return { name, sql: bench.render(template).trim(), rows };
  });
}
