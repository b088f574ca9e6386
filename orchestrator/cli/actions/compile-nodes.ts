import type { Adapter } from '../../adapters/adapter.ts';
import { serializeManifest } from '../../artifacts/manifest-json.ts';
import { writeManifest } from '../../artifacts/write-artifact.ts';
import { StrataError } from '../../errors.ts';
import type { RunResults } from '../../manifest/results.ts';
import { type CommandContext, exitCodes } from '../command.ts';
import { openCompileSession } from '../compile-session.ts';
import { withAdapter } from '../connect.ts';
import { countOf, formatSeconds } from '../node-line.ts';
import { type OpenedProject, openProject } from '../open-project.ts';
import { runSelected } from '../run-selected.ts';
import { selectFromFlags } from '../select-from-flags.ts';
import { countStatuses } from '../summary.ts';
import { checkEstimates, type Estimate, estimateCosts } from './estimate-costs.ts';
import { formatEstimates, sumEstimates } from './format-estimates.ts';

/** Writes compiled SQL to target/compiled; prints it where a single text is meant. */
export async function compileNodes(context: CommandContext): Promise<number> {
  const { flags, reporter } = context;
  const opened = await openProject(context, 'compile');
  const inline = flags.text('inline');
  if (inline !== undefined) return compileInline(inline, opened, context);
  const selected = selectFromFlags(opened, context, 'compile');
  if (selected.length === 0) {
    reporter.warn('Nothing to do: no node was selected.');
    return exitCodes.ok;
  }
  reporter.hush(['success']);
  const isDry = flags.isOn('dry-run');
  const compile = async (adapter: Adapter) => {
    if (isDry) await checkEstimates(adapter);
    const compiled = await runSelected({ command: 'compile', selected, opened, adapter }, context);
    const { threads } = opened.project.target;
    const { manifest } = opened;
    return { results: compiled, estimates: isDry ? await estimateCosts(compiled, { manifest, adapter, threads }) : [] };
  };
  const { results, estimates } = await withAdapter(opened.project, compile, { readsOnly: true });
  writeCompiledManifest(opened, results);
  if (isDry) printEstimates(estimates, opened, context);
  else if (flags.list('select') !== undefined) printCompiled(results, opened, context);
  if (countStatuses(results.results).error > 0) {
    reporter.summarize(results, opened.manifest);
    return exitCodes.nodeFailed;
  }
  reporter.info(
    `Compiled ${countOf(results.results.length, 'node')} in ${formatSeconds(results.elapsedSeconds)}.`,
    'compiled',
  );
  return exitCodes.ok;
}

async function compileInline(sql: string, opened: OpenedProject, context: CommandContext): Promise<number> {
  if (context.flags.list('select') !== undefined) {
    throw new StrataError('usage', '--inline and --select exclude each other.');
  }
  if (context.flags.isOn('dry-run')) throw new StrataError('usage', '--inline and --dry-run exclude each other.');
  const compiled = await withAdapter(
    opened.project,
    async (adapter) => (await openCompileSession(opened, adapter)).compileInline(sql),
    { readsOnly: true },
  );
  context.reporter.print(formatCompiled('inline', compiled, context));
  return exitCodes.ok;
}

/** Models and tests that were named are printed; of many only the models, since those were meant. */
function printCompiled(results: RunResults, { manifest }: OpenedProject, context: CommandContext): void {
  const models = results.results.filter((result) => manifest.nodes[result.uniqueId]?.resource_type !== 'test');
  const [only, ...others] = models.length > 0 ? models : results.results;
  if (only === undefined || only.compiledCode === null || others.length > 0) return;
  const name = manifest.nodes[only.uniqueId]?.name ?? only.uniqueId;
  context.reporter.print(formatCompiled(name, only.compiledCode, context));
}

function printEstimates(
  estimates: readonly Estimate[],
  { manifest }: OpenedProject,
  { flags, reporter }: CommandContext,
): void {
  if (flags.text('output') !== 'json') {
    reporter.print(formatEstimates(estimates, manifest));
    return;
  }
  const nodes = estimates.map(({ uniqueId, ...told }) => ({ unique_id: uniqueId, ...told }));
  reporter.print(JSON.stringify({ nodes, total_bytes: sumEstimates(estimates) }, null, 2));
}

function formatCompiled(node: string, compiled: string, { flags }: CommandContext): string {
  return flags.text('output') === 'json' ? JSON.stringify({ node, compiled }, null, 2) : compiled.trim();
}

/** manifest.json with the SQL of what was compiled, which documentation tools read from there. */
function writeCompiledManifest({ manifest, targetFolder, artifact }: OpenedProject, results: RunResults): void {
  const compiled = new Map(
    results.results.flatMap(({ uniqueId, compiledCode, compiledPath }) =>
      compiledCode === null ? [] : [[uniqueId, { code: compiledCode, path: compiledPath }] as const],
    ),
  );
  const key = `compiled ${artifact.invocationId}`;
  writeManifest(targetFolder, key, () => serializeManifest(manifest, artifact, compiled));
}
