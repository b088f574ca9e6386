import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { targetReaders } from '../../../../orchestrator/cli/warehouses.ts';
import type { ProjectOptions } from '../../../../orchestrator/config/flags.ts';
import { loadProject } from '../../../../orchestrator/config/load-project.ts';
import { duckDbDialect } from '../../../../orchestrator/dialects/duckdb.ts';
import { type ParsedProject, type ParseOptions, parseProject } from '../../../../orchestrator/parse/parse-project.ts';

/** Files of a project by path. */
export type Files = Readonly<Record<string, string>>;

const PROJECT = 'name: shop\nprofile: shop\n';
const PROFILES = 'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb}\n';

/** A project in a temporary folder. */
export interface TempProject {
  readonly dir: string;
  write(files: Files): void;
  remove(path: string): void;
  delete(): void;
}

/** Writes a project; dbt_project.yml and profiles.yml are made unless given. */
export function createProject(files: Files): TempProject {
  const dir = mkdtempSync(join(tmpdir(), 'strata-parse-'));
  const project = {
    dir,
    write(more: Files) {
      for (const [path, text] of Object.entries(more)) {
        mkdirSync(dirname(join(dir, path)), { recursive: true });
        writeFileSync(join(dir, path), text);
      }
    },
    remove: (path: string) => rmSync(join(dir, path)),
    delete: () => rmSync(dir, { recursive: true, force: true }),
  };
  project.write({ 'dbt_project.yml': PROJECT, 'profiles.yml': PROFILES, ...files });
  return project;
}

/** An invocation that is the same in every test. */
export const invocation: ParseOptions['invocation'] = {
  id: 'test',
  startedAt: new Date('2025-01-31T00:00:00Z'),
  which: 'parse',
  fullRefresh: false,
  storeFailures: false,
  args: {},
};

/** Parses a project folder as the command line does. */
export function parse(
  dir: string,
  project: Partial<ProjectOptions> = {},
  options: Partial<ParseOptions> = {},
): ParsedProject {
  return parseProject(loadProject({ projectDir: dir, profilesDir: dir, targetReaders, env: {}, ...project }), {
    dialect: duckDbDialect,
    partialParse: false,
    invocation,
    ...options,
  });
}

/** Parses files as a project of their own that is gone afterwards. */
export function parseFiles(files: Files, project: Partial<ProjectOptions> = {}): ParsedProject {
  const temporary = createProject(files);
  try {
    return parse(temporary.dir, project);
  } finally {
    temporary.delete();
  }
}

/** The messages of all warnings of a project. */
export function warningsOf(files: Files): readonly string[] {
  return parseFiles(files).warnings.map((warning) => `${warning.code} ${warning.format()}`);
}
