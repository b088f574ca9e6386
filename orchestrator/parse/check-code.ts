import { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';
import type { Draft } from './draft.ts';

/** Comments and space at the start of a text; stops at the first character that means something. */
const NOTHING = /(?:\{#[\s\S]*?#\}|--[^\n]*|\/\*[\s\S]*?\*\/|\s)*/y;

/** The mistake of a model without any SQL; one that is switched off or never built by itself may be empty. */
export function findEmptyModel(draft: Draft, node: Pick<Node, 'config'>): StrataError | undefined {
  if (draft.type !== 'model' || !node.config.enabled || node.config.materialized === 'ephemeral') return undefined;
  NOTHING.lastIndex = 0;
  NOTHING.test(draft.rawCode);
  if (NOTHING.lastIndex < draft.rawCode.length) return undefined;
  const place = { file: draft.display, line: draft.line };
  const hint = 'Write the select that gives its rows, or remove the file.';
  return new StrataError('model-invalid', `Model "${draft.name}" has no SQL.`, place, { hint });
}
