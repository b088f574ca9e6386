import { StrataError } from '../errors.ts';
import { parseTemplate } from '../jinja/template.ts';
import type { JsonObject } from '../manifest/json.ts';
import type { Exposure } from '../manifest/node.ts';
import { extractNode } from '../render/extract.ts';
import type { Extracted } from '../render/extracted.ts';
import { checkConfig } from './check-config.ts';
import { listOf, mergeLayer } from './config-merge.ts';
import { foldersOf } from './draft.ts';
import type { ParseContext } from './parse-context.ts';
import type { ReadFile } from './patches.ts';
import type { ExposureYaml } from './properties-schema.ts';
import type { Written } from './read-properties.ts';

const NOTHING: Extracted = { refs: [], sources: [], configCalls: [], macros: [] };

/** Makes the node of an exposure. What is wrong is added to the errors. */
export function buildExposure(context: ParseContext, read: ReadFile, written: Written<ExposureYaml>): Exposure {
  const { file } = read;
  const yaml = read.render(written.yaml, written.line);
  const fqn = [file.packageName, ...foldersOf(file.path), yaml.name];
  const unique_id = `exposure.${file.packageName}.${yaml.name}`;
  const extracted = extractExposure(context, read, { ...written, yaml });
  const config = exposureConfig(context, read, { ...written, yaml }, fqn);
  return {
    unique_id,
    name: yaml.name,
    resource_type: 'exposure',
    package_name: file.packageName,
    path: file.path,
    original_file_path: file.originalPath,
    fqn,
    type: yaml.type,
    owner: { email: listOf(yaml.owner.email).join(', ') || null, name: yaml.owner.name ?? null },
    label: yaml.label ?? null,
    maturity: yaml.maturity ?? null,
    url: yaml.url ?? null,
    description: yaml.description ?? '',
    meta: config['meta'] as JsonObject,
    tags: config['tags'] as readonly string[],
    config: config as Exposure['config'],
    refs: extracted.refs,
    sources: extracted.sources,
    depends_on: { nodes: [], macros: [] },
    line: written.line,
  };
}

function exposureConfig(
  context: ParseContext,
  read: ReadFile,
  { yaml, line }: Written<ExposureYaml>,
  fqn: readonly string[],
): Record<string, unknown> {
  const { packageName, display } = read.file;
  const own = yaml.config ?? {};
  const subject = `exposure "${yaml.name}"`;
  const place = { file: display, line };
  checkConfig(own, { kind: 'exposure', custom: context.customConfigKeys, subject, place }, context.errors);
  const config: Record<string, unknown> = { enabled: true };
  for (const layer of context.trees.ownLayers(packageName, 'exposures', fqn)) mergeLayer(config, layer);
  mergeLayer(config, own);
  for (const layer of context.trees.rootLayers(packageName, 'exposures', fqn)) mergeLayer(config, layer);
  const tags = [...listOf(yaml.tags), ...listOf(config['tags'])].map(String);
  return { ...config, meta: { ...yaml.meta, ...(config['meta'] as JsonObject) }, tags: [...new Set(tags)].sort() };
}

function extractExposure(context: ParseContext, read: ReadFile, { yaml, line }: Written<ExposureYaml>): Extracted {
  const { file } = read;
  const { database, schema } = context.render.target;
  const calls = yaml.depends_on ?? [];
  const code = calls.map((call) => `{{ ${call} }}`).join('');
  const odd = calls.find((call) => !/^\s*(ref|source|metric)\s*\(/.test(call));
  if (odd !== undefined) {
    const message = `Exposure "${yaml.name}" depends on "${odd}", which is no ref() or source().`;
    const hint = `Write ref('${odd.trim()}') or source('…', '…').`;
    context.errors.push(new StrataError('yaml-invalid', message, { file: file.display, line }, { hint }));
    return NOTHING;
  }
  const node = {
    unique_id: `exposure.${file.packageName}.${yaml.name}`,
    name: yaml.name,
    package_name: file.packageName,
    resource_type: 'operation',
    original_file_path: file.display,
    database,
    schema,
    alias: yaml.name,
    line,
    config: {},
  } as const;
  try {
    return extractNode(parseTemplate(code, { file: file.display, line }), node, context.render);
  } catch (error) {
    if (!(error instanceof StrataError)) throw error;
    const place = { file: file.display, line };
    const message = `Exposure "${yaml.name}" depends on something that cannot be read: ${error.message}`;
    const hint = 'Write its parts as ref("…") or source("…", "…").';
    context.errors.push(new StrataError(error.code, message, place, { hint, cause: error }));
    return NOTHING;
  }
}
