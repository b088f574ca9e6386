import { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import type { Draft } from './draft.ts';

const NOTHING = /\{#[\s\S]*?#\}|--[^\n]*|\/\*[\s\S]*?\*\/|\s+/g;

/** The mistake of a model without any SQL; one that is switched off may be empty. */
export function findEmptyModel(draft: Draft, node: Pick<Node, 'config'>): StrataError | undefined {
  // A comment of that length is read by somebody; an empty file is short.
  if (draft.type !== 'model' || !node.config.enabled || draft.rawCode.length > 4000) return undefined;
  if (draft.rawCode.replace(NOTHING, '') !== '') return undefined;
  const place = { file: draft.display, line: draft.line };
  const hint = 'Write the select that gives its rows, or remove the file.';
  return new StrataError('model-invalid', `Model "${draft.name}" has no SQL.`, place, { hint });
}
