import { StrataError } from '../errors.ts';
import { parseTemplate } from '../jinja/template.ts';
import type { NodeConfig } from '../manifest/node.ts';
import type { RenderNode } from '../render/context/render-job.ts';
import { extractNode } from '../render/extract.ts';
import type { Extracted } from '../render/extracted.ts';
import { dbtBlocks } from '../render/macro-registry.ts';
import { extractStatically } from '../render/static-template.ts';
import { digest } from './discover.ts';
import type { Draft } from './draft.ts';
import { explainError } from './explain-error.ts';
import { resolveConfig } from './node-config.ts';
import type { ParseContext } from './parse-context.ts';

const NOTHING: Extracted = { refs: [], sources: [], configCalls: [], macros: [] };

/**
 * What a draft's template says when rendered without a warehouse. The result depends on the code, on the settings
 * from outside it and on the environment the cache was made under, so it is reused while these stay the same.
 */
function extractDraft(context: ParseContext, draft: Draft): Extracted {
  if (!draft.rawCode.includes('{')) return NOTHING;
  const isStatic = context.render.registry.hasPlainNames(draft.packageName);
  const plain = isStatic ? extractStatically(draft.rawCode) : undefined;
  if (plain !== undefined) return plain;
  const config = resolveConfig(context, ownerOf(draft), { yaml: yamlConfig(draft), calls: [] });
  const key = `sql:${draft.uniqueId}:${draft.display}:${draft.line}:${digest(`${draft.rawCode}\0${JSON.stringify(config)}`)}`;
  return context.cache.reuse(key, () => runExtraction(context, draft, config));
}

function runExtraction(context: ParseContext, draft: Draft, config: NodeConfig): Extracted {
  const { target } = context.render;
  const node: RenderNode = {
    unique_id: draft.uniqueId,
    name: draft.name,
    package_name: draft.packageName,
    resource_type: draft.type,
    original_file_path: draft.display,
    database: target.database,
    schema: target.schema,
    alias: draft.name,
    line: draft.line,
    config,
  };
  const template = parseTemplate(draft.rawCode, { file: draft.display, line: draft.line, blocks: dbtBlocks });
  const owner = ownerOf(draft);
  const isOff = (calls: Extracted['configCalls']) =>
    !resolveConfig(context, owner, { yaml: yamlConfig(draft), calls }).enabled;
  return extractNode(template, node, context.render, isOff);
}

/** Extracts a draft; what is wrong with its template is added to the errors. */
export function tryExtract(context: ParseContext, draft: Draft): Extracted | undefined {
  try {
    return extractDraft(context, draft);
  } catch (error) {
    if (!(error instanceof StrataError)) throw error;
    const place = { file: draft.display, line: draft.line };
    context.errors.push(explainError(error, context, { packageName: draft.packageName, code: draft.rawCode, place }));
    return undefined;
  }
}

/** Who the settings of a draft belong to. */
export function ownerOf(draft: Draft) {
  return { packageName: draft.packageName, type: draft.type, fqn: draft.fqn };
}

/** The settings that the properties of a draft give it. */
export function yamlConfig(draft: Draft): Readonly<Record<string, unknown>> {
  return draft.patch === undefined ? {} : draft.patch.config;
}
