import { isMapping } from '../manifest/json.ts';
import type { Hook } from '../manifest/node.ts';
import type { ConfigLayer } from './config-tree.ts';

type Mutable = Record<string, unknown>;

const APPENDED: ReadonlySet<string> = new Set(['pre-hook', 'post-hook', 'tags', 'packages']);
const UPDATED: ReadonlySet<string> = new Set(['quoting', 'column_types', 'meta', 'docs', 'contract']);
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['pre_hook', 'pre-hook'],
  ['post_hook', 'post-hook'],
  ['project', 'database'],
  ['data_space', 'database'],
]);

/**
 * Adds a layer of settings to those below it, as dbt does: tags and hooks are appended, meta and a few other mappings
 * are updated key by key, grants may be extended with `+`, everything else is replaced.
 */
export function mergeLayer(target: Mutable, layer: ConfigLayer): void {
  for (const [written, value] of Object.entries(layer)) {
    const key = RENAMED.get(written) ?? written;
    const existing = target[key];
    if (APPENDED.has(key)) target[key] = [...listOf(existing), ...listOf(value)];
    else if (UPDATED.has(key) && isMapping(existing) && isMapping(value)) target[key] = { ...existing, ...value };
    else if (key === 'grants' && isMapping(value)) target[key] = mergeGrants(existing, value);
    else target[key] = value;
  }
}

function mergeGrants(existing: unknown, added: Mutable): Mutable {
  const merged: Mutable = isMapping(existing) ? { ...existing } : {};
  for (const [key, value] of Object.entries(added)) {
    if (key.startsWith('+')) merged[key.slice(1)] = [...listOf(merged[key.slice(1)]), ...listOf(value)];
    else merged[key] = listOf(value);
  }
  return merged;
}

/** Hooks as a config writes them: text, a mapping, or text that holds the mapping as JSON. */
export function toHooks(written: unknown): readonly Hook[] {
  return listOf(written).map((hook) => {
    if (isMapping(hook)) return toHook(hook);
    const parsed = typeof hook === 'string' && hook.trimStart().startsWith('{"') ? parseJson(hook) : undefined;
    return isMapping(parsed) ? toHook(parsed) : { sql: String(hook), transaction: true, index: null };
  });
}

function toHook(hook: Mutable): Hook {
  const { sql, transaction, index } = hook;
  return {
    sql: String(sql ?? ''),
    transaction: transaction !== false,
    index: typeof index === 'number' ? index : null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value that may be a list, one item or nothing, as a list. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
