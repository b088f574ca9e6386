import type { Command } from '../command.ts';
import * as flags from '../flags.ts';

/** `strata demo-data`: raw data with planted truth. */
export const demoData: Command = {
  name: 'demo-data',
  summary: 'Write raw demo data as CSV files, with the truth planted in it',
  flags: [
    { name: 'accounts', kind: 'number', placeholder: 'N', describe: 'Number of accounts; by default 600' },
    {
      name: 'events',
      kind: 'number',
      placeholder: 'N',
      describe: 'Number of events to come near to, instead of --accounts',
    },
    { name: 'seed', kind: 'number', placeholder: 'S', describe: 'The same seed gives the same files; by default 1' },
    { name: 'until', kind: 'text', placeholder: 'DATE', describe: 'The day after the last day of the data' },
    { name: 'out', kind: 'text', placeholder: 'FOLDER', describe: 'Where to write, by default demo-data/' },
    ...flags.commonFlags,
  ],
  examples: [
    ['strata demo-data --accounts 600 --out raw', 'a small company'],
    ['strata demo-data --events 1000000 --seed 7 --out raw', 'about a million events'],
  ],
  run: async (context) => (await import('../actions/make-demo-data.ts')).makeDemoData(context),
};
