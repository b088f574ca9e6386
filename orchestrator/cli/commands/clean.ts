import type { Command } from '../command.ts';
import * as flags from '../flags.ts';

/** `strata clean`: removes what can be made again. */
export const clean: Command = {
  name: 'clean',
  summary: 'Delete the folders in clean-targets of dbt_project.yml, by default target/',
  flags: flags.allProjectFlags,
  examples: [['strata clean', 'never deletes anything outside the project']],
  run: async (context) => (await import('../actions/clean-targets.ts')).cleanTargets(context),
};
