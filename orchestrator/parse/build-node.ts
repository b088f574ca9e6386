import { StrataError } from '../errors.ts';
import type { JsonObject } from '../manifest/json.ts';
import type { Node, NodeConfig } from '../manifest/node.ts';
import type { Extracted } from '../render/extracted.ts';
import { findEmptyModel } from './check-code.ts';
import { checkConfig } from './check-config.ts';
import type { Draft } from './draft.ts';
import { explainError } from './explain-error.ts';
import { ownerOf, yamlConfig } from './extract.ts';
import { resolveConfig } from './node-config.ts';
import type { ParseContext } from './parse-context.ts';
import { latestVersion } from './patches.ts';
import { type NamelessNode, nameRelation, quotingOf, renderRelationName } from './relation-names.ts';

const EMPTY = Object.freeze({});
const NONE: readonly never[] = Object.freeze([]);

/** Makes a node from its draft and what its template said. Its dependencies are linked later. */
export function buildNode(context: ParseContext, draft: Draft, extracted: Extracted): Node | undefined {
  const config = resolveConfig(context, ownerOf(draft), { yaml: yamlConfig(draft), calls: extracted.configCalls });
  checkSettings(context, draft, extracted);
  const empty = findEmptyModel(draft, { config });
  if (empty !== undefined) findingsOf(context, draft).push(empty);
  const { patch } = draft;
  const nameless: NamelessNode = {
    unique_id: draft.uniqueId,
    name: draft.name,
    resource_type: draft.type,
    package_name: draft.packageName,
    path: draft.path,
    original_file_path: draft.originalPath,
    fqn: draft.fqn,
    checksum: draft.checksum,
    config,
    unrendered_config: unrenderedConfig(draft, extracted),
    description: patch?.version?.description ?? patch?.yaml.description ?? '',
    columns: patch?.columns ?? EMPTY,
    meta: config.meta,
    tags: draft.tags === undefined ? config.tags : [...draft.tags, ...config.tags],
    raw_code: draft.rawCode,
    language: 'sql',
    refs: extracted.refs,
    sources: extracted.sources,
    depends_on: { nodes: NONE, macros: extracted.macros },
    patch_path: patch === undefined ? null : `${patch.file.packageName}://${patch.file.originalPath}`,
    line: draft.line,
    constraints: patch?.constraints ?? NONE,
    contract: { enforced: isEnforced(config) },
    ...versionFields(draft),
  };
  return addNames(context, nameless, { file: draft.display, line: draft.line });
}

function checkSettings(context: ParseContext, draft: Draft, extracted: Extracted): void {
  const { customConfigKeys: custom } = context;
  const findings = findingsOf(context, draft);
  const common = { kind: draft.type, custom, subject: `${draft.type} "${draft.name}"` };
  const { patch } = draft;
  if (patch !== undefined) {
    const line = patch.entry.configLine === 0 ? patch.entry.line : patch.entry.configLine;
    checkConfig(patch.config, { ...common, place: { file: patch.file.display, line } }, findings);
  }
  const place = (key: string) => ({ file: draft.display, line: draft.line + linesBefore(draft.rawCode, key) });
  for (const call of extracted.configCalls) checkConfig(call, { ...common, place }, findings);
}

/** What is wrong in the project is an error, in packages of others a warning. */
function findingsOf({ errors, warnings, render }: ParseContext, draft: Draft): StrataError[] {
  return draft.packageName === render.rootPackage ? errors : warnings;
}

/** Lines in front of the setting's name in a config() call, or of the call. */
function linesBefore(code: string, key: string): number {
  const call = code.search(/\bconfig\s*\(/);
  if (call === -1) return 0;
  const name = code.slice(call).search(new RegExp(`\\b${key.replaceAll('-', '[-_]')}\\b`));
  return code.slice(0, call + Math.max(0, name)).split('\n').length - 1;
}

function versionFields(draft: Draft): Pick<Node, 'version' | 'latest_version'> {
  if (draft.version === null || draft.patch === undefined) return {};
  return { version: draft.version, latest_version: latestVersion(draft.patch.yaml) };
}

/** Gives a node its place in the warehouse; a mistake in a naming macro is added to the errors. */
export function addNames(
  context: ParseContext,
  node: NamelessNode,
  place: { readonly file: string; readonly line: number },
): Node | undefined {
  try {
    const names = nameRelation(context, node);
    const { resource_type, config } = node;
    const relation_name = hasRelation({ resource_type, config }) ? relationName(context, { ...names, config }) : null;
    // The node was made for this call: completing it spares a copy of each of thousands.
    return Object.assign(node, names, { relation_name });
  } catch (error) {
    if (!(error instanceof StrataError)) throw error;
    // A naming macro that fails does so for every node: the first one says it all.
    if (context.errors.some((other) => other.cause instanceof StrataError && other.cause.message === error.message)) {
      return undefined;
    }
    const template = { packageName: node.package_name, code: '', place };
    const { code, message, hint, place: at } = explainError(error, context, template);
    const about = `The name of ${node.resource_type} "${node.name}" cannot be made: ${message}`;
    context.errors.push(new StrataError(code, about, at, { hint, cause: error }));
    return undefined;
  }
}

function relationName(context: ParseContext, node: Pick<Node, 'database' | 'schema' | 'alias' | 'config'>): string {
  const { dialect, quoting } = context.render;
  const relation = { database: node.database, schema: node.schema, identifier: node.alias };
  return renderRelationName(relation, dialect, quotingOf(node.config, quoting));
}

function hasRelation(node: Pick<Node, 'resource_type' | 'config'>): boolean {
  switch (node.resource_type) {
    case 'model':
      return node.config.materialized !== 'ephemeral';
    case 'seed':
    case 'snapshot':
      return true;
    case 'test':
      return node.config['store_failures'] === true;
    default:
      return false;
  }
}

function isEnforced(config: NodeConfig): boolean {
  const contract = config['contract'];
  return typeof contract === 'object' && contract !== null && (contract as { enforced?: unknown }).enforced === true;
}

function unrenderedConfig(draft: Draft, extracted: Extracted): JsonObject {
  const yaml = yamlConfig(draft);
  if (extracted.configCalls.length === 0) return yaml as JsonObject;
  return Object.assign({}, yaml, ...extracted.configCalls) as JsonObject;
}
