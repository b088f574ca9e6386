import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { targetReaders } from '../../../orchestrator/cli/warehouses.ts';
import type { ProjectOptions } from '../../../orchestrator/config/flags.ts';
import { loadProject } from '../../../orchestrator/config/load-project.ts';
import { StrataErrors } from '../../../orchestrator/errors.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'strata-config-'));
  folders.push(dir);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

function load(files: Readonly<Record<string, string>>, options: Partial<ProjectOptions> = {}) {
  const projectDir = write(files);
  return loadProject({ projectDir, profilesDir: projectDir, targetReaders, env: {}, ...options });
}

function errors(files: Readonly<Record<string, string>>, options: Partial<ProjectOptions> = {}): readonly string[] {
  try {
    load(files, options);
    return [];
  } catch (error) {
    if (!(error instanceof StrataErrors)) throw error;
    return error.errors.map((one) => `${one.code} ${one.format()}`);
  }
}

const profiles = `shop:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: data/shop.duckdb
    prod:
      type: postgres
      host: db
      user: me
      pass: secret
      dbname: sales
      schema: public
`;

describe('loadProject', () => {
  it('fills in what dbt_project.yml leaves out', () => {
    const { root } = load({ 'dbt_project.yml': 'name: shop\n', 'profiles.yml': profiles });
    expect(root).toMatchObject({
      name: 'shop',
      version: null,
      modelPaths: ['models'],
      seedPaths: ['seeds'],
      testPaths: ['tests'],
      analysisPaths: ['analyses'],
      macroPaths: ['macros'],
      snapshotPaths: ['snapshots'],
      targetPath: 'target',
      packagesInstallPath: 'dbt_packages',
      cleanTargets: ['target'],
      onRunStart: [],
      vars: {},
    });
  });

  it('understands the old names of paths and a single hook', () => {
    const yaml = 'name: shop\nsource-paths: [sql]\ndata-paths: [csv]\non-run-start: select 1\n';
    const { root } = load({ 'dbt_project.yml': yaml, 'profiles.yml': profiles });
    expect(root).toMatchObject({ modelPaths: ['sql'], seedPaths: ['csv'], onRunStart: ['select 1'] });
  });

  it('reports every mistake of dbt_project.yml with its line', () => {
    const yaml =
      'name: shop\nversion: "1.0"\nmodel-path: [models]\nseed-paths: seeds\ndispatch:\n  - macro_namespace: a\n';
    expect(errors({ 'dbt_project.yml': yaml, 'profiles.yml': profiles })).toEqual([
      'project-invalid dbt_project.yml:3:1: Unknown key "model-path" in dbt_project.yml. Did you mean "model-paths"?',
      'project-invalid dbt_project.yml:4:1: "seed-paths" of dbt_project.yml must be a list, not "seeds".',
      'project-invalid dbt_project.yml:6:5: "dispatch[1].search_order" of dbt_project.yml is missing.',
    ]);
  });

  it.each([
    [
      'name: 1shop\n',
      'project-invalid dbt_project.yml:1:1: "1shop" cannot name a project. Use letters, digits and underscores, not starting with a digit.',
    ],
    [
      'name: config\n',
      'project-invalid dbt_project.yml:1:1: "config" is a word of the template language and cannot name a project. Choose another name.',
    ],
    ['version: 1\n', 'project-invalid dbt_project.yml:1:1: "name" of dbt_project.yml is missing.'],
    [
      'name: shop\nmodel-paths: [a]\nsource-paths: [b]\n',
      'project-invalid dbt_project.yml:3:1: "source-paths" and "model-paths" mean the same and are both set. Keep "model-paths".',
    ],
    [
      'name: shop\nconfig-version: 1\n',
      'project-invalid dbt_project.yml:2:1: "config-version" of dbt_project.yml must be 2, not 1.',
    ],
    [
      '- shop\n',
      'project-invalid dbt_project.yml:1:1: dbt_project.yml must be a mapping of keys to values, not a list.',
    ],
  ])('refuses %j', (yaml, message) => {
    expect(errors({ 'dbt_project.yml': yaml, 'profiles.yml': profiles })).toEqual([message]);
  });

  it('says where it looked for dbt_project.yml', () => {
    const dir = write({});
    expect(() => loadProject({ projectDir: dir, targetReaders, env: {} })).toThrow(
      `No dbt_project.yml in ${dir}. Run the command in a project folder, or give it with --project-dir.`,
    );
  });

  it('adds the variables of vars.yml to those of dbt_project.yml', () => {
    const files = { 'dbt_project.yml': 'name: shop\nvars:\n  a: 1\n', 'profiles.yml': profiles };
    expect(load({ ...files, 'vars.yml': 'b: 2\nsegments:\n  - name: x\n' }).root.vars).toEqual({
      a: 1,
      b: 2,
      segments: [{ name: 'x' }],
    });
    expect(load({ ...files, 'vars.yml': 'vars:\n  b: 2\n' }).root.vars).toEqual({ a: 1, b: 2 });
    expect(errors({ ...files, 'vars.yml': 'b: 2\na: 3\n' })).toEqual([
      'yaml-invalid vars.yml:2:1: Variable "a" is set both here and in dbt_project.yml. Remove one of them.',
    ]);
  });
});

