import { StrataError } from '../errors.ts';
import { parseTemplate } from '../jinja/template.ts';
import type { Node } from '../manifest/node.ts';
import type { RenderNode } from '../render/context/render-job.ts';
import { extractNode } from '../render/extract.ts';
import type { Extracted } from '../render/extracted.ts';
import { dbtBlocks } from '../render/macro-registry.ts';
import type { Draft } from './draft.ts';
import { explainError } from './explain-error.ts';
import type { ParseContext } from './parse-context.ts';

/** What each hook said, by its text: one hook of dbt_project.yml stands at thousands of nodes. */
const known = new WeakMap<ParseContext, Map<string, Extracted | undefined>>();

/** Adds what a node's hooks refer to to the node. Hooks that cannot be rendered are added to the errors, each once. */
export function readHooks(context: ParseContext, draft: Draft, node: Node): Node {
  // A test has no hooks.
  if (node.resource_type === 'test') return node;
  const hooks = [...node.config['pre-hook'], ...node.config['post-hook']].filter(({ sql }) => sql.includes('{'));
  if (hooks.length === 0) return node;
  const found = hooks.flatMap(({ sql }) => readHook(context, { draft, node, sql }) ?? []);
  // A hook may name the node it belongs to, which is there when the hook runs.
  const refs = found.flatMap((one) => one.refs).filter((ref) => ref.name !== node.name);
  const sources = found.flatMap((one) => one.sources);
  if (refs.length === 0 && sources.length === 0) return node;
  return { ...node, refs: [...node.refs, ...refs], sources: [...node.sources, ...sources] };
}

interface Hook {
  readonly draft: Draft;
  readonly node: Node;
  readonly sql: string;
}

function readHook(context: ParseContext, hook: Hook): Extracted | undefined {
  const read = known.get(context) ?? new Map<string, Extracted | undefined>();
  known.set(context, read);
  if (!read.has(hook.sql)) read.set(hook.sql, renderHook(context, hook));
  return read.get(hook.sql);
}

function renderHook(context: ParseContext, { draft, node, sql }: Hook): Extracted | undefined {
  const rendered: RenderNode = { ...node, original_file_path: draft.display };
  try {
    const template = parseTemplate(sql, { file: draft.display, line: draft.line, blocks: dbtBlocks });
    return extractNode(template, rendered, context.render);
  } catch (error) {
    if (!(error instanceof StrataError)) throw error;
    const place = { file: draft.display, line: draft.line };
    const told = explainError(error, context, { packageName: draft.packageName, code: sql, place });
    // Lines and columns within the hook's text say nothing about the file it is written in.
    const at = told.place.file === draft.display ? place : told.place;
    const message = `A hook of ${node.resource_type} "${node.name}" cannot be rendered: ${told.message}`;
    context.errors.push(new StrataError(told.code, message, at, { hint: told.hint, cause: error }));
    return undefined;
  }
}
