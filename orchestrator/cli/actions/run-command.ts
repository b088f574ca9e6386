import type { NodeResult } from '../../manifest/results.ts';
import type { RunCommand } from '../../run/plan.ts';
import { type CommandContext, exitCodes } from '../command.ts';
import { withAdapter } from '../connect.ts';
import { readProject, saveManifest } from '../open-project.ts';
import { releaseMemory } from '../release-memory.ts';
import { checkSelectedSeeds, runSelected } from '../run-selected.ts';
import { selectFromFlags } from '../select-from-flags.ts';
import { countStatuses } from '../summary.ts';

/** Runs `build`, `run`, `test` or `seed` and sums up. */
export async function runCommand(command: RunCommand, context: CommandContext): Promise<number> {
  const { flags, reporter } = context;
  const opened = await readProject(context, command);
  const selected = selectFromFlags(opened, context, command);
  if (selected.length === 0) {
    saveManifest(opened, context);
    reporter.warn('Nothing to do: no node was selected.');
    return exitCodes.ok;
  }
  const checkedSeeds = checkSelectedSeeds(selected, opened);
  const { target } = opened.project;
  reporter.info(`Target ${target.name} (${target.type}), schema ${target.schema}`, 'target');
  if (opened.parsed.stats.reused < opened.parsed.stats.files) releaseMemory();
  const results = await withAdapter(opened.project, (adapter) =>
    runSelected({ command, selected, opened, adapter, checkedSeeds }, context),
  );
  reporter.summarize(results, opened.manifest);
  // A node left out is a failure, as in dbt: it is what was asked for and did not happen.
  const { error, fail, warn, skipped } = countStatuses(results.results.filter(isNode));
  const failed = error + fail + skipped + (flags.isOn('warn-error') ? warn : 0);
  return failed > 0 ? exitCodes.nodeFailed : exitCodes.ok;
}

function isNode({ uniqueId }: NodeResult): boolean {
  return !uniqueId.startsWith('exposure.');
}
