import { inFile, type MalformedCase } from '../malformed-case.ts';

const inPackages = inFile('packages.yml');

/** Mistakes in packages.yml and in packages. */
export const packages: readonly MalformedCase[] = [
  inPackages(
    'a packages.yml that cannot be read',
    'packages:\n  - local: [kit\n',
    'Error: packages.yml:3:1: A bracket, brace or quote that was opened above is not closed before this line. Close it, or put quotes around a value that begins with one.',
  ),
  inPackages(
    'a packages.yml that is a list',
    '- local: kit\n',
    'Error: packages.yml:1:1: packages.yml must be a mapping of keys to values, not a list.',
  ),
  inPackages(
    'a misspelt top key',
    'package:\n  - local: kit\n',
    'Error: packages.yml:1:1: Unknown key "package" in packages.yml. Did you mean "packages"?',
  ),
  inPackages(
    'packages that are a mapping',
    'packages:\n  local: kit\n',
    'Error: packages.yml:1:1: "packages" of packages.yml must be a list, not a mapping.',
  ),
  inPackages(
    'a misspelt key of a package',
    'packages:\n  - locl: kit\n',
    'Error: packages.yml:2:5: Unknown key "locl" in "packages[1]" of packages.yml. Did you mean "local"?',
  ),
  inPackages(
    'a package that is text',
    'packages:\n  - kit\n',
    'Error: packages.yml:2:5: "packages[1]" of packages.yml must be a mapping of keys to values, not "kit".',
  ),
  {
    name: 'a local package that does not exist',
    files: { 'packages.yml': 'packages:\n  - local: kit\n' },
    stderr: [
      'Error: packages.yml:2:5: Local package "kit" has no dbt_project.yml. "local:" is a folder relative to this file.',
    ],
    asProcess: true,
  },
  {
    name: 'a local package that is no project',
    files: { 'packages.yml': 'packages:\n  - local: kit\n', 'kit/README.md': 'A kit.\n' },
    stderr: [
      'Error: packages.yml:2:5: Local package "kit" has no dbt_project.yml. "local:" is a folder relative to this file.',
    ],
  },
  inPackages(
    'a package that is not installed',
    'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n',
    'Error: packages.yml:2:5: Package "dbt-labs/dbt_utils" is not installed. Strata reads packages that lie in dbt_packages/: run "dbt deps" once, copy the package there, or use "local:".',
  ),
  inPackages(
    'a git package that is not installed',
    'packages:\n  - git: https://git.example.com/data/kit.git\n    revision: main\n',
    'Error: packages.yml:2:5: Package "https://git.example.com/data/kit.git" is not installed. Strata reads packages that lie in dbt_packages/: run "dbt deps" once, copy the package there, or use "local:".',
  ),
  {
    name: 'a git address with a token',
    files: {
      'packages.yml':
        'packages:\n  - git: "https://{{ env_var(\'DBT_ENV_SECRET_GIT\') }}@git.example.com/data/kit.git"\n    revision: main\n',
    },
    env: { DBT_ENV_SECRET_GIT: 't0ken' },
    stderr: [
      'Error: packages.yml:2:5: Package "https://***@git.example.com/data/kit.git" is not installed. Strata reads packages that lie in dbt_packages/: run "dbt deps" once, copy the package there, or use "local:".',
    ],
  },
  inPackages(
    'a package without any source',
    'packages:\n  - version: 1.3.0\n',
    'Error: packages.yml:2:5: A package needs one of local, package, git or tarball.',
  ),
  inPackages(
    'an unset variable in packages.yml',
    'packages:\n  - local: "{{ env_var(\'KIT_FOLDER\') }}"\n',
    'Error: packages.yml:2:5: Environment variable "KIT_FOLDER" is not set and has no default. Set KIT_FOLDER, or write env_var("KIT_FOLDER", "a default").',
  ),
  {
    name: 'two packages of one name',
    files: {
      'packages.yml': 'packages:\n  - local: kit\n  - local: box\n',
      'kit/dbt_project.yml': 'name: kit\n',
      'box/dbt_project.yml': 'name: kit\n',
    },
    stderr: ['Error: box/dbt_project.yml:1: Two packages are named "kit": this and the one in kit/.'],
  },
  {
    name: 'a package with the name of the project',
    files: { 'packages.yml': 'packages:\n  - local: kit\n', 'kit/dbt_project.yml': 'name: shop\n' },
    stderr: ['Error: kit/dbt_project.yml:1: Two packages are named "shop": this and the project itself.'],
  },
  {
    name: 'a mistake in the project file of a package',
    files: { 'packages.yml': 'packages:\n  - local: kit\n', 'kit/dbt_project.yml': 'name: kit\nmodel-paths: models\n' },
    stderr: ['Error: kit/dbt_project.yml:2:1: "model-paths" of dbt_project.yml must be a list, not "models".'],
  },
  {
    name: 'an unknown ref in a package',
    files: {
      'packages.yml': 'packages:\n  - local: kit\n',
      'kit/dbt_project.yml': 'name: kit\n',
      'kit/models/kit_orders.sql': "select * from {{ ref('ordrs') }}\n",
    },
    stderr: ['Error: kit/models/kit_orders.sql:1:22: ref("ordrs") not found. Did you mean "orders"?'],
  },
  {
    name: 'a syntax mistake in a macro of a package',
    files: {
      'packages.yml': 'packages:\n  - local: kit\n',
      'kit/dbt_project.yml': 'name: kit\n',
      'kit/macros/cents.sql': '{% macro cents(column) %}\n  {{ column * 100\n{% endmacro %}\n',
    },
    stderr: ["Error: kit/macros/cents.sql:3:1: Expected the end of the expression, '}}', got '{'."],
  },
  {
    name: 'two packages that need each other by name only',
    files: { 'dependencies.yml': 'packages:\n  - local: ../outside\nprojects: text\n' },
    stderr: ['Error: dependencies.yml:3:1: "projects" of dependencies.yml must be a list, not "text".'],
  },
];
