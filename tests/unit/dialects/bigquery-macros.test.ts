import { expect, test } from 'vitest';
import { renderMacroQueries } from '../../support/bigquery-macros.ts';

test('each cross-database macro gives its GoogleSQL', async () => {
  const texts = renderMacroQueries().map(({ name, sql }) => `-- ${name}\n${sql}\n`);
  await expect(texts.join('\n')).toMatchFileSnapshot('bigquery-macros.golden.sql');
});
