import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import * as z from 'zod/mini';
import { StrataError } from '../errors.ts';
import { PROJECT_FILE, type RawProject, readProjectFile } from './project-file.ts';
import { createYamlRenderer, renderTree, type YamlContext } from './render-yaml.ts';
import { checkShape, oneOf, strictShape, text } from './shape.ts';
import { readYaml, type YamlDocument } from './yaml.ts';

const version = oneOf('text or a number', [z.string(), z.number()]);

const packageShape = strictShape({
  local: z.optional(text),
  package: z.optional(text),
  git: z.optional(text),
  private: z.optional(text),
  tarball: z.optional(text),
  name: z.optional(text),
  version: z.optional(oneOf('text, a number or a list of them', [z.string(), z.number(), z.array(version)])),
  revision: z.optional(version),
  subdirectory: z.optional(text),
  provider: z.optional(text),
  'warn-unpinned': z.optional(z.boolean()),
  warn_unpinned: z.optional(z.boolean()),
  install_prerelease: z.optional(z.boolean()),
  'install-prerelease': z.optional(z.boolean()),
  unrendered: z.optional(z.unknown()),
});

const packagesShape = strictShape({
  packages: z.optional(z.nullable(z.array(packageShape))),
  projects: z.optional(z.nullable(z.array(z.record(z.string(), z.unknown())))),
});

type PackageSpec = z.infer<typeof packageShape>;

/** Packages of a project as found on disk. */
export interface FoundPackages {
  readonly packages: readonly RawProject[];
  /** Texts of the files that list them. */
  readonly texts: readonly string[];
}

/** Where the root project keeps its packages. */
export interface PackageRequest {
  readonly rootDir: string;
  readonly installPath: string;
  readonly context: YamlContext;
}

/** Finds the packages of a project: `local:` ones where they lie, all others where they are installed. */
export function findPackages(request: PackageRequest, errors: StrataError[]): FoundPackages {
  const found = new Map<string, RawProject>();
  const texts: string[] = [];
  const installed = installedFolders(request);
  const visit = (dir: string, prefix: string): void => {
    for (const file of readPackageFiles(dir, prefix, request, errors)) {
      texts.push(file.text);
      for (const [index, spec] of file.specs.entries()) {
        const place = file.document.locate(['packages', index]);
        const folder = spec.local === undefined ? undefined : localFolder(spec.local, dir, request.rootDir);
        if (folder !== undefined) {
          if (add(folder, place)) visit(folder, displayFolder(folder, request.rootDir));
        } else if (!isInstalled(spec, installed)) errors.push(notInstalled(spec, request.installPath, place));
      }
    }
  };
  const add = (folder: string, place: object): boolean => {
    if (!existsSync(join(folder, PROJECT_FILE))) {
      errors.push(notAProject(folder, request.rootDir, place));
      return false;
    }
    const real = realpathSync(folder);
    if (found.has(real)) return false;
    found.set(real, readProjectFile(folder, displayFolder(folder, request.rootDir)));
    return true;
  };
  visit(request.rootDir, '');
  for (const folder of installed) add(folder, {});
  return { packages: [...found.values()], texts };
}

interface PackageFile {
  readonly document: YamlDocument;
  readonly text: string;
  readonly specs: readonly PackageSpec[];
}

function readPackageFiles(
  dir: string,
  prefix: string,
  request: PackageRequest,
  errors: StrataError[],
): readonly PackageFile[] {
  return ['packages.yml', 'dependencies.yml']
    .filter((name) => existsSync(join(dir, name)))
    .flatMap((name) => {
      const content = readFileSync(join(dir, name), 'utf8');
      const document = readYaml(content, `${prefix}${name}`);
      if (document.value === null) return [{ document, text: content, specs: [] }];
      const before = errors.length;
      const rendered = renderTree(document.value, createYamlRenderer(document, request.context), errors);
      if (errors.length > before) return [{ document, text: content, specs: [] }];
      const codes = { unknownKey: 'package-invalid', invalid: 'package-invalid' } as const;
      const checked = checkShape(packagesShape, rendered, errors, { document, subject: name, codes });
      return [{ document, text: content, specs: checked?.packages ?? [] }];
    });
}

function localFolder(local: string, dir: string, rootDir: string): string {
  const beside = resolve(dir, local);
  return existsSync(beside) ? beside : resolve(rootDir, local);
}

function installedFolders(request: PackageRequest): readonly string[] {
  const folder = resolve(request.rootDir, request.installPath);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, PROJECT_FILE)));
}

function isInstalled(spec: PackageSpec, installed: readonly string[]): boolean {
  const source = spec.name ?? spec.package ?? spec.git ?? spec.private ?? spec.tarball ?? '';
  const wanted = normalName(
    source
      .replace(/\/+$/, '')
      .replace(/\.git$/, '')
      .split(/[/:]/)
      .at(-1) ?? '',
  );
  const names = installed.map((path) => normalName(path.split(/[/\\]/).at(-1) ?? ''));
  // The folder of a git package is named after its project, which its address need not say.
  if (spec.git !== undefined || spec.private !== undefined) {
    return names.some((name) => wanted.includes(name) || name.includes(wanted));
  }
  return names.includes(wanted);
}

function normalName(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}

function notInstalled(spec: PackageSpec, installPath: string, place: object): StrataError {
  const name = spec.package ?? spec.git ?? spec.private ?? spec.tarball;
  if (name === undefined) {
    return new StrataError('package-invalid', 'A package needs one of local, package, git or tarball.', place);
  }
  return new StrataError('package-invalid', `Package "${name}" is not installed.`, place, {
    hint: `Strata reads packages that lie in ${installPath}/: run "dbt deps" once, copy the package there, or use "local:".`,
  });
}

function notAProject(folder: string, rootDir: string, place: object): StrataError {
  const shown = displayFolder(folder, rootDir).replace(/\/$/, '');
  return new StrataError('package-invalid', `Local package "${shown}" has no ${PROJECT_FILE}.`, place, {
    hint: '"local:" is a folder relative to this file.',
  });
}

function displayFolder(folder: string, rootDir: string): string {
  const path = relative(rootDir, folder);
  return isAbsolute(path) || path === '' ? `${folder}/` : `${path}/`;
}
