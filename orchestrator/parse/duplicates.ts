import { startSentence } from '../config/shape.ts';
import { StrataError } from '../errors.ts';
import type { Exposure, Node, SourceNode } from '../manifest/node.ts';
import { relationKey } from '../manifest/relation.ts';
import type { Resources } from './link.ts';
import { isRefable } from './node-index.ts';
import type { Patches } from './patches.ts';
import type { PlaceOf } from './places.ts';

type Member = Node | SourceNode | Exposure;

/** Resources that cannot be told apart, and nodes that would fill the same relation. */
export function findDuplicates(resources: Resources, patches: Patches, places: PlaceOf): readonly StrataError[] {
  const members: readonly Member[] = [...resources.nodes, ...resources.sources, ...resources.exposures];
  const enabled = members.filter((member) => member.config.enabled);
  const repeated = findPairs(enabled, (member) => member.unique_id);
  const twins = new Set(repeated.map(({ second }) => second.unique_id));
  // Two models of one name share their tests: one mistake, not three.
  const sameId = repeated.filter(({ second }) => !('attached_node' in second && twins.has(second.attached_node ?? '')));
  const named = new Set(sameId.map(({ second }) => second));
  const refable = resources.nodes.filter((node) => node.config.enabled && isRefable(node) && !named.has(node));
  const sameName = findPairs(refable, (node) => `${node.package_name}.${node.name}.${node.version ?? ''}`);
  const clashing = new Set(sameName.map(({ second }) => second));
  const relational = refable.filter((node) => node.relation_name !== null && !clashing.has(node));
  const sameRelation = findPairs(relational, (node) =>
    `${node.database}.${relationKey(toRelation(node))}`.toLowerCase(),
  );
  return [
    ...sameId.map((pair) => duplicateId(pair, places)),
    ...sameName.map((pair) => duplicateName(pair, places)),
    ...sameRelation.map((pair) => duplicateRelation(pair, places)),
    ...patches.duplicates.map(({ first, second }) => {
      const place = { file: second.file.display, line: second.entry.line };
      return new StrataError(
        'duplicate-name',
        `${startSentence(`${second.entry.kind} "${second.yaml.name}"`)} is described twice.`,
        place,
        {
          hint: `The other description is at ${first.file.display}:${first.entry.line}.`,
        },
      );
    }),
  ];
}

interface Pair<Item> {
  readonly first: Item;
  readonly second: Item;
}

function findPairs<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Pair<Item>[] {
  const seen = new Map<string, Item>();
  const pairs: Pair<Item>[] = [];
  for (const item of items) {
    const key = keyOf(item);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, item);
    else pairs.push({ first, second: item });
  }
  return pairs;
}

function toRelation(node: Node) {
  return { database: node.database, schema: node.schema, identifier: node.alias };
}

function otherPlace(member: Member, places: PlaceOf): string {
  const { file, line } = places.of(member);
  return `The other one is at ${file}:${line}.`;
}

function duplicateId({ first, second }: Pair<Member>, places: PlaceOf): StrataError {
  const name = second.resource_type === 'source' ? `${second.source_name}.${second.name}` : second.name;
  return new StrataError('duplicate-name', `Two ${second.resource_type}s are named "${name}".`, places.of(second), {
    hint: otherPlace(first, places),
  });
}

function duplicateName({ first, second }: Pair<Node>, places: PlaceOf): StrataError {
  const message = `ref("${second.name}") could mean a ${first.resource_type} or a ${second.resource_type}.`;
  return new StrataError('duplicate-name', message, places.of(second), { hint: otherPlace(first, places) });
}

function duplicateRelation({ first, second }: Pair<Node>, places: PlaceOf): StrataError {
  const message = `${startSentence(`${second.resource_type} "${second.name}"`)} and ${first.resource_type} "${first.name}" would both fill ${second.relation_name}.`;
  return new StrataError('duplicate-name', message, places.of(second), {
    hint: 'Give one of them another alias or schema.',
  });
}
