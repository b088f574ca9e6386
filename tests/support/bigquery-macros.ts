import { readdirSync, readFileSync } from 'node:fs';
import { bigQueryDialect } from '../../orchestrator/dialects/bigquery.ts';
import { macroQueries } from './bigquery-macro-queries.ts';
import { createRenderBench } from './render.ts';

const crossDb = new URL('../../macros/cross_db/', import.meta.url);

/** The queries of the cross-database macros as BigQuery gets them, with the rows they must give where those are known. */
export function renderMacroQueries() {
  const files = readdirSync(crossDb).sort();
  const strata = files.map((file) => readFileSync(new URL(file, crossDb), 'utf8')).join('\n');
  const bench = createRenderBench({ dialect: bigQueryDialect, macros: { strata } });
  // What the spine of dates asks the warehouse: how many days lie between its ends.
  const days = () => ({ columns: [{ name: 'days', type: 'int64' }], rows: [[3]] });
  return macroQueries.map(([name, template, rows]) => ({ name, sql: bench.render(template, days).trim(), rows }));
}
