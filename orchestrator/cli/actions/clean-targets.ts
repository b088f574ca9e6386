import { existsSync, realpathSync, rmSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { loadProject } from '../../config/load-project.ts';
import { StrataError } from '../../errors.ts';
import { type CommandContext, exitCodes } from '../command.ts';
import { readProjectOptions } from '../project-options.ts';

/** Deletes the clean-targets of a project. All are checked before the first is deleted. */
export async function cleanTargets(context: CommandContext): Promise<number> {
  const { root } = loadProject(readProjectOptions(context));
  const sources = [
    ...[...root.modelPaths, ...root.seedPaths, ...root.testPaths, ...root.macroPaths],
    ...[...root.snapshotPaths, ...root.analysisPaths, ...root.docsPaths],
  ];
  const targets = root.cleanTargets.map((target) => ({ target, path: resolve(root.dir, target) }));
  for (const { target, path } of targets) checkTarget({ target, path, projectDir: root.dir, sources });
  for (const { target, path } of targets) {
    if (!existsSync(path)) continue;
    rmSync(path, { recursive: true, force: true });
    context.reporter.info(`Deleted ${target}`);
  }
  return exitCodes.ok;
}

interface TargetCheck {
  readonly target: string;
  readonly path: string;
  readonly projectDir: string;
  readonly sources: readonly string[];
}

/** A clean-target lies inside the project, also when links are followed, and holds nothing written by hand. */
function checkTarget({ target, path, projectDir, sources }: TargetCheck): void {
  const inside = existsSync(path) ? isInside(realOf(path), realOf(projectDir)) : isInside(path, projectDir);
  const place = { file: 'dbt_project.yml' };
  if (!inside) {
    const hint = 'Nothing was deleted. Take it out of clean-targets.';
    throw new StrataError('project-invalid', `clean-targets: "${target}" is not inside the project.`, place, { hint });
  }
  const root = realOf(projectDir);
  const source = sources.find((folder) => holdsSource(realOf(path), realOf(resolve(projectDir, folder)), root));
  if (source === undefined) return;
  const hint = 'Nothing was deleted. Take it out of clean-targets.';
  throw new StrataError('project-invalid', `clean-targets: "${target}" holds the sources in ${source}.`, place, {
    hint,
  });
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !resolve(path).endsWith(`${sep}.git`);
}

/** The place itself, where links lead to it. */
function realOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** A project that keeps its sources at its root has its targets among them. */
function holdsSource(target: string, source: string, root: string): boolean {
  return target === source || isInside(source, target) || (source !== root && isInside(target, source));
}
