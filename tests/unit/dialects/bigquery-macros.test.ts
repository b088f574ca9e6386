import { expect, test } from 'vitest';
import { renderMacroQueries, renderScenarioQueries } from '../../support/bigquery-macros.ts';

test('each cross-database macro gives its GoogleSQL', async () => {
  const queries = [...renderMacroQueries(), ...renderScenarioQueries()];
  const texts = queries.map(({ name, sql }) => `-- ${name}\n${sql}\n`);
  await expect(texts.join('\n')).toMatchFileSnapshot('bigquery-macros.golden.sql');
});
