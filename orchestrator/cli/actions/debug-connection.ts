import { release } from 'node:os';
import { relative } from 'node:path';
import { redactSecrets } from '../../adapters/redact.ts';
import { loadProject, type Project } from '../../config/load-project.ts';
import { type CommandContext, exitCodes } from '../command.ts';
import { withAdapter } from '../connect.ts';
import { readProjectOptions } from '../project-options.ts';
import { collectSecrets } from '../secrets.ts';
import { version } from '../version.ts';
import { type Check, tryPermissions } from './try-permissions.ts';

/** Shows what is used, connects, and tries what a build needs to do. Leaves nothing behind in the warehouse. */
export async function debugConnection(context: CommandContext): Promise<number> {
  const { reporter, env } = context;
  reporter.hideSecrets(collectSecrets(env));
  reporter.print(`strata ${version}, Node ${process.versions.node}, ${process.platform} ${release()} ${process.arch}`);
  const project = loadProject(readProjectOptions(context));
  const secrets = collectSecrets(env, project.target);
  reporter.hideSecrets(secrets);
  reporter.print(redactSecrets(describeProject(project), secrets));
  const checks = await withAdapter(project, (adapter) =>
    tryPermissions(adapter, { database: project.target.database, schema: project.target.schema }),
  );
  reporter.print(['connection: ok', ...checks.map(formatCheck)].join('\n'));
  return checks.every((check) => check.error === undefined) ? exitCodes.ok : exitCodes.unusable;
}

function describeProject({ root, packages, target }: Project): string {
  const { type, ...fields } = target.fields;
  const hidden = new Set(['name', 'target_name', 'profile_name']);
  const shown = Object.entries(fields).filter(([name, value]) => !hidden.has(name) && value !== null);
  const others = packages.slice(1).map((one) => one.name);
  const from = target.profilesFile === null ? 'no profiles.yml: a DuckDB file in the project' : target.profilesFile;
  return [
    `project: ${root.name} (${relative(process.cwd(), root.dir) || '.'}/dbt_project.yml)`,
    ...(others.length === 0 ? [] : [`packages: ${others.join(', ')}`]),
    `profile: ${target.profileName}, target ${target.name} (${from})`,
    `warehouse: ${String(type)}`,
    ...shown.map(([name, value]) => `  ${name}: ${String(value)}`),
  ].join('\n');
}

function formatCheck({ what, error }: Check): string {
  return error === undefined ? `may ${what}: yes` : `may ${what}: no, ${error}`;
}
