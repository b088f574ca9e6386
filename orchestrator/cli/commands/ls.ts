import type { Command } from '../command.ts';
import * as flags from '../flags.ts';

/** `strata ls`: what a selection means. */
export const ls: Command = {
  name: 'ls',
  aliases: ['list'],
  summary: 'List what a selection means',
  flags: [
    ...flags.selectionFlags.map((flag) => (flag.name === 'select' ? { ...flag, aliases: [] } : flag)),
    {
      name: 'models',
      kind: 'list',
      short: 'm',
      aliases: ['model'],
      placeholder: 'NODES',
      describe: 'Select models only, without their tests',
    },
    flags.resourceTypeFlag,
    flags.excludeResourceTypeFlag,
    {
      name: 'output',
      kind: 'text',
      choices: ['selector', 'name', 'path', 'json', 'text'],
      placeholder: 'selector|name|path|json',
      describe: 'What to print of each; by default what selects it',
    },
    {
      name: 'output-keys',
      kind: 'list',
      placeholder: 'KEYS',
      describe: 'Keys of the JSON, such as config.materialized',
    },
    ...flags.allProjectFlags,
  ],
  examples: [
    ['strata ls --select +fct_orders', 'what fct_orders needs'],
    ['strata ls --resource-type model --output path', 'the files of all models'],
    ['strata ls --output json --output-keys name config.materialized', 'two keys of each, as JSON lines'],
  ],
  run: async (context) => (await import('../actions/list-nodes.ts')).listNodes(context),
};
