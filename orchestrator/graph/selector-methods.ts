import { StrataError } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { suggest } from '../nearest.ts';
import { compilePathGlob, compileWildcard, hasWildcard } from './glob.ts';
import type { GraphMember } from './graph.ts';
import type { Criterion } from './selector-spec.ts';

/** Says whether a criterion, without its `+` and `@`, names a member. */
export type MemberTest = (member: GraphMember) => boolean;

const testTypes = ['generic', 'schema', 'singular', 'data', 'unit'] as const;
const resourceTypes = [
  'model',
  'seed',
  'snapshot',
  'test',
  'analysis',
  'operation',
  'source',
  'exposure',
  'macro',
] as const;

/** Turns a criterion into a test of members. What each method matches follows dbt to the letter. */
export function compileCriterion(criterion: Criterion, manifest: Manifest): MemberTest {
  const { method, value, methodArguments } = criterion;
  const matches = compileWildcard(value);
  switch (method) {
    case 'fqn':
      return (member) => member.resource_type !== 'source' && matchesName(member, value);
    case 'tag':
      return (member) => member.tags.some(matches);
    case 'package':
      return testPackage(value, manifest);
    case 'path':
      return testPath(value, manifest);
    case 'file':
      return (member) => testFileName(member, matches);
    case 'source':
      return testParts(criterion, 'source', (member) =>
        member.resource_type === 'source' ? [member.package_name, member.source_name, member.name] : undefined,
      );
    case 'exposure':
      return testParts(criterion, 'exposure', (member) =>
        member.resource_type === 'exposure' ? [member.package_name, member.name] : undefined,
      );
    case 'config':
      return (member) => member.resource_type !== 'exposure' && configMatches(member, methodArguments, value);
    case 'resource_type':
      checkKnown(criterion, resourceTypes);
      return (member) => member.resource_type === value;
    case 'test_type':
      return testTestType(criterion);
    case 'test_name':
      return (member) =>
        'test_metadata' in member && member.test_metadata !== undefined && matches(member.test_metadata.name);
    case 'group':
      return (member) =>
        'raw_code' in member && typeof member.config['group'] === 'string' && matches(member.config['group']);
    case 'access':
      return (member) => member.resource_type === 'model' && (member.config['access'] ?? 'protected') === value;
    default:
      return method satisfies never;
  }
}

/** dbt's rule for names: the leaf, or the leading parts of the fqn with or without its package; wildcards take the rest. */
function matchesName(member: GraphMember, wanted: string): boolean {
  const { fqn, name } = member;
  const isVersioned = fqn.at(-1) !== name && fqn.at(-2) === name;
  return matchesFqn(fqn, wanted, isVersioned) || matchesFqn(fqn.slice(1), wanted, isVersioned);
}

function matchesFqn(fqn: readonly string[], wanted: string, isVersioned: boolean): boolean {
  const leaf = (isVersioned ? fqn.at(-2) : fqn.at(-1)) ?? '';
  if (leaf === wanted) return true;
  const parts = wanted.split('.');
  if (isVersioned && fqn.slice(-2).join('_') === parts.slice(-2).join('_')) return true;
  const flat = fqn.flatMap((segment) => segment.split('.'));
  if (flat.length < parts.length) return false;
  const wild = parts.findIndex(hasWildcard);
  const exact = wild < 0 ? parts.length : wild;
  for (let at = 0; at < exact; at += 1) if (flat[at] !== parts[at]) return false;
  if (wild < 0) return true;
  const matches = compileWildcard(parts.slice(wild).join('.'));
  return matches(flat.slice(wild).join('.')) || (parts.length === 1 && matches(leaf));
}

function testPackage(value: string, manifest: Manifest): MemberTest {
  const matches = compileWildcard(value === 'this' ? manifest.project_name : value);
  return (member) => matches(member.package_name);
}

