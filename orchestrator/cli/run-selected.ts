import { join } from 'node:path';
import type { Adapter } from '../adapters/adapter.ts';
import { stringifyRedacted } from '../adapters/redact.ts';
import { formatRunResults } from '../artifacts/run-results-json.ts';
import { writeArtifact } from '../artifacts/write-artifact.ts';
import type { Node } from '../manifest/node.ts';
import type { RunResults } from '../manifest/results.ts';
import { checkSeeds } from '../run/check-seeds.ts';
import type { SeedData } from '../run/load-seed.ts';
import type { RunCommand } from '../run/plan.ts';
import { createCompiler } from '../run/project-compiler.ts';
import { runNodes } from '../run/run-nodes.ts';
import type { CommandContext } from './command.ts';
import { createCompileEnv, type OpenedProject, saveManifest } from './open-project.ts';
import { saveArtifact } from './save-artifact.ts';
import { collectSecrets } from './secrets.ts';
import { openFileReader } from './warehouses.ts';

/** What to run on which connection. */
export interface RunRequest {
  readonly command: RunCommand;
  readonly selected: readonly string[];
  readonly opened: OpenedProject;
  readonly adapter: Adapter;
  /** Seeds that were read before connecting. */
  readonly checkedSeeds?: Map<string, SeedData>;
}

/** Reads and checks the selected seeds; a malformed one ends the command before anything is connected to. */
export function checkSelectedSeeds(selected: readonly string[], opened: OpenedProject): Map<string, SeedData> {
  const { nodes } = opened.manifest;
  const seeds = selected.flatMap((id) => (nodes[id]?.resource_type === 'seed' ? nodes[id] : []));
  return checkSeeds(seeds, { dialect: opened.parsed.render.dialect, seedPath: seedPathsOf(opened) });
}

/** Where the files of seeds lie. */
function seedPathsOf({ project }: OpenedProject): (node: Node) => string {
  const dirs = new Map(project.packages.map((one) => [one.name, one.dir]));
  return (node) => join(dirs.get(node.package_name) ?? project.root.dir, node.original_file_path);
}

/**
 * Runs the selected nodes, reports as they end, and writes manifest.json and run_results.json while the warehouse tidies
 * up after its last session.
 */
export async function runSelected(request: RunRequest, context: CommandContext): Promise<RunResults> {
  const { command, selected, opened, adapter, checkedSeeds } = request;
  const { flags, reporter, signal, startedAt } = context;
  const { project, manifest, targetFolder, artifact } = opened;
  const results = await runNodes({
    ...{ manifest, command, adapter, openFileReader, signal, targetFolder, checkedSeeds },
    selection: new Set(selected),
    compiler: createCompiler(createCompileEnv(opened, selected)),
    threads: project.target.threads,
    fullRefresh: flags.isOn('full-refresh'),
    failFast: flags.isOn('fail-fast'),
    storeFailures: flags.isOn('store-failures'),
    onEvent: reporter.onRunEvent,
    invocation: { id: artifact.invocationId, startedAt },
    seedPath: seedPathsOf(opened),
    args: describeArgs(context, opened),
  }).finally(() => saveManifest(opened, context));
  const written = formatRunResults(results, { ...artifact, generatedAt: new Date() });
  const name = 'run_results.json';
  saveArtifact(join(targetFolder, name), () => writeArtifact(targetFolder, name, written), reporter);
  return results;
}

/** Flags as run_results.json records them, without secrets. */
function describeArgs({ flags, env }: CommandContext, { project }: OpenedProject): Readonly<Record<string, unknown>> {
  const args = { ...flags.toObject(), vars: project.overrideVars, target: project.target.name };
  return JSON.parse(stringifyRedacted(args, collectSecrets(env, project.target)));
}
