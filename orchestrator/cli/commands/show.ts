import type { Command } from '../command.ts';
import * as flags from '../flags.ts';

/** `strata show`: rows of a query. */
export const show: Command = {
  name: 'show',
  summary: 'Show rows of a model, of a failing test or of any SQL',
  flags: [
    ...flags.selectionFlags,
    { name: 'inline', kind: 'text', placeholder: 'SQL', describe: 'SQL to run, with ref() and everything else' },
    { name: 'limit', kind: 'number', placeholder: 'N', describe: 'Rows to show, by default 5; -1 for all' },
    { name: 'output', kind: 'text', choices: ['text', 'json'], placeholder: 'text|json', describe: 'A table or JSON' },
    {
      name: 'unpublished',
      kind: 'boolean',
      describe: 'Read the models of a test from their SQL: rows that were kept from being published',
    },
    ...flags.allProjectFlags,
  ],
  examples: [
    ['strata show --select fct_orders --limit 20', 'what the model gives now'],
    ['strata show --select not_null_fct_orders_id', 'rows that fail a test'],
    [`strata show --inline "select count(*) from {{ ref('fct_orders') }}"`, 'any SQL'],
  ],
  run: async (context) => (await import('../actions/show-rows.ts')).showRows(context),
};
