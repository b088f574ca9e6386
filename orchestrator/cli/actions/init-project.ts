import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StrataError } from '../../errors.ts';
import { type CommandContext, exitCodes } from '../command.ts';
import { starterFiles } from '../starter-files.ts';

/** Makes a folder with a small project. Asks nothing and overwrites nothing. */
export async function initProject({ positionals, cwd, reporter }: CommandContext): Promise<number> {
  const [name = ''] = positionals;
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) {
    const hint = 'Letters, digits and underscores, not beginning with a digit.';
    throw new StrataError('usage', `A project cannot be named "${name}".`, {}, { hint });
  }
  const folder = resolve(cwd, name);
  if (existsSync(folder)) {
    throw new StrataError('usage', `${name} exists already.`, {}, { hint: 'Choose another name or remove it first.' });
  }
  for (const [path, text] of Object.entries(starterFiles(name))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  reporter.info(`Made ${name}/ with a seed, two models and their tests. Next:\n  cd ${name}\n  strata build`);
  return exitCodes.ok;
}
