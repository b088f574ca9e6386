import { type Place, StrataError } from '../errors.ts';
import type { Json, JsonObject } from '../manifest/json.ts';
import type { SourceNode } from '../manifest/node.ts';
import { checkConfig } from './check-config.ts';
import { toColumns } from './columns.ts';
import { listOf, mergeLayer } from './config-merge.ts';
import { foldersOf } from './draft.ts';
import type { ParseContext } from './parse-context.ts';
import type { ReadFile } from './patches.ts';
import type { SourceTableYaml, SourceYaml } from './properties-schema.ts';
import type { SourceEntry, SourceTableEntry } from './read-properties.ts';
import { renderRelationName } from './relation-names.ts';

/** A source table's node with what was written about it. */
export interface BuiltSource {
  readonly node: SourceNode;
  readonly read: ReadFile;
  readonly source: SourceYaml;
  readonly table: SourceTableYaml;
  readonly entry: SourceTableEntry;
}

/** Makes the nodes of a source's tables. */
export function buildSources(context: ParseContext, read: ReadFile, entry: SourceEntry): readonly BuiltSource[] {
  const { tables: _, ...head } = entry.yaml;
  const source = read.render(head, entry.line);
  return entry.tables.map((tableEntry) => {
    const table = read.render(tableEntry.yaml, tableEntry.line);
    return {
      node: buildTable(context, { read, source, table, entry: tableEntry }),
      read,
      source,
      table,
      entry: tableEntry,
    };
  });
}

type Parts = Omit<BuiltSource, 'node'>;

function buildTable(context: ParseContext, parts: Parts): SourceNode {
  const { source, table, entry } = parts;
  const { file } = parts.read;
  const fqn = [file.packageName, ...foldersOf(file.path), source.name, table.name];
  const config = sourceConfig(context, parts, fqn);
  const target = context.render.target;
  const relation = {
    database: source.database ?? target.database,
    schema: source.schema ?? source.name,
    identifier: table.identifier ?? table.name,
  };
  const quoting = { ...context.render.quoting, ...dropNulls(source.quoting), ...dropNulls(table.quoting) };
  return {
    unique_id: `source.${file.packageName}.${source.name}.${table.name}`,
    name: table.name,
    resource_type: 'source',
    package_name: file.packageName,
    path: file.originalPath,
    original_file_path: file.originalPath,
    fqn,
    source_name: source.name,
    source_description: source.description ?? '',
    loader: source.loader ?? '',
    ...relation,
    relation_name: renderRelationName(relation, context.render.dialect, quoting),
    description: table.description ?? '',
    columns: toColumns(table.columns),
    meta: config['meta'] as JsonObject,
    source_meta: (source.meta ?? {}) as JsonObject,
    tags: config['tags'] as readonly string[],
    config: config as SourceNode['config'],
    unrendered_config: { ...source.config, ...table.config } as JsonObject,
    loaded_at_field: (config['loaded_at_field'] ?? null) as string | null,
    freshness: (config['freshness'] ?? null) as Json,
    quoting: { ...dropNulls(source.quoting), ...dropNulls(table.quoting) },
    line: entry.line,
  };
}

/** Settings of a source table: dbt_project.yml, then the source, then the table; meta and tags of all are joined. */
function sourceConfig(context: ParseContext, parts: Parts, fqn: readonly string[]): Record<string, unknown> {
  const { source, table, read, entry } = parts;
  const { packageName, display } = read.file;
  const config: Record<string, unknown> = { enabled: true };
  const joined: Record<string, unknown> = { ...source.config, ...table.config };
  const place = { file: display, line: entry.line };
  const subject = `source "${source.name}.${table.name}"`;
  checkLocation({ ...source.meta, ...table.meta }, subject, { place, errors: context.errors });
  checkConfig(joined, { kind: 'source', custom: context.customConfigKeys, subject, place }, context.errors);
  for (const layer of context.trees.ownLayers(packageName, 'sources', fqn)) mergeLayer(config, layer);
  mergeLayer(config, without(joined, ['meta', 'tags']));
  for (const layer of context.trees.rootLayers(packageName, 'sources', fqn)) mergeLayer(config, layer);
  const layers = [source, source.config ?? {}, table, table.config ?? {}];
  return {
    ...config,
    // None is a setting of its own here: it switches off what the source asks of all its tables.
    freshness: [config, ...layers].findLast((layer) => layer['freshness'] !== undefined)?.['freshness'] ?? null,
    loaded_at_field: pick('loaded_at_field', layers) ?? config['loaded_at_field'] ?? null,
    loaded_at_query: pick('loaded_at_query', layers) ?? config['loaded_at_query'] ?? null,
    meta: Object.assign({}, config['meta'], ...layers.map((layer) => layer['meta'])),
    tags: [...new Set([config, ...layers].flatMap((layer) => listOf(layer['tags'])).map(String))].sort(),
  };
}

function checkLocation(meta: Layer, subject: string, report: { place: Place; errors: StrataError[] }): void {
  const location = meta['external_location'];
  if (location === undefined || location === null || typeof location === 'string') return;
  const message = `"external_location" of ${subject} must be text, not ${JSON.stringify(location)}.`;
  const hint = 'Write the path of a file, or a glob.';
  report.errors.push(new StrataError('yaml-invalid', message, report.place, { hint }));
}

type Layer = { readonly [key: string]: unknown };

function pick(key: string, layers: readonly Layer[]): unknown {
  return layers.map((layer) => layer[key]).findLast((value) => value !== undefined && value !== null);
}

function without(layer: Layer, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(layer).filter(([key]) => !keys.includes(key)));
}

function dropNulls(quoting: Layer | null | undefined): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(quoting ?? {}).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
  );
}
