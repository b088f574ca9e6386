import { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import { suggest } from '../nearest.ts';
import type { CheckInputs, PatchedDraft } from './check-inputs.ts';
import { NodeIndex } from './node-index.ts';
import type { ParseContext } from './parse-context.ts';
import type { PlaceOf } from './places.ts';
import type { ProjectFiles } from './read-files.ts';

/** Columns of a relation that are known without asking the warehouse, in lower case. */
type KnownColumns = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Reports tests and descriptions of columns that do not exist, where the columns are known: seeds have their header,
 * models with an enforced contract have it.
 */
export function checkColumns(
  context: ParseContext,
  nodes: readonly Node[],
  { places, files, patched }: CheckInputs,
): void {
  const known = knownColumns(nodes, files);
  const index = new NodeIndex(context.render.rootPackage, nodes, []);
  for (const one of patched) if (one.draft.type === 'seed') checkDescribed(context, one, known);
  for (const node of nodes) {
    if (!node.config.enabled) continue;
    if (node.resource_type === 'seed') checkTyped(context, node, { columns: known.get(node.unique_id), places });
    if (node.test_metadata === undefined) continue;
    for (const { owner, column } of testedColumns(node, index)) {
      const columns = known.get(owner.unique_id);
      if (columns === undefined || columns.has(unquote(column)) || isExpression(column)) continue;
      context.errors.push(missingColumn({ test: node, owner, column, columns }, places));
    }
  }
}

function knownColumns(nodes: readonly Node[], files: ProjectFiles): KnownColumns {
  const headers = new Map(
    files.nodes
      .filter((file) => file.kind === 'seed')
      .map((file) => [`${file.packageName}:${file.originalPath}`, file.text]),
  );
  return new Map(
    nodes.flatMap((node): [string, ReadonlySet<string>][] => {
      if (node.resource_type === 'seed') {
        const header = headers.get(`${node.package_name}:${node.original_file_path}`);
        const columns = header === undefined ? [] : readHeader(header, String(node.config['delimiter'] ?? ','));
        return columns.length === 0 ? [] : [[node.unique_id, new Set(columns)]];
      }
      if (!node.contract.enforced) return [];
      return [[node.unique_id, new Set(Object.keys(node.columns).map((name) => name.toLowerCase()))]];
    }),
  );
}

function readHeader(line: string, delimiter: string): readonly string[] {
  const names: string[] = [];
  const pattern = new RegExp(
    `\\s*(?:"((?:[^"]|"")*)"|([^${escapeForClass(delimiter)}]*))\\s*(?:${escapeForClass(delimiter)}|$)`,
    'y',
  );
  while (pattern.lastIndex < line.length) {
    const match = pattern.exec(line);
    if (match === null) return [];
    names.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim().toLowerCase());
  }
  return names;
}

function escapeForClass(text: string): string {
  return text.replace(/[\\\]^$.|?*+()[{}-]/g, '\\$&');
}

function checkDescribed(context: ParseContext, { draft, patch }: PatchedDraft, known: KnownColumns): void {
  const columns = known.get(draft.uniqueId);
  if (columns === undefined) return;
  for (const [index, { name }] of (patch.yaml.columns ?? []).entries()) {
    if (columns.has(name.toLowerCase())) continue;
    const place = { file: patch.file.display, line: patch.entry.columnLines[index] };
    context.errors.push(
      new StrataError('column-not-found', `Seed "${draft.name}" has no column "${name}".`, place, {
        hint: suggest(name.toLowerCase(), columns, `Its columns: ${[...columns].join(', ')}.`),
      }),
    );
  }
}

/** Types of columns that a seed has not: a warning, since a setting of a folder is meant for all its seeds. */
function checkTyped(
  context: ParseContext,
  seed: Node,
  { columns, places }: { readonly columns: ReadonlySet<string> | undefined; readonly places: PlaceOf },
): void {
  if (columns === undefined) return;
  for (const name of Object.keys(seed.config['column_types'] ?? {})) {
    if (columns.has(name.toLowerCase())) continue;
    const message = `Setting "column_types" of seed "${seed.name}" names "${name}", which the file does not have.`;
    const hint = suggest(name.toLowerCase(), columns, `Its columns: ${[...columns].join(', ')}.`);
    const place = { file: places.of(seed).file };
    context.warnings.push(new StrataError('column-not-found', message, place, { hint }));
  }
}

interface TestedColumn {
  readonly owner: Node;
  readonly column: string;
}

/** The columns a test names: its own, and the field of a relationship. */
function testedColumns(test: Node, index: NodeIndex): readonly TestedColumn[] {
  const kwargs = test.test_metadata?.kwargs ?? {};
  const found: TestedColumn[] = [];
  const add = (ref: Node['refs'][number] | undefined, column: unknown) => {
    const owner = ref === undefined ? undefined : index.findRef(ref, test.package_name);
    if (owner?.kind === 'enabled' && typeof column === 'string') found.push({ owner: owner.member, column });
  };
  const own = test.refs.find((ref) => ref.name === test.attached_node?.split('.')[2]);
  add(own, kwargs['column_name']);
  if (test.test_metadata?.name === 'relationships' && test.sources.length === 0) add(test.refs[0], kwargs['field']);
  return found;
}

function missingColumn(
  found: TestedColumn & { readonly test: Node; readonly columns: ReadonlySet<string> },
  places: PlaceOf,
): StrataError {
  const { test, owner, column, columns } = found;
  const message = `Test "${test.test_metadata?.name}" needs column "${column}", which ${owner.resource_type} "${owner.name}" does not have.`;
  return new StrataError('column-not-found', message, places.of(test), {
    hint: suggest(unquote(column), columns, `Its columns: ${[...columns].join(', ')}.`),
  });
}

/** dbt puts the column of a test into its SQL as it is, so that it may also be computed. */
function isExpression(column: string): boolean {
  return /[('|]/.test(column);
}

function unquote(column: string): string {
  return column.replace(/^["`](.*)["`]$/, '$1').toLowerCase();
}
