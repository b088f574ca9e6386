import { type CommandContext, exitCodes } from '../command.ts';
import { withAdapter } from '../connect.ts';
import { openProject } from '../open-project.ts';
import { runSelected } from '../run-selected.ts';
import { selectFromFlags } from '../select-from-flags.ts';
import { collectDemoResults } from '../start/collect-demo-results.ts';
import { formatDemoResults } from '../start/format-demo-results.ts';
import { countStatuses } from '../summary.ts';

/** Builds the demo project and shows what it made. */
export async function startDemo(context: CommandContext): Promise<number> {
  const { reporter, cwd } = context;
  const opened = await openProject(context, 'build');
  const { project, manifest } = opened;
  const selected = selectFromFlags(opened, context, 'build');
  reporter.hush(['pass']);
  return withAdapter(project, async (adapter) => {
    const results = await runSelected({ command: 'build', selected, opened, adapter }, context);
    reporter.summarize(results, manifest);
    const { error, fail, cancelled } = countStatuses(results.results);
    if (error + fail + cancelled > 0) return exitCodes.nodeFailed;
    const demo = await collectDemoResults({ project, manifest, adapter, cwd });
    reporter.print(`\n${formatDemoResults(demo, reporter.resultColors)}`);
    return exitCodes.ok;
  });
}
