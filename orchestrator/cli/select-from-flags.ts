import { StrataError, StrataErrors } from '../errors.ts';
import { type IndirectSelection, selectNodes } from '../graph/selector.ts';
import type { ResourceType } from '../manifest/node.ts';
import type { CommandContext } from './command.ts';
import type { OpenedProject } from './open-project.ts';

export type SelectingCommand = 'build' | 'run' | 'test' | 'seed' | 'compile' | 'list' | 'show';

/** Types each command works on when --resource-type says nothing, as in dbt. */
const typesOf: Readonly<Record<SelectingCommand, readonly ResourceType[]>> = {
  build: ['model', 'seed', 'snapshot', 'test', 'exposure'],
  run: ['model'],
  test: ['test'],
  seed: ['seed'],
  compile: ['model', 'test', 'analysis', 'snapshot'],
  list: ['model', 'seed', 'snapshot', 'test', 'source', 'exposure'],
  show: ['model', 'seed', 'snapshot', 'test', 'analysis'],
};

/** The unique ids that --select, --exclude and the type flags leave, sorted; warnings are reported. */
export function selectFromFlags(opened: OpenedProject, context: CommandContext, command: SelectingCommand): string[] {
  const { flags, reporter } = context;
  const models = flags.list('models');
  if (models !== undefined && (flags.list('select') ?? flags.list('resource-type')) !== undefined) {
    throw new StrataError('usage', '--models goes neither with --select nor with --resource-type.');
  }
  const wantedTypes = models === undefined ? flags.list('resource-type') : ['model'];
  const { uniqueIds, warnings } = selectNodes(opened.manifest, opened.graph, {
    select: models ?? flags.list('select'),
    exclude: flags.list('exclude'),
    // A model to look at or to print is meant alone, without its tests.
    indirectSelection: command === 'show' ? 'empty' : readIndirect(flags.text('indirect-selection')),
    resourceTypes: chooseTypes(command, wantedTypes, flags.list('exclude-resource-type')),
  });
  if (flags.isOn('warn-error') && warnings.length > 0) throw new StrataErrors(warnings);
  for (const warning of warnings) reporter.warn(warning);
  return [...uniqueIds];
}

function readIndirect(text: string | undefined): IndirectSelection | undefined {
  // Checked against the flag's choices when the command line was read.
  return text as IndirectSelection | undefined;
}

/** dbt's rule: `all` adds analyses to the default types, excluded types go last. */
export function chooseTypes(
  command: SelectingCommand,
  wanted: readonly string[] | undefined,
  unwanted: readonly string[] | undefined,
): ReadonlySet<ResourceType> {
  const own = typesOf[command];
  const types = new Set<ResourceType>(wanted === undefined ? own : []);
  for (const word of wanted ?? []) {
    if (word === 'default' || word === 'all') for (const type of own) types.add(type);
    else types.add(word as ResourceType);
    if (word === 'all' && command === 'list') types.add('analysis');
  }
  for (const word of unwanted ?? []) types.delete(word as ResourceType);
  return types;
}
