import { StrataError } from '../errors.ts';
import type { JsonObject } from '../manifest/json.ts';
import type { ColumnInfo, Constraint } from '../manifest/node.ts';
import { listOf } from './config-merge.ts';
import type { ColumnYaml } from './properties-schema.ts';

/** Columns as the manifest keeps them, by name. */
export function toColumns(columns: readonly ColumnYaml[] | null | undefined): Readonly<Record<string, ColumnInfo>> {
  return Object.fromEntries((columns ?? []).map((column) => [column.name, toColumn(column)]));
}

function toColumn(column: ColumnYaml): ColumnInfo {
  const config = column.config ?? {};
  const meta = { ...column.meta, ...(config['meta'] as JsonObject | undefined) } as JsonObject;
  const tags = columnTags(column);
  return {
    name: column.name,
    description: column.description ?? '',
    data_type: column.data_type ?? null,
    quote: typeof column.quote === 'boolean' ? column.quote : null,
    meta,
    tags,
    constraints: (column.constraints ?? []) as readonly Constraint[],
  };
}

/** Tags of a column, from both places they may be written at. */
export function columnTags(column: ColumnYaml): readonly string[] {
  const tags = [...listOf(column.tags), ...listOf(column.config?.['tags'])];
  return [...new Set(tags.map(String))];
}

/** Columns described twice, of which the last description counts. */
export function findDuplicateColumns(
  columns: readonly ColumnYaml[] | null | undefined,
  lines: readonly number[],
  file: string,
): readonly StrataError[] {
  const seen = new Map<string, number>();
  return (columns ?? []).flatMap(({ name }, index) => {
    const line = lines[index];
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, line ?? 0);
      return [];
    }
    const hint = `It is described at line ${first} already.`;
    return [new StrataError('duplicate-name', `Column "${name}" is described twice.`, { file, line }, { hint })];
  });
}
