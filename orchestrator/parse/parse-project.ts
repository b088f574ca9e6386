import { resolve } from 'node:path';
import type { Project } from '../config/load-project.ts';
import { type StrataError, StrataErrors } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { RenderProject } from '../render/project.ts';
import { ParseCache, type ParseSinks } from './cache.ts';
import { type CacheKey, openEntries, readSnapshot, writeEntries, writeSnapshot } from './cache-files.ts';
import { contentKeyOf, environmentKeyOf } from './cache-keys.ts';
import { type DiscoveredFiles, discoverAllFiles, readAllFiles } from './read-files.ts';
import { createRenderProject, type RenderSettings } from './render-project.ts';
import { readResources } from './resources.ts';
import { toManifest } from './to-manifest.ts';

/** What parsing needs besides the project. */
export interface ParseOptions extends RenderSettings {
  /** Whether results of the last parse are used and kept (`--no-partial-parse` says no). Default: yes. */
  readonly partialParse?: boolean | undefined;
  /** Strata's version: results of another one are not used. */
  readonly strataVersion?: string | undefined;
  /** Looks for faults that parsing itself cannot know of; they are reported beside its own. */
  readonly checkManifest?: (manifest: Manifest) => readonly StrataError[];
}

/** A project read completely. */
export interface ParsedProject {
  readonly manifest: Manifest;
  /** What templates share, for compiling. */
  readonly render: RenderProject;
  /** Findings that do not stop a run. */
  readonly warnings: readonly StrataError[];
  /** Names everything the manifest was made from. */
  readonly contentKey: string;
  readonly stats: ParseStats;
}

export interface ParseStats {
  readonly files: number;
  /** Results of single files taken over from the last parse; all of them when nothing changed. */
  readonly reused: number;
  readonly milliseconds: number;
}

/** Reads all resources of a project into a manifest. Throws StrataErrors with everything that is wrong. */
export function parseProject(project: Project, options: ParseOptions): ParsedProject {
  const started = performance.now();
  const files = discoverAllFiles(project);
  const useCache = options.partialParse !== false;
  const setting = { strataVersion: options.strataVersion ?? '', fullRefresh: options.invocation.fullRefresh };
  const contentKey = contentKeyOf(project, files, setting);
  const where = { folder: resolve(project.root.dir, project.root.targetPath), environment: project.environment };
  const snapshotKey = { ...where, key: contentKey };
  const count = files.macros.length + files.others.length;
  const snapshot = useCache ? readSnapshot(snapshotKey) : undefined;
  if (snapshot !== undefined) {
    const { macros, docs } = snapshot.manifest;
    const render = createRenderProject(project, Object.values(macros), Object.values(docs), options);
    const stats = { files: count, reused: count, milliseconds: performance.now() - started };
    return { ...snapshot, render, contentKey, stats };
  }
  const entriesKey = { ...where, key: environmentKeyOf(project, files, setting) };
  const cold = parseFiles(project, files, options, useCache ? openEntries(entriesKey) : new ParseCache());
  if (useCache) keep(cold, snapshotKey, entriesKey);
  const stats = { files: count, reused: cold.cache.reused, milliseconds: performance.now() - started };
  return { manifest: cold.manifest, render: cold.render, warnings: cold.warnings, contentKey, stats };
}

interface Parsed extends ParseSinks {
  readonly manifest: Manifest;
  readonly render: RenderProject;
}

function parseFiles(project: Project, found: DiscoveredFiles, options: ParseOptions, cache: ParseCache): Parsed {
  const sinks: ParseSinks = { cache, errors: [], warnings: [] };
  const files = readAllFiles(project, found, sinks);
  const render = createRenderProject(project, files.macros, files.docs, options);
  const resources = readResources(project, render, files, sinks);
  const manifest = toManifest(project, files, resources);
  const faults = options.checkManifest?.(manifest) ?? [];
  const errors = [...sinks.errors, ...faults.filter((fault) => !isExplained(fault, sinks.errors))];
  if (errors.length > 0) throw new StrataErrors(errors);
  return { ...sinks, manifest, render };
}

/** A file with a fault of its own, such as a misspelt setting, seems to lack what it says. */
function isExplained({ place }: StrataError, errors: readonly StrataError[]): boolean {
  return errors.some((error) => error.place.file === place.file);
}

function keep(parsed: Parsed, snapshotKey: CacheKey, entriesKey: CacheKey): void {
  writeEntries(entriesKey, parsed.cache);
  writeSnapshot(snapshotKey, parsed);
}
