import type { Command } from '../command.ts';
import * as flags from '../flags.ts';

/** `strata init`: a project to begin with. */
export const init: Command = {
  name: 'init',
  summary: 'Make a folder with a small project that builds',
  positionals: ['NAME'],
  flags: flags.commonFlags,
  examples: [['strata init shop', 'then: cd shop && strata build']],
  run: async (context) => (await import('../actions/init-project.ts')).initProject(context),
};
