import type { JsonObject } from '../manifest/json.ts';
import type { ColumnInfo, Constraint, DocBlock, Exposure, MacroInfo, Node, SourceNode } from '../manifest/node.ts';

// dbt's schemas allow no other fields on a node, so each one is built from the fields that every release of v12 has.

/** How a node came out of compilation, when it was compiled. */
export interface Compiled {
  readonly code: string;
  /** Relative to the project folder. */
  readonly path: string | null;
}

/** A node in the form of manifest.json v12. */
export function formatNode(node: Node, compiled?: Compiled): object {
  switch (node.resource_type) {
    case 'seed':
      return { ...formatParsed(node), root_path: null, depends_on: { macros: node.depends_on.macros } };
    case 'model':
      return Object.assign(formatCompiled(node, compiled), formatModelFields(node));
    case 'test':
      return Object.assign(
        formatCompiled(node, compiled),
        node.test_metadata === undefined ? {} : formatTestFields(node),
      );
    case 'operation':
    case 'analysis':
    case 'snapshot':
      return formatCompiled(node, compiled);
    default:
      return node.resource_type satisfies never;
  }
}

/** A source table in the form of manifest.json v12. */
export function formatSource(source: SourceNode): object {
  return {
    ...pick(source, sourceFields),
    columns: formatColumns(source.columns),
    config: { enabled: source.config.enabled },
    external: null,
    patch_path: null,
  };
}

/** An exposure in the form of manifest.json v12. */
export function formatExposure(exposure: Exposure): object {
  return {
    ...pick(exposure, exposureFields),
    config: { enabled: exposure.config.enabled },
    unrendered_config: {},
    metrics: [],
  };
}

/** A macro in the form of manifest.json v12. */
export function formatMacro(macro: MacroInfo): object {
  return {
    ...pick(macro, macroFields),
    arguments: macro.arguments.map((argument) => ({
      name: argument['name'],
      type: argument['type'] ?? null,
      description: argument['description'] ?? '',
    })),
    docs: { show: true, node_color: null },
    supported_languages: null,
  };
}

/** A docs block in the form of manifest.json v12. */
export function formatDoc(doc: DocBlock): object {
  return { ...doc, resource_type: 'doc' };
}

const identity = ['unique_id', 'name', 'resource_type', 'package_name', 'path', 'original_file_path'] as const;
const sourceFields = [
  ...identity,
  ...(['database', 'schema', 'fqn', 'source_name', 'source_description', 'loader', 'identifier', 'quoting'] as const),
  ...(['loaded_at_field', 'freshness', 'description', 'meta', 'source_meta', 'tags', 'unrendered_config'] as const),
  'relation_name',
] as const;
const exposureFields = [
  ...identity,
  ...(['fqn', 'type', 'owner', 'description', 'label', 'maturity', 'meta', 'tags', 'url', 'depends_on'] as const),
  ...(['refs', 'sources'] as const),
] as const;
const macroFields = [
  ...identity,
  ...(['macro_sql', 'depends_on', 'description', 'meta', 'patch_path'] as const),
] as const;

function formatParsed(node: Node): Record<string, unknown> {
  return {
    database: node.database,
    schema: node.schema,
    name: node.name,
    resource_type: node.resource_type,
    package_name: node.package_name,
    path: node.path,
    original_file_path: node.original_file_path,
    unique_id: node.unique_id,
    fqn: node.fqn,
    alias: node.alias,
    checksum: node.checksum,
    config: node.config,
    tags: node.tags,
    description: node.description,
    columns: formatColumns(node.columns),
    meta: node.meta,
    group: node.config['group'] ?? null,
    docs: formatDocs(node.config['docs']),
    patch_path: node.patch_path,
    build_path: null,
    unrendered_config: node.unrendered_config,
    relation_name: node.relation_name,
    raw_code: node.raw_code,
  };
}

function formatCompiled(node: Node, compiled: Compiled | undefined): Record<string, unknown> {
  // Added to one object: copies of some thirty fields for each of thousands of nodes would take a third of the time.
  const formatted = formatParsed(node);
  formatted['language'] = node.language;
  formatted['refs'] = node.refs;
  formatted['sources'] = node.sources;
  formatted['metrics'] = [];
  formatted['depends_on'] = node.depends_on;
  formatted['compiled_path'] = compiled?.path ?? null;
  if (compiled !== undefined) {
    Object.assign(formatted, {
      compiled: true,
      compiled_code: compiled.code,
      extra_ctes_injected: true,
      extra_ctes: [],
    });
  }
  formatted['contract'] = { enforced: node.contract.enforced, alias_types: true, checksum: null };
  return formatted;
}

function formatModelFields(node: Node): object {
  return {
    access: node.config['access'] ?? 'protected',
    constraints: node.constraints.map((constraint) => ({
      ...formatConstraint(constraint),
      columns: constraint.columns ?? [],
    })),
    version: node.version ?? null,
    latest_version: node.latest_version ?? null,
    deprecation_date: null,
  };
}

function formatTestFields(node: Node): object {
  return {
    column_name: node.column_name ?? null,
    file_key_name: node.file_key_name ?? null,
    attached_node: node.attached_node ?? null,
    test_metadata: node.test_metadata,
  };
}

function formatDocs(docs: unknown): object {
  const given = (typeof docs === 'object' && docs !== null ? docs : {}) as JsonObject;
  return { show: given['show'] ?? true, node_color: given['node_color'] ?? null };
}

function formatColumns(columns: Readonly<Record<string, ColumnInfo>>): Readonly<Record<string, object>> {
  const formatted: Record<string, object> = {};
  for (const [key, column] of Object.entries(columns)) {
    const { name, description, meta, data_type, quote, tags } = column;
    const constraints = column.constraints.map(formatConstraint);
    formatted[key] = { name, description, meta, data_type, constraints, quote, tags };
  }
  return formatted;
}

function formatConstraint(constraint: Constraint): object {
  const { type, name, expression, to, to_columns, warn_unenforced = true, warn_unsupported = true } = constraint;
  return {
    type,
    name: name ?? null,
    expression: expression ?? null,
    warn_unenforced,
    warn_unsupported,
    // Older releases of v12 do not know these two; they only appear where a foreign key names them.
    ...(to === undefined || to === null ? {} : { to }),
    ...(to_columns === undefined ? {} : { to_columns }),
  };
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  const picked = {} as Pick<T, K>;
  for (const key of keys) picked[key] = from[key];
  return picked;
}