describe('the connection', () => {
  const project = { 'dbt_project.yml': 'name: shop\nprofile: shop\n' };

  it('is the default target of the profile', () => {
    const { target } = load({ ...project, 'profiles.yml': profiles });
    expect(target).toMatchObject({ name: 'dev', type: 'duckdb', database: 'shop', schema: 'main', threads: 4 });
    expect(target.fields).toEqual({
      name: 'dev',
      target_name: 'dev',
      profile_name: 'shop',
      type: 'duckdb',
      threads: 4,
      database: 'shop',
      schema: 'main',
      path: 'data/shop.duckdb',
    });
  });

  it('is the target asked for, and shows templates no password', () => {
    const { target } = load({ ...project, 'profiles.yml': profiles }, { target: 'prod', threads: 9 });
    expect(target.credentials).toMatchObject({
      type: 'postgres',
      port: 5432,
      password: 'secret',
      dbname: 'sales',
      threads: 9,
    });
    expect(JSON.stringify(target.fields)).not.toContain('secret');
    expect(target.fields).toMatchObject({ dbname: 'sales', database: 'sales', schema: 'public', host: 'db' });
  });

  it('is a DuckDB file in the project when there is no profile', () => {
    const projectDir = write({ 'dbt_project.yml': 'name: shop\n' });
    const { target } = loadProject({ projectDir, targetReaders, env: { DBT_PROFILES_DIR: join(projectDir, 'none') } });
    expect(target).toMatchObject({ name: 'dev', type: 'duckdb', database: 'shop', schema: 'main', profilesFile: null });
    expect(target.credentials).toMatchObject({ path: join(projectDir, 'shop.duckdb') });
  });

  it.each([
    [
      { target: 'prd' },
      profiles,
      'profile-not-found profiles.yml:3:3: Profile "shop" has no target "prd". Did you mean "prod"? Its targets: dev, prod.',
    ],
    [
      { profile: 'shp' },
      profiles,
      'profile-not-found profiles.yml: No profile "shp". Did you mean "shop"? Profiles there: shop.',
    ],
    [
      {},
      profiles.replace('duckdb\n', 'duckdbb\n'),
      'profile-invalid profiles.yml:5:7: Target "dev" of profile "shop" has the unsupported type "duckdbb". Did you mean "duckdb"? Supported types: duckdb, postgres, bigquery, snowflake.',
    ],
    [
      {},
      profiles.replace('type: duckdb', 'typ: duckdb'),
      'profile-invalid profiles.yml:4:5: Target "dev" of profile "shop" has no "type". Supported types: duckdb, postgres, bigquery, snowflake.',
    ],
    [
      {},
      profiles.replace('path:', 'pth:'),
      'profile-invalid profiles.yml:6:7: Unknown key "pth" in target "dev" of profile "shop". Did you mean "path"?',
    ],
    [
      { target: 'prod' },
      profiles.replace('dbname: sales', 'port: many'),
      'profile-invalid profiles.yml:12:7: "port" of target "prod" of profile "shop" must be a whole number from 1 to 65535, not "many".',
    ],
    [
      { target: 'prod' },
      profiles.replace('pass: secret', 'role: r'),
      'profile-invalid profiles.yml:7:5: Target "prod" of profile "shop" lacks "password". Add "password:" to it; env_var() keeps secrets out of the file.',
    ],
    [
      {},
      'a: [',
      'yaml-syntax profiles.yml:1:5: A bracket, brace or quote that was opened above is not closed before this line. Close it, or put quotes around a value that begins with one.',
    ],
  ])('explains a mistake %#', (options, yaml, message) => {
    expect(errors({ ...project, 'profiles.yml': yaml }, options)).toEqual([message]);
  });

  it('says where profiles.yml was looked for when one is needed', () => {
    expect(errors(project, { target: 'prod' })).toEqual([
      'profile-not-found No profiles.yml found for target "prod". Looked in profiles.yml.',
    ]);
  });
});

describe('packages', () => {
  const project = { 'dbt_project.yml': 'name: shop\nprofile: shop\n', 'profiles.yml': profiles };

  it('are read where local: says and where they are installed, the root first', () => {
    const loaded = load({
      ...project,
      'packages.yml': 'packages:\n  - local: ../x/../util\n'.replace('../x/../util', 'pkgs/util'),
      'pkgs/util/dbt_project.yml': 'name: util\n',
      'dbt_packages/dbt_utils/dbt_project.yml': 'name: dbt_utils\n',
    });
    expect(loaded.packages.map((one) => [one.name, one.displayPrefix])).toEqual([
      ['shop', ''],
      ['dbt_utils', 'dbt_packages/dbt_utils/'],
      ['util', 'pkgs/util/'],
    ]);
  });

  it.each([
    [
      'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.0.0\n',
      'package-invalid packages.yml:2:5: Package "dbt-labs/dbt_utils" is not installed. Strata reads packages that lie in dbt_packages/: run "dbt deps" once, copy the package there, or use "local:".',
    ],
    [
      'packages:\n  - local: nowhere\n',
      'package-invalid packages.yml:2:5: Local package "nowhere" has no dbt_project.yml. "local:" is a folder relative to this file.',
    ],
    [
      'packages:\n  - locl: nowhere\n',
      'package-invalid packages.yml:2:5: Unknown key "locl" in "packages[1]" of packages.yml. Did you mean "local"?',
    ],
  ])('are reported when missing: %j', (yaml, message) => {
    expect(errors({ ...project, 'packages.yml': yaml })).toEqual([message]);
  });
});
