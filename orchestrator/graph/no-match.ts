import type { Manifest } from '../manifest/manifest.ts';
import { findNearest } from '../nearest.ts';
import type { GraphMember } from './graph.ts';
import type { Criterion } from './selector-spec.ts';

/** Why a criterion may have matched nothing: its node is disabled, or a name close to it exists. */
export function explainNoMatch(criterion: Criterion, manifest: Manifest): string | undefined {
  const { method, value } = criterion;
  if (method === 'fqn') {
    const disabled = Object.values(manifest.disabled).find((member) => member.name === value);
    if (disabled !== undefined) return `${value} is disabled (${disabled.original_file_path}).`;
  }
  const nearest = findNearest(value, namesFor(criterion, manifest));
  if (nearest === undefined) return undefined;
  return `Did you mean "${method === 'fqn' ? nearest : `${criterionPrefix(criterion)}${nearest}`}"?`;
}

function criterionPrefix({ method, methodArguments }: Criterion): string {
  return method === 'path' ? '' : `${[method, ...methodArguments].join('.')}:`;
}

/** All values that would have matched something, for the methods where a suggestion makes sense. */
function namesFor(criterion: Criterion, manifest: Manifest): ReadonlySet<string> {
  const names = new Set<string>();
  for (const group of [manifest.nodes, manifest.sources, manifest.exposures]) {
    for (const member of Object.values(group)) for (const name of namesOf(member, criterion)) names.add(name);
  }
  return names;
}

function namesOf(member: GraphMember, { method, methodArguments }: Criterion): readonly string[] {
  switch (method) {
    case 'fqn':
      return member.resource_type === 'source' ? [] : [member.name];
    case 'tag':
      return member.tags;
    case 'package':
      return [member.package_name];
    case 'path': {
      const file = member.original_file_path;
      return [file, file.slice(0, Math.max(0, file.lastIndexOf('/')))];
    }
    case 'file':
      return [member.original_file_path.slice(member.original_file_path.lastIndexOf('/') + 1)];
    case 'source':
      return member.resource_type === 'source' ? [member.source_name, `${member.source_name}.${member.name}`] : [];
    case 'exposure':
      return member.resource_type === 'exposure' ? [member.name] : [];
    case 'test_name':
      return 'test_metadata' in member && member.test_metadata !== undefined ? [member.test_metadata.name] : [];
    case 'config': {
      const value = methodArguments.length === 1 ? member.config[methodArguments[0] ?? ''] : undefined;
      return typeof value === 'string' ? [value] : [];
    }
    default:
      return [];
  }
}
