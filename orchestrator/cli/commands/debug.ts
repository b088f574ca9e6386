import type { Command } from '../command.ts';
import * as flags from '../flags.ts';

/** `strata debug`: what is used, and whether it works. */
export const debug: Command = {
  name: 'debug',
  summary: 'Show versions, project and connection, and try what the connection may do',
  flags: flags.allProjectFlags,
  examples: [
    ['strata debug', 'the default target'],
    ['strata debug --target prod', 'another one'],
  ],
  run: async (context) => (await import('../actions/debug-connection.ts')).debugConnection(context),
};
