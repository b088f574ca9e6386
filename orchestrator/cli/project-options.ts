import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ProjectOptions } from '../config/flags.ts';
import { PROJECT_FILE } from '../config/project-file.ts';
import { readYaml } from '../config/yaml.ts';
import { StrataError } from '../errors.ts';
import type { CommandContext } from './command.ts';
import { targetReaders } from './warehouses.ts';

/** What the flags say about reading a project, with paths made absolute. */
export function readProjectOptions({ flags, cwd, env }: CommandContext): ProjectOptions {
  const given = flags.text('project-dir');
  const profilesDir = flags.text('profiles-dir');
  return {
    projectDir: given === undefined ? findProjectDir(cwd) : resolve(cwd, given),
    profilesDir: profilesDir === undefined ? undefined : resolve(cwd, profilesDir),
    profile: flags.text('profile'),
    target: flags.text('target'),
    threads: readThreads(flags.number('threads')),
    vars: readVars(flags.text('vars')),
    targetPath: flags.text('target-path'),
    targetReaders,
    cwd,
    env,
  };
}

/** The folder of the nearest dbt_project.yml from here upwards; this folder when there is none. */
function findProjectDir(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, PROJECT_FILE))) return folder;
    if (dirname(folder) === folder) return cwd;
  }
}

function readThreads(threads: number | undefined): number | undefined {
  if (threads === undefined || threads >= 1) return threads;
  throw new StrataError('usage', `--threads cannot be ${threads}.`, {}, { hint: 'Give a number from 1.' });
}

/** `--vars` is YAML; a mapping of names to values. */
export function readVars(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const { value } = readYaml(text, '--vars');
  if (value === null) return undefined;
  if (typeof value === 'object' && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  const hint = `Write for instance --vars '{as_of_date: 2025-06-30}'.`;
  throw new StrataError('usage', '--vars is not a YAML mapping of names to values.', {}, { hint });
}
