import { StrataError } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ResourceType } from '../manifest/node.ts';
import { dependenciesOf, findMember, type Graph } from './graph.ts';
import { explainNoMatch } from './no-match.ts';
import { findAncestors, findDescendants } from './order.ts';
import { compileCriterion } from './selector-methods.ts';
import { type Criterion, type Intersection, parseSelection } from './selector-spec.ts';

const indirectSelections = ['eager', 'cautious', 'buildable', 'empty'] as const;

/** Which tests come along with the nodes selected: those with any parent selected (eager), with all, or none. */
export type IndirectSelection = (typeof indirectSelections)[number];

/** What a command line asks for. */
export interface SelectionRequest {
  /** Arguments of --select; undefined or empty selects everything. */
  readonly select?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly indirectSelection?: IndirectSelection | undefined;
  /** Types that the command works on; all when left out. */
  readonly resourceTypes?: ReadonlySet<ResourceType> | undefined;
}

/** What was selected: sorted unique ids, and one warning for each criterion that matched nothing. */
export interface Selection {
  readonly uniqueIds: readonly string[];
  readonly warnings: readonly StrataError[];
}

interface Search {
  readonly manifest: Manifest;
  readonly graph: Graph;
  readonly indirect: IndirectSelection;
  readonly warnings: StrataError[];
}

/** Nodes picked, and tests that would come along if their other parents were picked too. */
interface Picked {
  readonly direct: ReadonlySet<string>;
  readonly indirect: ReadonlySet<string>;
}

/** Evaluates --select and --exclude with dbt's meaning. Throws `selector-invalid` for an expression it cannot read. */
export function selectNodes(manifest: Manifest, graph: Graph, request: SelectionRequest = {}): Selection {
  const search: Search = { manifest, graph, indirect: request.indirectSelection ?? 'eager', warnings: [] };
  const wanted = parseSelection(request.select ?? []);
  const unwanted = parseSelection(request.exclude ?? []);
  const included = wanted.length === 0 ? new Set(graph.parents.keys()) : pickUnion(search, wanted).direct;
  const excluded = pickUnion(search, unwanted).direct;
  const types = request.resourceTypes;
  const uniqueIds = [...included].filter((id) => {
    const type = findMember(manifest, id)?.resource_type;
    return !excluded.has(id) && type !== undefined && (types === undefined || types.has(type));
  });
  return { uniqueIds: uniqueIds.sort(), warnings: search.warnings };
}

function pickUnion(search: Search, intersections: readonly Intersection[]): Picked {
  return combine(
    search,
    intersections.map((part) => pickIntersection(search, part)),
    unite,
  );
}

function pickIntersection(search: Search, { raw, criteria }: Intersection): Picked {
  const parts = criteria.map((criterion) => pickCriterion(search, criterion));
  const picked = combine(search, parts, intersect);
  if (picked.direct.size === 0) {
    const hint =
      criteria.length === 1 && criteria[0] !== undefined ? explainNoMatch(criteria[0], search.manifest) : undefined;
    search.warnings.push(new StrataError('selector-invalid', `"${raw}" matches no enabled node.`, {}, { hint }));
  }
  return picked;
}

function pickCriterion(search: Search, criterion: Criterion): Picked {
  const { graph, manifest, indirect } = search;
  const matches = compileCriterion(criterion, manifest);
  const selected = new Set<string>();
  for (const id of graph.parents.keys()) {
    const member = findMember(manifest, id);
    if (member !== undefined && matches(member)) selected.add(id);
  }
  addRelatives(graph, criterion, selected);
  return indirect === 'empty' ? { direct: selected, indirect: new Set() } : addTests(search, selected);
}

function addRelatives(graph: Graph, criterion: Criterion, selected: Set<string>): void {
  const start = [...selected];
  if (criterion.childrensParents) {
    const below = findDescendants(graph, start);
    addAll(selected, below);
    addAll(selected, findAncestors(graph, selected));
  }
  addAll(selected, findAncestors(graph, start, criterion.parentsDepth));
  addAll(selected, findDescendants(graph, start, criterion.childrenDepth));
}

/** Tests that read what is selected: taken at once, or kept aside until their other parents are selected as well. */
function addTests(search: Search, selected: ReadonlySet<string>): Picked {
  const { manifest, graph, indirect } = search;
  const direct = new Set(selected);
  const aside = new Set<string>();
  const enough = indirect === 'buildable' ? withAncestors(search, selected, true) : selected;
  for (const id of selected) {
    for (const child of graph.children.get(id) ?? []) {
      if (manifest.nodes[child]?.resource_type !== 'test') continue;
      if (indirect === 'eager' || readsOnly(manifest, child, enough)) direct.add(child);
      else aside.add(child);
    }
  }
  return { direct, indirect: aside };
}

/** Joins parts, then takes the tests set aside whose parents are all there now. */
function combine(search: Search, parts: readonly Picked[], join: (sets: ReadonlySet<string>[]) => Set<string>): Picked {
  const direct = join(parts.map((part) => part.direct));
  const indirect = join(parts.map((part) => unite([part.direct, part.indirect])));
  if (search.indirect === 'cautious' || search.indirect === 'buildable') {
    const enough = search.indirect === 'buildable' ? withAncestors(search, direct, false) : new Set(direct);
    for (const id of indirect) {
      if (!direct.has(id) && search.manifest.nodes[id] !== undefined && readsOnly(search.manifest, id, enough))
        direct.add(id);
    }
  }
  return { direct, indirect };
}

function withAncestors(
  { graph, manifest }: Search,
  ids: ReadonlySet<string>,
  withSources: boolean,
): ReadonlySet<string> {
  const all = unite([ids, findAncestors(graph, ids)]);
  // A source is always there to be read, whether selected or not.
  if (withSources) addAll(all, Object.keys(manifest.sources));
  return all;
}

function readsOnly(manifest: Manifest, id: string, ids: ReadonlySet<string>): boolean {
  const member = findMember(manifest, id);
  return member !== undefined && dependenciesOf(member).every((parent) => ids.has(parent));
}

function unite(sets: readonly ReadonlySet<string>[]): Set<string> {
  const all = new Set<string>();
  for (const set of sets) addAll(all, set);
  return all;
}

function intersect(sets: readonly ReadonlySet<string>[]): Set<string> {
  const [first = new Set<string>(), ...others] = sets;
  return new Set([...first].filter((id) => others.every((set) => set.has(id))));
}

function addAll(target: Set<string>, ids: Iterable<string>): void {
  for (const id of ids) target.add(id);
}
