import type { ProjectFile } from '../config/project-file.ts';
import type { Draft } from './draft.ts';
import { checksumOf } from './make-drafts.ts';

/** The hooks a project runs before and after everything, as nodes of their own. */
export function makeOperations(project: ProjectFile): readonly Draft[] {
  return [
    ...makeHooks(project, 'on-run-start', project.onRunStart),
    ...makeHooks(project, 'on-run-end', project.onRunEnd),
  ];
}

function makeHooks(
  project: ProjectFile,
  kind: 'on-run-start' | 'on-run-end',
  hooks: readonly string[],
): readonly Draft[] {
  return hooks.map((hook, index) => {
    const name = `${project.name}-${kind}-${index}`;
    return {
      type: 'operation',
      uniqueId: `operation.${project.name}.${name}`,
      name,
      packageName: project.name,
      path: `hooks/${name}.sql`,
      originalPath: './dbt_project.yml',
      display: project.file,
      fqn: [project.name, 'hooks', name],
      rawCode: hook,
      line: project.locate([kind, index]).line ?? 1,
      checksum: checksumOf(hook),
      patch: undefined,
      version: null,
      tags: [kind],
    } as const;
  });
}
