import type { Command } from '../command.ts';
import * as flags from '../flags.ts';

/** `strata test`: tests on what is published. */
export const test: Command = {
  name: 'test',
  summary: 'Run the tests on what is published',
  flags: [...flags.selectionFlags, ...flags.runFlags, flags.storeFailuresFlag, ...flags.allProjectFlags],
  examples: [
    ['strata test --select fct_orders', 'the tests of one model'],
    ['strata test --select test_type:singular', 'the tests written as SQL files'],
    ['strata test --store-failures', 'keep failing rows in tables'],
  ],
  run: async (context) => (await import('../actions/run-command.ts')).runCommand('test', context),
};
