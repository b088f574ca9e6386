import type { Manifest } from '../../manifest/manifest.ts';
import { builtinPackage } from '../../render/builtin-folder.ts';
import { type CommandContext, exitCodes } from '../command.ts';
import { formatCount, formatSeconds } from '../node-line.ts';
import { readProject } from '../open-project.ts';

/** Reads the project and says what is in it. */
export async function parseOnly(context: CommandContext): Promise<number> {
  const { manifest, parsed, writeManifest } = await readProject(context, 'parse');
  writeManifest();
  const seconds = (Date.now() - context.startedAt.getTime()) / 1000;
  const counts = countResources(manifest);
  const { files, reused } = parsed.stats;
  context.reporter.info(`Parsed ${describeCounts(counts)} in ${formatSeconds(seconds)}.`, 'parsed', {
    ...{ counts, seconds, files, reused },
  });
  return exitCodes.ok;
}

type ResourceCounts = Readonly<Record<string, number>>;

function countResources(manifest: Manifest): ResourceCounts {
  const counts: Record<string, number> = {};
  const add = (type: string, by: number): void => {
    if (by > 0) counts[type] = (counts[type] ?? 0) + by;
  };
  for (const node of Object.values(manifest.nodes)) add(node.resource_type, 1);
  add('source', Object.keys(manifest.sources).length);
  add('exposure', Object.keys(manifest.exposures).length);
  // Those built in are there in every project and say nothing about this one.
  add('macro', Object.values(manifest.macros).filter((macro) => macro.package_name !== builtinPackage).length);
  return counts;
}

/** `2 models, 1 seed and 5 tests`. */
function describeCounts(counts: ResourceCounts): string {
  const parts = Object.entries(counts).map(
    ([type, count]) => `${formatCount(count)} ${count === 1 ? type : plural(type)}`,
  );
  const last = parts.pop();
  return parts.length === 0 ? (last ?? 'an empty project') : `${parts.join(', ')} and ${last}`;
}

function plural(type: string): string {
  return type === 'analysis' ? 'analyses' : `${type}s`;
}
