import type { Command } from '../command.ts';
import * as flags from '../flags.ts';

/** `strata parse`: checks the project and writes manifest.json. */
export const parse: Command = {
  name: 'parse',
  summary: 'Check the project and write target/manifest.json',
  flags: flags.allProjectFlags,
  examples: [
    ['strata parse', 'all errors of the project at once'],
    ['strata parse --no-partial-parse', 'reading every file again'],
  ],
  run: async (context) => (await import('../actions/parse-only.ts')).parseOnly(context),
};
