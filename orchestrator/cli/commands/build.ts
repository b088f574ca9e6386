import type { Command } from '../command.ts';
import * as flags from '../flags.ts';

/** `strata build`: everything in graph order, each node tested before what reads it. */
export const build: Command = {
  name: 'build',
  summary: 'Load seeds, build models and scores, and test each before anything reads it',
  flags: [
    ...flags.selectionFlags,
    flags.resourceTypeFlag,
    flags.excludeResourceTypeFlag,
    flags.fullRefreshFlag,
    ...flags.runFlags,
    flags.storeFailuresFlag,
    ...flags.allProjectFlags,
  ],
  examples: [
    ['strata build', 'all of the project'],
    ['strata build --select +dim_accounts', 'one model and all it needs'],
    ['strata build --select tag:daily --exclude fct_events+', 'a tag without one model and its children'],
  ],
  run: async (context) => (await import('../actions/run-command.ts')).runCommand('build', context),
};
