import type { Command } from '../command.ts';
import * as flags from '../flags.ts';

/** `strata start`: what `npm start` runs. */
export const start: Command = {
  name: 'start',
  summary: 'Build the demo project and show what it made',
  flags: [...flags.runFlags, ...flags.allProjectFlags],
  examples: [['strata start', 'the same as npm start in a clone']],
  run: async (context) => (await import('../actions/start-demo.ts')).startDemo(context),
};
