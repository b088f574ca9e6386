import { isAbsolute, join } from 'node:path';
import type { SourceNode } from '../manifest/node.ts';
import type { CompileEnv } from './compile-env.ts';

/** `meta.external_location` of a source, of its table first, with `{name}` and `{identifier}` filled in. */
function externalLocation(source: SourceNode): string | null {
  const location = source.meta['external_location'] ?? source.source_meta['external_location'];
  if (typeof location !== 'string') return null;
  return location.replaceAll('{name}', source.name).replaceAll('{identifier}', source.identifier);
}

/**
 * The table expression that reads a source's file in place, or null where the source is a table or the warehouse
 * cannot read files. A location with a parenthesis is an expression already, such as `read_csv('a.csv', header=true)`.
 */
export function fileExpression(source: SourceNode, env: Pick<CompileEnv, 'project' | 'projectFolder'>): string | null {
  const location = externalLocation(source);
  if (location === null || !env.project.dialect.supportsExternalFiles) return null;
  if (location.includes('(')) return location;
  const path = location.replace(/^'(.*)'$/, '$1');
  const isLocal = !/^[a-z][a-z0-9+]*:\/\//i.test(path);
  return env.project.dialect.readFile(isLocal && !isAbsolute(path) ? join(env.projectFolder, path) : path);
}
