import { StrataError } from '../errors.ts';
import { findCycle, formatCycle } from '../graph/cycle.ts';
import { suggest } from '../nearest.ts';
import { checkColumns } from './check-columns.ts';
import type { CheckInputs } from './check-inputs.ts';
import { checkTrees } from './check-trees.ts';
import { findDuplicateColumns } from './columns.ts';
import type { Resources } from './link.ts';
import type { ParseContext } from './parse-context.ts';
import type { PatchEntry } from './patches.ts';
import type { PlaceOf } from './places.ts';
import type { ProjectFiles } from './read-files.ts';

/** Reports what is wrong with linked resources. */
export function checkResources(context: ParseContext, resources: Resources, inputs: CheckInputs): void {
  for (const patch of inputs.patches.unused()) reportUnused(context, resources, patch);
  for (const { patch } of inputs.patched) {
    const { entry, file, yaml } = patch;
    context.warnings.push(...findDuplicateColumns(yaml.columns, entry.columnLines, file.display));
  }
  checkTrees(
    context,
    [...resources.nodes, ...resources.sources, ...resources.exposures].map((member) => member.fqn),
  );
  checkColumns(context, resources.nodes, inputs);
  reportCycles(context, resources, inputs.places);
  for (const { file, properties } of inputs.files.properties) {
    reportUnusedMacros(context, inputs.files, { file, properties });
    for (const { key, line } of properties.unsupported) {
      const message = `"${key}" is not supported yet and was left out.`;
      context.warnings.push(new StrataError('yaml-unknown-key', message, { file: file.display, line }));
    }
  }
}

/** A description of nothing is a warning, as in dbt, but one that says which tests are left out with it. */
function reportUnused(context: ParseContext, resources: Resources, patch: PatchEntry): void {
  const { kind, line, testLines } = patch.entry;
  const { name } = patch.yaml;
  const place = { file: patch.file.display, line };
  const sameName = resources.nodes.find((node) => node.name === name && node.package_name === patch.file.packageName);
  const names = resources.nodes.filter((node) => node.resource_type === kind).map((node) => node.name);
  const hint =
    sameName === undefined
      ? suggest(name, names, `No ${kind} has this name.`)
      : `"${name}" is a ${sameName.resource_type}: describe it under "${sameName.resource_type}s:".`;
  const tests = testLines.own.length + testLines.columns.flat().length;
  const lost = tests === 0 ? '' : `, so its ${tests === 1 ? 'test does' : `${tests} tests do`} not run`;
  context.warnings.push(new StrataError('node-not-found', `No ${kind} "${name}" to describe${lost}.`, place, { hint }));
}

/** Descriptions of macros that do not exist: warnings, like those of nodes. */
function reportUnusedMacros(
  context: ParseContext,
  { macros }: ProjectFiles,
  { file, properties }: ProjectFiles['properties'][number],
): void {
  const own = macros.filter((macro) => macro.package_name === file.packageName).map((macro) => macro.name);
  for (const { yaml, line } of properties.macros) {
    if (own.includes(yaml.name) || own.includes(`test_${yaml.name}`)) continue;
    const hint = suggest(yaml.name, own, 'No macro has this name.');
    const place = { file: file.display, line };
    context.warnings.push(new StrataError('node-not-found', `No macro "${yaml.name}" to describe.`, place, { hint }));
  }
}

/** Names each cycle, at the node it was found from. */
function reportCycles(context: ParseContext, resources: Resources, places: PlaceOf): void {
  const nodes = resources.nodes.filter((node) => node.config.enabled);
  const byId = new Map(nodes.map((node) => [node.unique_id, node]));
  const parents = new Map(nodes.map((node) => [node.unique_id, node.depends_on.nodes.filter((id) => byId.has(id))]));
  for (let cycle = findCycle({ parents }); cycle !== undefined; cycle = findCycle({ parents })) {
    const first = byId.get(cycle[0] ?? '');
    if (first === undefined) return;
    const message = `These nodes wait for one another: ${formatCycle(cycle)}.`;
    const hint = 'Remove one of the refs, or move what both need into a model of its own.';
    const before = byId.get(cycle.at(-2) ?? '')?.name ?? '';
    context.errors.push(new StrataError('cycle', message, places.find(first, before), { hint }));
    for (const id of cycle) parents.delete(id);
  }
}
