import type { Project } from '../config/load-project.ts';
import { type StrataError, StrataErrors } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { RenderProject } from '../render/project.ts';
import { ParseCache } from './cache.ts';
import { readAllFiles } from './read-files.ts';
import { createRenderProject, type RenderSettings } from './render-project.ts';
import { readResources } from './resources.ts';
import { toManifest } from './to-manifest.ts';

/** What parsing needs besides the project. */
export interface ParseOptions extends RenderSettings {
  /** Whether results of the last parse may be used and kept (`--no-partial-parse` says no). Default: yes. */
  readonly partialParse?: boolean | undefined;
}

/** A project read completely. */
export interface ParsedProject {
  readonly manifest: Manifest;
  /** What templates share, for compiling. */
  readonly render: RenderProject;
  /** Findings that do not stop a run. */
  readonly warnings: readonly StrataError[];
  readonly stats: ParseStats;
}

export interface ParseStats {
  readonly files: number;
  /** Results taken over from the last parse. */
  readonly reused: number;
  readonly milliseconds: number;
}

/** Reads all resources of a project into a manifest. Throws StrataErrors with everything that is wrong. */
export function parseProject(project: Project, options: ParseOptions): ParsedProject {
  const started = performance.now();
  const cache = new ParseCache();
  const errors: StrataError[] = [];
  const warnings: StrataError[] = [];
  const files = readAllFiles(project, cache, errors, warnings);
  const render = createRenderProject(project, files.macros, files.docs, options);
  const resources = readResources(project, render, files, { cache, errors, warnings });
  if (errors.length > 0) throw new StrataErrors(errors);
  const milliseconds = performance.now() - started;
  return {
    manifest: toManifest(project, files, resources),
    render,
    warnings,
    stats: { files: files.count, reused: cache.reused, milliseconds },
  };
}
