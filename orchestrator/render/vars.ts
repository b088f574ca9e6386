import { StrataError } from '../errors.ts';
import type { Json } from '../manifest/json.ts';
import { suggest } from '../nearest.ts';
import type { RenderProject } from './project.ts';

/**
 * Finds a variable for a package in dbt's order: overrides (--vars), the root project's section for the package, the
 * root project's own, the package's section for itself, the package's own. A missing one is undefined.
 */
export function findVar(project: RenderProject, packageName: string, name: string): Json | undefined {
  const root = project.packages.get(project.rootPackage)?.vars ?? {};
  const own = project.packages.get(packageName)?.vars ?? {};
  for (const layer of [project.overrideVars, sectionOf(root, packageName), root, sectionOf(own, packageName), own]) {
    if (layer !== undefined && Object.hasOwn(layer, name)) return layer[name];
  }
  return undefined;
}

/** The variable, or a `var-missing` error that names the nearest known one. */
export function requireVar(project: RenderProject, packageName: string, name: string): Json {
  const value = findVar(project, packageName, name);
  if (value !== undefined) return value;
  const root = project.packages.get(project.rootPackage)?.vars ?? {};
  const own = project.packages.get(packageName)?.vars ?? {};
  const known = [...Object.keys(project.overrideVars), ...Object.keys(root), ...Object.keys(own)];
  throw new StrataError(
    'var-missing',
    `var("${name}") is not set and has no default.`,
    {},
    { hint: suggest(name, known, `Set it in dbt_project.yml under "vars:" or with --vars '{"${name}": …}'.`) },
  );
}

function sectionOf(vars: Readonly<Record<string, Json | undefined>>, name: string) {
  const section = vars[name];
  return section !== null && typeof section === 'object' && !Array.isArray(section)
    ? (section as Readonly<Record<string, Json | undefined>>)
    : undefined;
}