function testFileName(member: GraphMember, matches: (name: string) => boolean): boolean {
  const file = member.original_file_path.slice(member.original_file_path.lastIndexOf('/') + 1);
  const dot = file.lastIndexOf('.');
  return matches(file) || (dot > 0 && matches(file.slice(0, dot)));
}

/**
 * The file, one of its folders, or the properties file. dbt looks the glob up in the root project's folder, so a file
 * of a package counts only where the root project has the same path.
 */
function testPath(value: string, manifest: Manifest): MemberTest {
  const matches = compilePathGlob(value);
  const known = new Map<string, boolean>();
  const rootPaths = new Set<string>();
  for (const group of [manifest.nodes, manifest.sources, manifest.exposures]) {
    for (const member of Object.values(group)) {
      if (member.package_name !== manifest.project_name) continue;
      for (const path of pathsOf(member)) rootPaths.add(path);
    }
  }
  const isMatch = (path: string): boolean => {
    const seen = known.get(path);
    if (seen !== undefined) return seen;
    const found = rootPaths.has(path) && matches(path);
    known.set(path, found);
    return found;
  };
  return (member) => pathsOf(member).some(isMatch);
}

function pathsOf(member: GraphMember): readonly string[] {
  const file = member.original_file_path.replaceAll('\\', '/');
  const paths = [file];
  for (let slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
    paths.push(file.slice(0, slash));
  }
  const patch = 'patch_path' in member ? member.patch_path?.split('://')[1] : undefined;
  if (patch !== undefined) paths.push(patch);
  return paths;
}

/** Dotted values whose parts are matched from the right: `table`s default to any, the package too. */
function testParts(
  criterion: Criterion,
  kind: 'source' | 'exposure',
  partsOf: (member: GraphMember) => readonly string[] | undefined,
): MemberTest {
  const given = criterion.value.split('.');
  const form = kind === 'source' ? '[package.]source or [package.]source.table' : '[package.]exposure';
  if (given.length > (kind === 'source' ? 3 : 2)) {
    throw new StrataError(
      'selector-invalid',
      `"${criterion.raw}" has too many parts.`,
      {},
      { hint: `Write ${kind}:${form}.` },
    );
  }
  const wanted = kind === 'source' && given.length === 1 ? [...given, '*'] : given;
  const tests = wanted.map(compileWildcard).reverse();
  return (member) => {
    const parts = partsOf(member);
    return parts !== undefined && tests.every((matches, at) => matches(parts[parts.length - 1 - at] ?? ''));
  };
}

function configMatches(member: GraphMember, keys: readonly string[], wanted: string): boolean {
  let found: unknown = member.config;
  for (const key of keys) {
    if (typeof found !== 'object' || found === null || Array.isArray(found) || !Object.hasOwn(found, key)) return false;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  if (keys.length === 1 && keys[0] === 'severity' && typeof found === 'string') {
    return found.toLowerCase() === wanted.toLowerCase();
  }
  const accepted = wanted.toLowerCase() === 'true' ? true : wanted.toLowerCase() === 'false' ? false : wanted;
  const isEqual = (value: unknown): boolean => value === wanted || value === accepted;
  return Array.isArray(found) ? found.some(isEqual) : isEqual(found);
}

function testTestType(criterion: Criterion): MemberTest {
  checkKnown(criterion, testTypes);
  const { value } = criterion;
  return (member) => {
    if (member.resource_type !== 'test') return false;
    const isGeneric = member.test_metadata !== undefined;
    if (value === 'data') return true;
    return value === 'singular' ? !isGeneric : value !== 'unit' && isGeneric;
  };
}

function checkKnown(criterion: Criterion, known: readonly string[]): void {
  const { raw, value, method } = criterion;
  if (known.includes(value)) return;
  throw new StrataError(
    'selector-invalid',
    `"${raw}": "${value}" is no ${method.replace('_', ' ')}.`,
    {},
    {
      hint: suggest(value, known, `Known: ${known.join(', ')}.`),
    },
  );
}
