import type { Command } from '../command.ts';
import * as flags from '../flags.ts';

/** `strata compile`: SQL without running it. */
export const compile: Command = {
  name: 'compile',
  summary: 'Write the SQL of models and tests to target/compiled without running it',
  flags: [
    ...flags.selectionFlags,
    { name: 'inline', kind: 'text', placeholder: 'SQL', describe: 'Print this SQL compiled instead' },
    {
      name: 'dry-run',
      kind: 'boolean',
      describe: 'Also show the bytes each query would read, where the warehouse charges for them',
    },
    { name: 'output', kind: 'text', choices: ['text', 'json'], placeholder: 'text|json', describe: 'How to print' },
    flags.fullRefreshFlag,
    ...flags.runFlags,
    ...flags.allProjectFlags,
  ],
  examples: [
    ['strata compile', 'all of the project'],
    ['strata compile --select fct_orders', 'one model, printed too'],
    ['strata compile --dry-run', 'and what a build would read on BigQuery'],
    [`strata compile --inline "select * from {{ ref('fct_orders') }}"`, 'any SQL'],
  ],
  run: async (context) => (await import('../actions/compile-nodes.ts')).compileNodes(context),
};
