import { findMember } from '../../graph/graph.ts';
import { type CommandContext, exitCodes } from '../command.ts';
import { formatListed, type ListOutput } from '../format-listed.ts';
import { openProject } from '../open-project.ts';
import { selectFromFlags } from '../select-from-flags.ts';

/** Prints what a selection means, one node a line. */
export async function listNodes(context: CommandContext): Promise<number> {
  const { flags, reporter } = context;
  const opened = await openProject(context, 'list');
  const selected = selectFromFlags(opened, context, 'list');
  const output = (flags.text('output') ?? 'selector') as ListOutput;
  const keys = flags.list('output-keys')?.flatMap((word) => word.split(/[\s,]+/));
  const lines = selected.flatMap((id) => {
    const member = findMember(opened.manifest, id);
    return member === undefined ? [] : [formatListed(member, output, keys)];
  });
  if (lines.length > 0) reporter.print(lines.join('\n'));
  return exitCodes.ok;
}
