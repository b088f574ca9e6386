import { StrataError } from '../errors.ts';
import { suggest } from '../nearest.ts';
import type { Resources } from './link.ts';
import type { ParseContext } from './parse-context.ts';
import type { PatchEntry, Patches } from './patches.ts';
import type { PlaceOf } from './places.ts';
import type { ProjectFiles } from './read-files.ts';

/** What checks look at besides the resources. */
export interface CheckInputs {
  readonly patches: Patches;
  readonly places: PlaceOf;
  readonly files: ProjectFiles;
}

/** Reports what is wrong with linked resources. */
export function checkResources(context: ParseContext, resources: Resources, inputs: CheckInputs): void {
  for (const patch of inputs.patches.unused()) reportUnused(context, resources, patch);
  for (const { file, properties } of inputs.files.properties) {
    for (const { key, line } of properties.unsupported) {
      const message = `"${key}" is not supported yet and was left out.`;
      context.warnings.push(new StrataError('yaml-unknown-key', message, { file: file.display, line }));
    }
  }
}

/** A description of nothing: an error in the root project, a warning in packages of others. */
function reportUnused(context: ParseContext, resources: Resources, patch: PatchEntry): void {
  const { kind, line } = patch.entry;
  const { name } = patch.yaml;
  const place = { file: patch.file.display, line };
  const sameName = resources.nodes.find((node) => node.name === name && node.package_name === patch.file.packageName);
  const names = resources.nodes.filter((node) => node.resource_type === kind).map((node) => node.name);
  const hint =
    sameName === undefined
      ? suggest(name, names, `No ${kind} has this name.`)
      : `"${name}" is a ${sameName.resource_type}: describe it under "${sameName.resource_type}s:".`;
  const error = new StrataError('node-not-found', `No ${kind} "${name}" to describe.`, place, { hint });
  (patch.file.packageName === context.render.rootPackage ? context.errors : context.warnings).push(error);
}
