import { formatExposure, formatNode, formatSource } from '../artifacts/node-json.ts';
import type { GraphMember } from '../graph/graph.ts';

export type ListOutput = 'selector' | 'name' | 'path' | 'json' | 'text';

/** Keys of `--output json` when none are asked for, as in dbt. */
const defaultKeys: ReadonlySet<string> = new Set([
  ...['alias', 'name', 'package_name', 'depends_on', 'tags', 'config', 'resource_type', 'source_name'],
  ...['original_file_path', 'unique_id'],
]);

/** One line of `strata ls`. */
export function formatListed(member: GraphMember, output: ListOutput, keys?: readonly string[]): string {
  switch (output) {
    case 'name':
      return nameOf(member);
    case 'path':
      return member.original_file_path;
    case 'json':
      return JSON.stringify(pickKeys(toJson(member), keys));
    case 'selector':
    case 'text':
      return selectorOf(member);
    default:
      return output satisfies never;
  }
}

function nameOf(member: GraphMember): string {
  if (member.resource_type === 'source') return `${member.source_name}.${member.name}`;
  const [version] = member.fqn.slice(-1);
  return member.fqn.at(-2) === member.name && version !== member.name ? `${member.name}.${version}` : member.name;
}

/** What selects the node and nothing else. */
function selectorOf(member: GraphMember): string {
  switch (member.resource_type) {
    case 'source':
      return `source:${member.package_name}.${member.source_name}.${member.name}`;
    case 'exposure':
      return `exposure:${member.package_name}.${member.name}`;
    default:
      return member.fqn.join('.');
  }
}

function toJson(member: GraphMember): Readonly<Record<string, unknown>> {
  const formatted =
    member.resource_type === 'source'
      ? formatSource(member)
      : member.resource_type === 'exposure'
        ? formatExposure(member)
        : formatNode(member);
  return formatted as Readonly<Record<string, unknown>>;
}

function pickKeys(from: Readonly<Record<string, unknown>>, keys: readonly string[] | undefined): object {
  if (keys === undefined) return Object.fromEntries(Object.entries(from).filter(([key]) => defaultKeys.has(key)));
  const picked: Record<string, unknown> = {};
  for (const key of keys) {
    const value = key.split('.').reduce<unknown>(descend, from);
    if (value !== undefined && (value !== null || !key.includes('.'))) picked[key] = value;
  }
  return picked;
}

function descend(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
