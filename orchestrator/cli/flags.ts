import type { Flag } from './command.ts';

/** Flags that every command has. */
export const commonFlags: readonly Flag[] = [
  {
    name: 'log-format',
    kind: 'text',
    choices: ['text', 'json'],
    placeholder: 'text|json',
    env: 'DBT_LOG_FORMAT',
    describe: 'Lines to read, or one JSON object per line',
  },
  {
    name: 'log-level',
    kind: 'text',
    choices: ['debug', 'info', 'warn', 'error', 'none'],
    env: 'DBT_LOG_LEVEL',
    hidden: true,
    describe: '',
  },
  {
    name: 'log-path',
    kind: 'text',
    placeholder: 'FOLDER',
    env: 'DBT_LOG_PATH',
    describe: 'Also append the log as JSON lines to strata.log there',
  },
  { name: 'quiet', kind: 'boolean', short: 'q', env: 'DBT_QUIET', describe: 'Say nothing but errors' },
  {
    name: 'no-color',
    kind: 'boolean',
    aliases: ['no-use-colors'],
    describe: 'No colours; NO_COLOR in the environment does the same',
  },
  {
    name: 'use-colors',
    kind: 'boolean',
    aliases: ['color'],
    env: 'DBT_USE_COLORS',
    describe: 'Colours also where the output is no terminal',
  },
  { name: 'debug', kind: 'boolean', short: 'd', env: 'DBT_DEBUG', describe: 'Show the stack and causes of errors' },
  { name: 'help', kind: 'boolean', short: 'h', describe: 'Show this help' },
];

/** Flags of commands that read a project. */
const projectFlags: readonly Flag[] = [
  {
    name: 'project-dir',
    kind: 'text',
    placeholder: 'FOLDER',
    env: 'DBT_PROJECT_DIR',
    describe: 'Folder with dbt_project.yml; by default this one or one above it',
  },
  {
    name: 'profiles-dir',
    kind: 'text',
    placeholder: 'FOLDER',
    describe: 'Folder with profiles.yml; by default this one, the project, ~/.dbt',
  },
  {
    name: 'profile',
    kind: 'text',
    placeholder: 'NAME',
    env: 'DBT_PROFILE',
    describe: 'Profile to use instead of the one dbt_project.yml names',
  },
  {
    name: 'target',
    kind: 'text',
    short: 't',
    placeholder: 'NAME',
    env: 'DBT_TARGET',
    describe: 'Target of the profile',
  },
  { name: 'vars', kind: 'text', placeholder: 'YAML', describe: "Variables, as in --vars '{as_of_date: 2025-06-30}'" },
  { name: 'target-path', kind: 'text', placeholder: 'FOLDER', describe: 'Folder for artifacts instead of target/' },
  { name: 'no-partial-parse', kind: 'boolean', describe: 'Read every file again instead of using the parse cache' },
  { name: 'warn-error', kind: 'boolean', env: 'DBT_WARN_ERROR', describe: 'Treat warnings as errors' },
];

/** Flags that choose nodes. */
export const selectionFlags: readonly Flag[] = [
  {
    name: 'select',
    kind: 'list',
    short: 's',
    aliases: ['m', 'models', 'model'],
    placeholder: 'NODES',
    describe: 'Nodes: names, paths, tag:x, +parents, children+, a,b for both',
  },
  { name: 'exclude', kind: 'list', placeholder: 'NODES', describe: 'Nodes to leave out, in the same language' },
  {
    name: 'indirect-selection',
    kind: 'text',
    choices: ['eager', 'cautious', 'buildable', 'empty'],
    placeholder: 'eager|cautious|buildable|empty',
    env: 'DBT_INDIRECT_SELECTION',
    describe: 'Which tests come along: of any selected node, or only of all',
  },
];

/** Flags of commands that run queries for many nodes. */
export const runFlags: readonly Flag[] = [
  {
    name: 'threads',
    kind: 'number',
    placeholder: 'N',
    describe: 'Queries at the same time; by default as the target says',
  },
  { name: 'fail-fast', kind: 'boolean', short: 'x', env: 'DBT_FAIL_FAST', describe: 'Stop at the first failure' },
];

export const fullRefreshFlag: Flag = {
  name: 'full-refresh',
  kind: 'boolean',
  short: 'f',
  env: 'DBT_FULL_REFRESH',
  describe: 'Build incremental models from nothing',
};

export const storeFailuresFlag: Flag = {
  name: 'store-failures',
  kind: 'boolean',
  env: 'DBT_STORE_FAILURES',
  describe: 'Keep the failing rows of tests in tables',
};

export const resourceTypeFlag: Flag = {
  name: 'resource-type',
  kind: 'list',
  aliases: ['resource-types'],
  placeholder: 'TYPES',
  choices: ['model', 'seed', 'snapshot', 'test', 'source', 'exposure', 'analysis', 'all', 'default'],
  describe: 'Only nodes of these types',
};

export const excludeResourceTypeFlag: Flag = {
  name: 'exclude-resource-type',
  kind: 'list',
  aliases: ['exclude-resource-types'],
  placeholder: 'TYPES',
  choices: ['model', 'seed', 'snapshot', 'test', 'source', 'exposure', 'analysis'],
  describe: 'No nodes of these types',
};

/** dbt's flags that need what Strata does not have yet: refused with a word, not silently taken. */
const laterFlags: readonly Flag[] = [
  { name: 'defer', kind: 'boolean', hidden: true, describe: '' },
  { name: 'state', kind: 'text', hidden: true, describe: '' },
  { name: 'favor-state', kind: 'boolean', hidden: true, describe: '' },
  { name: 'empty', kind: 'boolean', hidden: true, describe: '' },
  { name: 'selector', kind: 'text', hidden: true, describe: '' },
  { name: 'warn-error-options', kind: 'text', hidden: true, describe: '' },
];

/** dbt's flags that ask for what Strata does anyway, or that tune what it does not have. */
const harmlessSwitches: readonly string[] = [
  ...['partial-parse', 'version-check', 'no-version-check', 'static-parser', 'no-static-parser', 'print', 'introspect'],
  ...['populate-cache', 'no-populate-cache', 'cache-selected-only', 'no-cache-selected-only', 'write-json'],
  ...['send-anonymous-usage-stats', 'no-send-anonymous-usage-stats', 'show-all-deprecations', 'use-colors-file'],
  ...['no-fail-fast', 'no-full-refresh', 'no-quiet', 'no-debug', 'no-defer', 'no-warn-error', 'no-use-colors-file'],
];
const harmlessSettings: readonly string[] = [
  ...['log-format-file', 'log-level-file', 'log-file-max-bytes', 'printer-width'],
];

/** All of those as flags; none is shown in the help. */
const harmlessFlags: readonly Flag[] = [
  ...harmlessSwitches.map((name): Flag => ({ name, kind: 'boolean', hidden: true, describe: '' })),
  ...harmlessSettings.map((name): Flag => ({ name, kind: 'text', hidden: true, describe: '' })),
];

/** What every command that reads a project takes. */
export const allProjectFlags: readonly Flag[] = [...projectFlags, ...commonFlags, ...laterFlags, ...harmlessFlags];
