import { isAbsolute } from 'node:path';
import { StrataError, StrataErrors } from '../errors.ts';
import { asMapping, type JsonObject } from '../manifest/json.ts';
import { Environment, isSecret } from './env-var.ts';
import type { ProjectOptions } from './flags.ts';
import { findPackages } from './packages.ts';
import { loadTarget, type Target } from './profile.ts';
import { checkProject, type ProjectFile, type RawProject, readProjectFile } from './project-file.ts';
import { createYamlRenderer, renderTree, type YamlContext } from './render-yaml.ts';
import { readVarsFile } from './vars-file.ts';
import type { YamlPath } from './yaml-positions.ts';

/** A project with its packages, its connection and its variables: all that parsing starts from. */
export interface Project {
  readonly root: ProjectFile;
  /** The root project first, then its packages. */
  readonly packages: readonly ProjectFile[];
  readonly target: Target;
  /** `--vars`: they win over every project's own. */
  readonly overrideVars: JsonObject;
  readonly environment: Environment;
  /** Texts of vars.yml and packages.yml files, part of what a cached parse depends on. */
  readonly settingsTexts: readonly string[];
}

/** Reads and checks everything but the resources. Throws StrataErrors with all that is wrong. */
export function loadProject(options: ProjectOptions): Project {
  if (!isAbsolute(options.projectDir)) throw new StrataError('internal', 'projectDir must be absolute.');
  const errors: StrataError[] = [];
  try {
    const project = readAll(options, errors);
    if (project !== undefined && errors.length === 0) return project;
  } catch (error) {
    if (!(error instanceof StrataError)) throw error;
    errors.push(error);
  }
  throw new StrataErrors(errors);
}

function readAll(options: ProjectOptions, errors: StrataError[]): Project | undefined {
  const environment = new Environment(options.env);
  const raw = readProjectFile(options.projectDir);
  const context: YamlContext = {
    env: (name) => environment.read(name),
    refuseEnv: refuseSecret,
    vars: options.vars ?? {},
  };
  const top = asMapping(raw.document.value);
  const projectName = String(top['name'] ?? 'project');
  const profileName = options.profile ?? renderProfileName(raw, context, errors);
  const target = loadTarget({ options, environment, projectName, profileName }, errors);
  if (target === undefined) return undefined;
  const withTarget = { ...context, target: target.fields };
  const targetPath = options.targetPath ?? environment.readSecret('DBT_TARGET_PATH');
  const root = readRoot(raw, withTarget, targetPath, errors);
  if (root === undefined) return undefined;
  const found = findPackages(
    {
      rootDir: root.file.dir,
      installPath: root.file.packagesInstallPath,
      context: { env: (name) => environment.readSecret(name), vars: options.vars ?? {} },
    },
    errors,
  );
  const packages = found.packages.flatMap(
    (one) => checkProject(one, renderProject(one, withTarget, errors), errors) ?? [],
  );
  checkNames(root.file, packages, errors);
  return {
    root: root.file,
    packages: [root.file, ...packages.sort((a, b) => (a.name < b.name ? -1 : 1))],
    target,
    overrideVars: (options.vars ?? {}) as JsonObject,
    environment,
    settingsTexts: [root.varsText, ...found.texts],
  };
}

function renderProfileName(raw: RawProject, context: YamlContext, errors: StrataError[]): string | null {
  const written = asMapping(raw.document.value)['profile'];
  if (typeof written !== 'string') return null;
  const render = createYamlRenderer(raw.document, context);
  return String(renderTree(written, (source) => render(source, ['profile']), errors));
}

function readRoot(raw: RawProject, context: YamlContext, targetPath: string | undefined, errors: StrataError[]) {
  const file = checkProject(raw, renderProject(raw, context, errors), errors);
  if (file === undefined) return undefined;
  const varsFile = readVarsFile(file.dir, '', file.vars);
  const vars = varsFile.vars;
  return { file: { ...file, vars, targetPath: targetPath ?? file.targetPath }, varsText: varsFile.text };
}

function renderProject(raw: RawProject, context: YamlContext, errors: StrataError[]): unknown {
  return renderTree(raw.document.value, createYamlRenderer(raw.document, context), errors, isRenderedLater);
}

const LATE_KEYS = new Set(['on-run-start', 'on-run-end', 'query-comment', 'vars']);
const HOOK_KEYS = new Set(['pre-hook', 'post-hook', 'pre_hook', 'post_hook']);

/** Hooks and variables keep their templates: they are rendered when they are used. */
function isRenderedLater(path: YamlPath): boolean {
  if (path.length === 1) return LATE_KEYS.has(String(path[0]));
  return HOOK_KEYS.has(String(path.at(-1)).replace(/^\+\s*/, ''));
}

function refuseSecret(name: string): string | undefined {
  if (!isSecret(name)) return undefined;
  return `Secret variable "${name}" may be used in profiles.yml and packages.yml only.`;
}

function checkNames(root: ProjectFile, packages: readonly ProjectFile[], errors: StrataError[]): void {
  const seen = new Map([[root.name, root]]);
  for (const one of packages) {
    const other = seen.get(one.name);
    if (other === undefined) seen.set(one.name, one);
    else {
      errors.push(
        new StrataError(
          'package-invalid',
          `Two packages are named "${one.name}": this and ${describeProject(other)}.`,
          {
            file: one.file,
            line: one.locate(['name']).line,
          },
        ),
      );
    }
  }
}

function describeProject({ displayPrefix }: ProjectFile): string {
  return displayPrefix === '' ? 'the project itself' : `the one in ${displayPrefix}`;
}
