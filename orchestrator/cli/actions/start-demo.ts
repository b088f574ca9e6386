import type { CommandContext } from '../command.ts';
import { runCommand } from './run-command.ts';

/** Builds the demo project and shows what it made. */
export async function startDemo(context: CommandContext): Promise<number> {
  return runCommand('build', context);
}
