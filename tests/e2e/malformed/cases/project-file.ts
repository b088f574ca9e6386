import { inFile, type MalformedCase } from '../malformed-case.ts';

const inDbtProject = inFile('dbt_project.yml');

/** Mistakes in dbt_project.yml and vars.yml. */
export const projectFile: readonly MalformedCase[] = [
  {
    name: 'no dbt_project.yml',
    files: { 'dbt_project.yml': null },
    stderr: [
      'Error: No dbt_project.yml in <project>. Run the command in a project folder, or give it with --project-dir.',
    ],
    asProcess: true,
  },
  inDbtProject(
    'an empty dbt_project.yml',
    '',
    'Error: dbt_project.yml:1:1: dbt_project.yml must be a mapping of keys to values, not empty.',
  ),
  inDbtProject(
    'a dbt_project.yml that is a list',
    '- name: shop\n',
    'Error: dbt_project.yml:1:1: dbt_project.yml must be a mapping of keys to values, not a list.',
  ),
  inDbtProject(
    'a tab as indentation',
    'name: shop\nmodels:\n\tshop:\n\t\t+materialized: table\n',
    'Error: dbt_project.yml:3:1: A tab indents this line. Use spaces: YAML takes no tabs there.',
  ),
  inDbtProject(
    'the marks of a merge',
    'name: shop\n<<<<<<< HEAD\nversion: 1\n=======\nversion: 2\n>>>>>>> theirs\n',
    'Error: dbt_project.yml:2: A merge left its marks here. Keep one of the two sides and remove the lines with <<<<<<<, ======= and >>>>>>>.',
  ),
  inDbtProject(
    'a bracket that is never closed',
    'name: shop\nmodel-paths: [models\nseed-paths: [seeds]\n',
    'Error: dbt_project.yml:3:1: A bracket, brace or quote that was opened above is not closed before this line. Close it, or put quotes around a value that begins with one.',
  ),
  inDbtProject(
    'a quote that is never closed',
    'name: "shop\nversion: 1\n',
    'Error: dbt_project.yml:2:1: A bracket, brace or quote that was opened above is not closed before this line. Close it, or put quotes around a value that begins with one.',
  ),
  inDbtProject(
    'a value with a colon',
    'name: shop: two\n',
    'Error: dbt_project.yml:1:11: The value contains ": " and has no quotes. Put quotes around a value that contains ": " or " #", or starts with one of { [ * & % @ `.',
  ),
  inDbtProject(
    'a key given twice',
    'name: shop\nversion: 1\nname: store\n',
    'Error: dbt_project.yml:3:1: "name" is given twice in the same mapping. Keep one of them, or merge their values.',
  ),
  inDbtProject(
    'two documents',
    'name: shop\n---\nname: store\n',
    'Error: dbt_project.yml:3: The file holds more than one YAML document. Remove the "---" between them or split the file.',
  ),
  inDbtProject(
    'an alias without anchor',
    'name: shop\nmodels: *defaults\n',
    'Error: dbt_project.yml:2:10: "*defaults" refers to an anchor that does not exist. Define "&defaults" above it, or put quotes around a value that begins with "*".',
  ),
  inDbtProject('no name', 'version: "1.0"\n', 'Error: dbt_project.yml:1:1: "name" of dbt_project.yml is missing.'),
  inDbtProject(
    'a name with a hyphen',
    'name: my-shop\n',
    'Error: dbt_project.yml:1:1: "my-shop" cannot name a project. Use letters, digits and underscores, not starting with a digit.',
  ),
  inDbtProject(
    'a name of the template language',
    'name: adapter\n',
    'Error: dbt_project.yml:1:1: "adapter" is a word of the template language and cannot name a project. Choose another name.',
  ),
  inDbtProject(
    'a name that is a number',
    'name: 2024\n',
    'Error: dbt_project.yml:1:1: "name" of dbt_project.yml must be text, not 2024.',
  ),
  inDbtProject(
    'a misspelt key',
    'name: shop\nmodel-path: [models]\n',
    'Error: dbt_project.yml:2:1: Unknown key "model-path" in dbt_project.yml. Did you mean "model-paths"?',
  ),
  inDbtProject(
    'an underscore for a hyphen',
    'name: shop\nmodel_paths: [models]\n',
    'Error: dbt_project.yml:2:1: Unknown key "model_paths" in dbt_project.yml. Did you mean "model-paths"?',
  ),
  inDbtProject(
    'a key like no other',
    'name: shop\nowner_of_everything: me\n',
    'Error: dbt_project.yml:2:1: Unknown key "owner_of_everything" in dbt_project.yml. Remove it, or check its spelling and indentation.',
  ),
  inDbtProject(
    'paths that are no list',
    'name: shop\nmodel-paths: models\n',
    'Error: dbt_project.yml:2:1: "model-paths" of dbt_project.yml must be a list, not "models".',
  ),
  inDbtProject(
    'a path that is a number',
    'name: shop\nseed-paths: [seeds, 3]\n',
    'Error: dbt_project.yml:2:21: "seed-paths[2]" of dbt_project.yml must be text, not 3.',
  ),
  inDbtProject(
    'an old and a new name together',
    'name: shop\nsource-paths: [models]\nmodel-paths: [models]\n',
    'Error: dbt_project.yml:2:1: "source-paths" and "model-paths" mean the same and are both set. Keep "model-paths".',
  ),
  inDbtProject(
    'a version range that is none',
    'name: shop\nrequire-dbt-version: "newer than 1.5"\n',
    'Error: dbt_project.yml:2:1: "newer than 1.5" is no version range. Write for example [">=1.5.0", "<2.0.0"].',
  ),
  inDbtProject(
    'config-version 1',
    'name: shop\nconfig-version: 1\n',
    'Error: dbt_project.yml:2:1: "config-version" of dbt_project.yml must be 2, not 1.',
  ),
  inDbtProject(
    'quoting with a word',
    'name: shop\nquoting:\n  identifier: sometimes\n',
    'Error: dbt_project.yml:3:3: "quoting.identifier" of dbt_project.yml must be true or false, not "sometimes".',
  ),
  inDbtProject(
    'a dispatch rule without search order',
    'name: shop\ndispatch:\n  - macro_namespace: dbt\n',
    'Error: dbt_project.yml:3:5: "dispatch[1].search_order" of dbt_project.yml is missing.',
  ),
  inDbtProject(
    'a hook that is a mapping',
    'name: shop\non-run-start:\n  sql: select 1\n',
    'Error: dbt_project.yml:2:1: "on-run-start" of dbt_project.yml must be text or a list of texts, not a mapping.',
  ),
  inDbtProject(
    'models that are a list',
    'name: shop\nmodels: [orders]\n',
    'Error: dbt_project.yml:2:1: "models" of dbt_project.yml must be a mapping of keys to values, not a list.',
  ),
  inDbtProject(
    'a misspelt setting for all models',
    'name: shop\nmodels:\n  shop:\n    +materialised: table\n',
    'Error: dbt_project.yml:4:5: Unknown setting "materialised" of "models". Did you mean "materialized"?',
  ),
  inDbtProject(
    'a setting of the wrong type for a folder',
    'name: shop\nmodels:\n  shop:\n    +enabled: maybe\n',
    'Error: dbt_project.yml:4:5: Setting "enabled" of "models" must be true or false, not "maybe".',
  ),
  {
    name: 'settings for a folder that does not exist',
    files: {
      'dbt_project.yml': 'name: shop\nmodels:\n  shop:\n    martz:\n      +materialized: table\n',
      'models/marts/spend.sql': 'select 1 as id\n',
    },
    command: ['build', '--warn-error'],
    stderr: [
      'Error: dbt_project.yml:4:5: Nothing lies under "models.shop.martz", so its settings apply to nothing. Did you mean "marts"?',
    ],
  },
  {
    name: 'settings for a project of another name',
    files: { 'dbt_project.yml': 'name: shop\nmodels:\n  shpo:\n    +materialized: table\n' },
    command: ['build', '--warn-error'],
    stderr: [
      'Error: dbt_project.yml:3:3: Nothing lies under "models.shpo", so its settings apply to nothing. Did you mean "shop"?',
    ],
  },
  inDbtProject(
    'an unset environment variable',
    'name: shop\nprofile: "{{ env_var(\'SHOP_PROFILE\') }}"\n',
    'Error: dbt_project.yml:2:1: Environment variable "SHOP_PROFILE" is not set and has no default. Set SHOP_PROFILE, or write env_var("SHOP_PROFILE", "a default").',
  ),
  {
    name: 'a secret outside profiles.yml',
    files: { 'dbt_project.yml': 'name: shop\nversion: "{{ env_var(\'DBT_ENV_SECRET_VERSION\') }}"\n' },
    env: { DBT_ENV_SECRET_VERSION: 's3cret' },
    stderr: [
      'Error: dbt_project.yml:2:1: Secret variable "DBT_ENV_SECRET_VERSION" may be used in profiles.yml and packages.yml only.',
    ],
  },
  inDbtProject(
    'an unset variable',
    'name: shop\nmodels:\n  shop:\n    +schema: "{{ var(\'mart_schema\') }}"\n',
    'Error: dbt_project.yml:4:5: var("mart_schema") is not set and has no default. Here only variables given with --vars are known.',
  ),
  inDbtProject(
    'a template that is never closed',
    'name: shop\nversion: "{{ env_var(\'VERSION\' }}"\n',
    "Error: dbt_project.yml:2:1: Unexpected '}': '(' is not closed.",
  ),
  inDbtProject(
    'several mistakes at once',
    'name: 1shop\nversions: 1\nseed-paths: seeds\nmodels: []\n',
    'Error: dbt_project.yml:2:1: Unknown key "versions" in dbt_project.yml. Did you mean "version"?',
    'Error: dbt_project.yml:3:1: "seed-paths" of dbt_project.yml must be a list, not "seeds".',
    'Error: dbt_project.yml:4:1: "models" of dbt_project.yml must be a mapping of keys to values, not a list.',
    '3 errors. Nothing was run.',
  ),
  {
    name: 'a variable in both files',
    files: { 'dbt_project.yml': 'name: shop\nvars:\n  currency: EUR\n', 'vars.yml': 'currency: USD\n' },
    stderr: ['Error: vars.yml:1:1: Variable "currency" is set both here and in dbt_project.yml. Remove one of them.'],
  },
  {
    name: 'a vars.yml that is a list',
    files: { 'vars.yml': '- currency\n' },
    stderr: ['Error: vars.yml:1:1: vars.yml must be a mapping of variables to values.'],
  },
  {
    name: 'a vars.yml that cannot be read',
    files: { 'vars.yml': 'currency: {EUR\n' },
    stderr: [
      'Error: vars.yml:2:1: A bracket, brace or quote that was opened above is not closed before this line. Close it, or put quotes around a value that begins with one.',
    ],
  },
];
