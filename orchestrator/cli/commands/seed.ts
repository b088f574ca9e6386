import type { Command } from '../command.ts';
import * as flags from '../flags.ts';

/** `strata seed`: CSV files into tables. */
export const seed: Command = {
  name: 'seed',
  summary: 'Load the CSV files of the project into tables',
  flags: [...flags.selectionFlags, flags.fullRefreshFlag, ...flags.runFlags, ...flags.allProjectFlags],
  examples: [
    ['strata seed', 'all seeds'],
    ['strata seed --select raw_orders', 'one of them'],
  ],
  run: async (context) => (await import('../actions/run-command.ts')).runCommand('seed', context),
};
