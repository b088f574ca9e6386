import { isAbsolute, join } from 'node:path';
import type { SourceNode } from '../manifest/node.ts';
import type { CompileEnv } from './compile-env.ts';

/** A key of a source's `meta`, its table's before its own. */
function readMeta(source: SourceNode, key: string): unknown {
  return source.meta[key] ?? source.source_meta[key];
}

/** `meta.external_location` of a source with `{name}` and `{identifier}` filled in. */
function externalLocation(source: SourceNode): string | null {
  const location = readMeta(source, 'external_location');
  if (typeof location !== 'string') return null;
  return location.replaceAll('{name}', source.name).replaceAll('{identifier}', source.identifier);
}

/**
 * The table expression that reads a source's file in place, or null where the source is a table or the warehouse
 * cannot read files. A location that begins with a call or a parenthesis is an expression already, such as
 * `read_csv('a.csv', header=true)`; `orders (1).csv` is a file. `meta.external_dates: text` leaves dates in CSV files
 * unread, so that the project can read them by a format of its own.
 */
export function fileExpression(source: SourceNode, env: Pick<CompileEnv, 'project' | 'projectFolder'>): string | null {
  const location = externalLocation(source);
  if (location === null || !env.project.dialect.supportsExternalFiles) return null;
  if (isExpression(location)) return location;
  const path = location.replace(/^'(.*)'$/, '$1');
  const isLocal = !/^[a-z][a-z0-9+]*:\/\//i.test(path);
  return env.project.dialect.readFile(isLocal && !isAbsolute(path) ? join(env.projectFolder, path) : path, {
    dates: readMeta(source, 'external_dates') === 'text' ? 'text' : 'found',
  });
}

function isExpression(location: string): boolean {
  return /^\s*\w*\s*\(/.test(location) && !/\.\w+\s*$/.test(location);
}
