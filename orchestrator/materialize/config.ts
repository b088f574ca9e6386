import { StrataError } from '../errors.ts';
import { isMapping } from '../manifest/json.ts';
import type { Node } from '../manifest/node.ts';

/** A setting that is one text or a list of them, as a list; empty when it is not set. */
export function readList(node: Node, key: string): readonly string[] {
  const value = node.config[key];
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return [value];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw invalid(node, key, 'must be a text or a list of texts');
}

/** A setting with a fixed set of values, in lower case. */
export function readChoice<Choice extends string>(node: Node, key: string, choices: readonly Choice[]): Choice | null {
  const value = node.config[key];
  if (value === undefined || value === null) return null;
  const found = choices.find((choice) => choice === String(value).toLowerCase());
  if (found === undefined) throw invalid(node, key, `must be one of ${choices.join(', ')}`);
  return found;
}

/** A yes-or-no setting; `fallback` when it is not set. */
export function readFlag(node: Node, key: string, fallback: boolean): boolean {
  const value = node.config[key];
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'boolean') return value;
  throw invalid(node, key, 'must be true or false');
}

/** A setting that is a mapping; empty when it is not set. */
export function readMapping(node: Node, key: string): Readonly<Record<string, unknown>> {
  const value = node.config[key];
  if (value === undefined || value === null) return {};
  if (isMapping(value)) return value;
  throw invalid(node, key, 'must be a mapping');
}

/** The place of a node, for errors about it as a whole. */
export function placeOf(node: Node): { readonly file: string } {
  return { file: node.original_file_path };
}

function invalid(node: Node, key: string, rule: string): StrataError {
  const shown = JSON.stringify(node.config[key]);
  return new StrataError('config-invalid', `${node.name}: config ${key} ${rule}, not ${shown}.`, placeOf(node));
}
