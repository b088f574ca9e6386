import { hash } from 'node:crypto';
import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join, sep } from 'node:path';
import type { ProjectFile } from '../config/project-file.ts';
import { StrataError } from '../errors.ts';
import { type IsIgnored, readIgnoreFile } from './ignore-file.ts';

/** What a file of a project holds, by where it lies and how its name ends. */
export type FileKind =
  | 'model'
  | 'seed'
  | 'snapshot'
  | 'analysis'
  | 'macro'
  | 'singular-test'
  | 'generic-test'
  | 'python'
  | 'properties'
  | 'docs';

/** One file of a package, read. */
export interface SourceFile {
  readonly packageName: string;
  readonly kind: FileKind;
  /** Relative to the resource path it was found under. */
  readonly path: string;
  /** Relative to the package's folder. */
  readonly originalPath: string;
  /** The file as messages show it, relative to the root project. */
  readonly display: string;
  /** Name without its ending. */
  readonly name: string;
  /** The text; of a seed, its header. */
  readonly text: string;
  /** Digest of the text; of a seed, the SHA-256 of its bytes. */
  readonly hash: string;
}

interface Place {
  readonly project: Pick<ProjectFile, 'name' | 'dir' | 'displayPrefix'>;
  /** The resource path, relative to the package. */
  readonly root: string;
  readonly skip: ReadonlySet<string>;
  readonly isIgnored: IsIgnored;
}

type Classify = (path: string) => FileKind | undefined;

const PROPERTIES = /\.ya?ml$/;

/** Reads all files of a package that say something, in a fixed order. */
export function discoverFiles(project: ProjectFile): readonly SourceFile[] {
  const skip = new Set([project.targetPath, project.packagesInstallPath].map((path) => join(project.dir, path)));
  const isIgnored = readIgnoreFile(project.dir);
  const found = new Map<string, SourceFile>();
  const scan = (paths: readonly string[], classify: Classify) => {
    for (const root of paths) {
      for (const file of readFolder({ project, root, skip, isIgnored }, classify)) {
        found.set(`${file.kind}:${file.originalPath}`, file);
      }
    }
  };
  scan(project.modelPaths, byEnding('model', '.sql'));
  scan(project.seedPaths, byEnding('seed', '.csv'));
  scan(project.snapshotPaths, byEnding('snapshot', '.sql'));
  scan(project.analysisPaths, byEnding('analysis', '.sql'));
  scan(project.macroPaths, byEnding('macro', '.sql'));
  scan(project.testPaths, classifyTest);
  scan(project.docsPaths, (path) => (path.endsWith('.md') ? 'docs' : undefined));
  return [...found.values()];
}

/** Reads the macro files of one folder that belongs to no project: the built-in macros. */
export function discoverMacros(dir: string, packageName: string): readonly SourceFile[] {
  const project = { name: packageName, dir, displayPrefix: `${packageName}/` };
  return readFolder({ project, root: '.', skip: new Set(), isIgnored: () => false }, byEnding('macro', '.sql'));
}

function byEnding(kind: FileKind, ending: string): Classify {
  return (path) => {
    if (path.endsWith(ending)) return kind;
    if (PROPERTIES.test(path)) return 'properties';
    return kind === 'model' && path.endsWith('.py') ? 'python' : undefined;
  };
}

function classifyTest(path: string): FileKind | undefined {
  const [first] = path.split('/');
  if (first === 'fixtures') return undefined;
  if (PROPERTIES.test(path)) return 'properties';
  if (!path.endsWith('.sql')) return undefined;
  return first === 'generic' ? 'generic-test' : 'singular-test';
}

function readFolder(place: Place, classify: Classify): SourceFile[] {
  const top = join(place.project.dir, place.root);
  if (!existsSync(top)) return [];
  const files: SourceFile[] = [];
  walk(top, '', place.skip, (path) => {
    const kind = classify(path);
    if (kind !== undefined && !place.isIgnored(pathInProject(place, path)))
      files.push(readSourceFile(place, kind, path));
  });
  return files;
}

function readSourceFile({ project, root }: Place, kind: FileKind, path: string): SourceFile {
  const originalPath = pathInProject({ root }, path);
  const display = `${project.displayPrefix}${originalPath}`;
  const absolute = join(project.dir, root, path);
  return {
    packageName: project.name,
    kind,
    path,
    originalPath,
    display,
    name: basename(path, extname(path)),
    ...readContent(kind, absolute, display),
  };
}

function pathInProject({ root }: Pick<Place, 'root'>, path: string): string {
  return join(root, path).split(sep).join('/');
}

function readContent(kind: FileKind, path: string, display: string): Pick<SourceFile, 'text' | 'hash'> {
  try {
    return kind === 'seed' ? readSeed(path) : readWhole(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/, open '.*$/, '') : String(cause);
    const hint = display.includes('\ufffd')
      ? 'Its name is not UTF-8: rename it.'
      : 'Check its permissions and, if it is a link, what it points to.';
    throw new StrataError('project-invalid', `The file cannot be read: ${reason}`, { file: display }, { hint, cause });
  }
}

function readWhole(path: string): Pick<SourceFile, 'text' | 'hash'> {
  const text = normalize(readFileSync(path, 'utf8'));
  return { text, hash: digest(text) };
}

/** The rows are read when the seed is loaded; parsing needs the header, and whether anything changed. */
function readSeed(path: string): Pick<SourceFile, 'text' | 'hash'> {
  const bytes = readFileSync(path);
  const end = bytes.indexOf('\n');
  const header = bytes.subarray(0, end === -1 ? bytes.length : end).toString('utf8');
  return { text: normalize(header).trimEnd(), hash: hash('sha256', bytes) };
}

/** A text without byte order mark, with line ends as on Unix. */
function normalize(text: string): string {
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return bare.includes('\r\n') ? bare.replaceAll('\r\n', '\n') : bare;
}

/** A short digest that tells texts apart. */
export function digest(text: string): string {
  return hash('sha1', text, 'base64url');
}

function walk(folder: string, prefix: string, skip: ReadonlySet<string>, visit: (path: string) => void): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = `${prefix}${entry.name}`;
    if (!isFolder(entry)) visit(path);
    else if (!entry.name.startsWith('.') && entry.name !== 'node_modules' && !skip.has(join(folder, entry.name))) {
      walk(join(folder, entry.name), `${path}/`, skip, visit);
    }
  }
}

function isFolder(entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    readdirSync(join(entry.parentPath, entry.name));
    return true;
  } catch {
    return false;
  }
}
