import { type MalformedCase, withCommand } from '../malformed-case.ts';

/** Mistakes in the words of the command line. */
export const commandLine: readonly MalformedCase[] = [
  {
    name: 'an unknown command',
    command: ['biuld'],
    stderr: ['Error: Unknown command "biuld". Did you mean "build"?'],
    asProcess: true,
  },
  withCommand(
    'a command like no other',
    ['deploy'],
    'Error: Unknown command "deploy". Commands: start, build, run, test, seed, compile, parse, ls, show, debug, clean, init, demo-data.',
  ),
  withCommand('flags without a command', ['--select', 'orders'], 'Error: No command given. strata --help lists them.'),
  {
    name: 'a misspelt flag',
    command: ['build', '--selct', 'orders'],
    stderr: ['Error: Unknown flag --selct. Did you mean "--select"?'],
    asProcess: true,
  },
  withCommand(
    'a command that only dbt has, with its flags',
    ['run-operation', 'grant_all', '--args', '{role: reader}'],
    'Error: "run-operation" of dbt is not supported yet. Show what a macro gives with strata compile --inline "{{ macro() }}", or call it in on-run-start.',
  ),
  withCommand(
    'a command that only dbt has, in two words',
    ['docs', 'generate'],
    'Error: "docs" of dbt is not supported yet. "strata parse" writes target/manifest.json, which has all descriptions; there is no catalog.json.',
  ),
  withCommand(
    'a command and a flag like no other',
    ['biuld', '--everything-at-once'],
    'Error: Unknown command "biuld". Did you mean "build"?',
  ),
  withCommand(
    'a flag like no other',
    ['build', '--everything-at-once'],
    'Error: Unknown flag --everything-at-once. strata COMMAND --help lists the flags.',
  ),
  withCommand(
    'an unknown short flag',
    ['build', '-z'],
    'Error: Unknown flag -z. strata COMMAND --help lists the flags.',
  ),
  withCommand(
    'a flag of another command',
    ['seed', '--store-failures'],
    'Error: strata seed has no flag --store-failures. It belongs to build, test.',
  ),
  withCommand('a flag without its value', ['build', '--target'], 'Error: --target needs a value. Write --target NAME.'),
  withCommand(
    'a flag followed by another one',
    ['build', '--select', '--full-refresh'],
    'Error: --select needs a value. Write --select NODES.',
  ),
  withCommand(
    'a value for a flag that takes none',
    ['build', '--full-refresh=yes'],
    'Error: --full-refresh takes no value, but got "yes".',
  ),
  withCommand(
    'a number that is a word',
    ['build', '--threads', 'many'],
    'Error: --threads needs a whole number, but got "many".',
  ),
  withCommand('no threads', ['build', '--threads', '0'], 'Error: --threads cannot be 0. Give a number from 1.'),
  withCommand(
    'fewer threads than none',
    ['build', '--threads', '-1'],
    'Error: --threads cannot be -1. Give a number from 1.',
  ),
  withCommand('half a thread', ['build', '--threads', '1.5'], 'Error: --threads needs a whole number, but got "1.5".'),
  withCommand(
    'a choice that is none',
    ['build', '--log-format', 'jsn'],
    'Error: --log-format cannot be "jsn". Did you mean "json"?',
  ),
  withCommand(
    'a choice like no other',
    ['build', '--indirect-selection', 'greedy'],
    'Error: --indirect-selection cannot be "greedy". Known: eager, cautious, buildable, empty.',
  ),
  withCommand(
    'a resource type that is none',
    ['ls', '--resource-type', 'modell'],
    'Error: --resource-type cannot be "modell". Did you mean "model"?',
  ),
  withCommand(
    'a name without --select',
    ['build', 'orders'],
    'Error: strata build takes no "orders". Write strata build --select orders to select it.',
  ),
  withCommand(
    'variables that are no mapping',
    ['build', '--vars', 'currency'],
    "Error: --vars is not a YAML mapping of names to values. Write for instance --vars '{as_of_date: 2025-06-30}'.",
  ),
  withCommand(
    'variables that cannot be read',
    ['build', '--vars', '{currency: EUR'],
    'Error: --vars:1:15: A bracket, brace or quote that was opened above is not closed before this line. Close it, or put quotes around a value that begins with one.',
  ),
  withCommand(
    'variables with a key given twice',
    ['build', '--vars', '{currency: EUR, currency: USD}'],
    'Error: --vars:1:17: "currency" is given twice in the same mapping. Keep one of them, or merge their values.',
  ),
  withCommand(
    'a project folder that does not exist',
    ['build', '--project-dir', 'shpo'],
    'Error: No dbt_project.yml in <project>/shpo. Run the command in a project folder, or give it with --project-dir.',
  ),
  withCommand(
    'a flag that is not supported yet',
    ['build', '--state', 'old'],
    'Error: --state is not supported yet. It needs the manifest of an earlier run.',
  ),
  withCommand(
    'a selector of selectors.yml',
    ['build', '--selector', 'nightly'],
    'Error: --selector is not supported yet. selectors.yml is not read; write the selection with --select.',
  ),
  withCommand(
    'show without anything to show',
    ['show'],
    'Error: strata show needs either --select or --inline. Write strata show --select fct_orders, or --inline "select 1".',
  ),
  withCommand(
    'show with a limit that is a word',
    ['show', '--select', 'orders', '--limit', 'all'],
    'Error: --limit needs a whole number, but got "all".',
  ),
  withCommand(
    'inline SQL with an unknown ref',
    ['compile', '--inline', "select * from {{ ref('ordrs') }}"],
    'Error: --inline:1:21: ref("ordrs") not found. Did you mean "orders"?',
  ),
  withCommand(
    'inline SQL with a template that is never closed',
    ['compile', '--inline', 'select {{ 1'],
    'Error: --inline:1:12: Unexpected end of template: a tag is not closed.',
  ),
  withCommand('init without a name', ['init'], 'Error: strata init needs NAME.'),
  withCommand(
    'init with a name that is none',
    ['init', '1shop'],
    'Error: A project cannot be named "1shop". Letters, digits and underscores, not beginning with a digit.',
  ),
  withCommand(
    'init where a folder is',
    ['init', 'models'],
    'Error: models exists already. Choose another name or remove it first.',
  ),
  withCommand('init with two names', ['init', 'shop', 'store'], 'Error: strata init takes no "store".'),
  {
    name: 'demo-data over files of somebody else',
    files: { 'raw/crm/raw_accounts.csv': 'account_id\n1\n' },
    command: ['demo-data', '--out', 'raw'],
    stderr: [
      'Error: crm/raw_accounts.csv in the output folder is no demo data and would be replaced. Name another folder with --out, or move the file away.',
    ],
  },
  withCommand(
    'demo-data with two sizes',
    ['demo-data', '--accounts', '5', '--events', '100'],
    'Error: Give either --accounts or --events, not both. Each decides how much there is of the other.',
  ),
  withCommand(
    'demo-data with no accounts',
    ['demo-data', '--accounts', '0'],
    'Error: --accounts cannot be 0. Give a whole number from 1 to 99999.',
  ),
  withCommand(
    'demo-data until a day that does not exist',
    ['demo-data', '--accounts', '5', '--until', '2025-02-30'],
    'Error: Demo data cannot end before "2025-02-30". Give a day from 2024-05-01 to 2034-01-01 as YYYY-MM-DD.',
  ),
  {
    name: 'clean that would delete sources',
    files: { 'dbt_project.yml': 'name: shop\nclean-targets: [models]\n' },
    command: ['clean'],
    stderr: [
      'Error: dbt_project.yml: clean-targets: "models" holds the sources in models. Nothing was deleted. Take it out of clean-targets.',
    ],
  },
  {
    name: 'clean that would delete outside the project',
    files: { 'dbt_project.yml': 'name: shop\nclean-targets: [../other]\n' },
    command: ['clean'],
    stderr: [
      'Error: dbt_project.yml: clean-targets: "../other" is not inside the project. Nothing was deleted. Take it out of clean-targets.',
    ],
  },
  {
    name: 'warnings that count as errors',
    files: { 'dbt_project.yml': 'name: shop\nmodels:\n  shpo:\n    +materialized: table\n' },
    command: ['build', '--warn-error'],
    stderr: [
      'Error: dbt_project.yml:3:3: Nothing lies under "models.shpo", so its settings apply to nothing. Did you mean "shop"?',
    ],
  },
  {
    name: 'an environment variable with a choice that is none',
    command: ['build'],
    env: { DBT_LOG_FORMAT: 'xml' },
    stderr: ['Error: DBT_LOG_FORMAT in the environment cannot be "xml". Known: text, json.'],
  },
];
