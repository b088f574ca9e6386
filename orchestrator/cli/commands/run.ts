import type { Command } from '../command.ts';
import * as flags from '../flags.ts';

/** `strata run`: models only, published without tests. */
export const run: Command = {
  name: 'run',
  summary: 'Build models and scores without testing them',
  flags: [...flags.selectionFlags, flags.fullRefreshFlag, ...flags.runFlags, ...flags.allProjectFlags],
  examples: [
    ['strata run --select stg_orders+', 'one model and all that depends on it'],
    ['strata run --full-refresh --select config.materialized:incremental', 'incremental models from nothing'],
  ],
  run: async (context) => (await import('../actions/run-command.ts')).runCommand('run', context),
};
