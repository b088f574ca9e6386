import { resolve } from 'node:path';
import { writeDemoData } from '../../demo/write-demo-data.ts';
import { StrataError } from '../../errors.ts';
import { type CommandContext, exitCodes } from '../command.ts';
import { formatCount, formatSeconds } from '../node-line.ts';

/** A small company: what the committed demo has, too. */
const DEFAULT_ACCOUNTS = 600;

/** Writes demo data and says how much. */
export async function makeDemoData({ flags, cwd, reporter, startedAt }: CommandContext): Promise<number> {
  const events = flags.number('events');
  if (flags.number('accounts') !== undefined && events !== undefined) {
    const hint = 'Each decides how much there is of the other.';
    throw new StrataError('usage', 'Give either --accounts or --events, not both.', {}, { hint });
  }
  const out = flags.text('out') ?? 'demo-data';
  const { accounts, rows, files } = writeDemoData({
    accounts: flags.number('accounts') ?? (events === undefined ? DEFAULT_ACCOUNTS : undefined),
    events,
    seed: flags.number('seed') ?? 1,
    until: flags.text('until'),
    out: resolve(cwd, out),
  });
  const width = Math.max(...Object.keys(rows).map((name) => name.length));
  const counts = Object.entries(rows).map(([name, count]) => `  ${name.padEnd(width)}  ${formatCount(count)}`);
  const seconds = formatSeconds((Date.now() - startedAt.getTime()) / 1000);
  reporter.info(
    [
      `Wrote ${files.length} files for ${formatCount(accounts)} accounts to ${out}/ in ${seconds}. Rows:`,
      ...counts,
    ].join('\n'),
    'demo-data',
    { accounts, rows, files },
  );
  return exitCodes.ok;
}
