import type { Command } from './command.ts';
import { build } from './commands/build.ts';
import { clean } from './commands/clean.ts';
import { compile } from './commands/compile.ts';
import { debug } from './commands/debug.ts';
import { demoData } from './commands/demo-data.ts';
import { init } from './commands/init.ts';
import { ls } from './commands/ls.ts';
import { parse } from './commands/parse.ts';
import { run } from './commands/run.ts';
import { seed } from './commands/seed.ts';
import { show } from './commands/show.ts';
import { start } from './commands/start.ts';
import { test } from './commands/test.ts';

/** All commands, in the order the help shows them. */
export const commands: readonly Command[] = [
  ...[start, build, run, test, seed, compile, parse, ls, show, debug, clean, init],
  demoData,
];
