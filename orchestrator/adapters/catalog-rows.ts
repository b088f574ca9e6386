import type { AttachmentType, Dependent } from '../dialects/dialect.ts';
import { type Column, type ExistingRelation, type RelationType, relationKey } from '../manifest/relation.ts';
import type { CellValue, ResultTable } from '../manifest/results.ts';

const relationTypes: ReadonlySet<string> = new Set<RelationType>(['table', 'view', 'external', 'materialized_view']);
const attachmentTypes: ReadonlySet<unknown> = new Set<AttachmentType>([
  'grant',
  'comment',
  'foreign_key',
  'setting',
  'object',
]);

/** Rows of `Dialect.listRelations`: database, schema, identifier, type. */
export function readRelationRows(table: ResultTable): ExistingRelation[] {
  return table.rows.map(([database = null, schema, identifier, type]) => ({
    database: database === null ? null : String(database),
    schema: String(schema),
    identifier: String(identifier),
    type: readRelationType(type),
  }));
}

/** Rows of `Dialect.listColumns`: schema, identifier, name, type, in column order. */
export function readColumnRows(table: ResultTable): Map<string, Column[]> {
  const columns = new Map<string, Column[]>();
  for (const [schema, identifier, name, type] of table.rows) {
    const key = relationKey({ database: null, schema: String(schema), identifier: String(identifier) });
    const list = columns.get(key) ?? [];
    list.push({ name: String(name), type: String(type) });
    columns.set(key, list);
  }
  return columns;
}

/** Rows of `Dialect.listDependents`: database, schema, identifier, type, owner, definition, columns as a JSON list. */
export function readDependentRows(table: ResultTable): Dependent[] {
  return readRelationRows(table).map((relation, index) => {
    const [type, owner, definition, columns] = table.rows[index]?.slice(3) ?? [];
    return {
      ...relation,
      type: isAttachmentType(type) ? type : relation.type,
      owner: String(owner),
      definition: String(definition),
      columns: readNames(columns),
    };
  });
}

function readNames(value: CellValue | undefined): string[] {
  const names: unknown = JSON.parse(typeof value === 'string' ? value : '[]');
  return Array.isArray(names) ? names.map(String) : [];
}

function readRelationType(value: CellValue | undefined): RelationType {
  return isRelationType(value) ? value : 'table';
}

function isRelationType(value: unknown): value is RelationType {
  return typeof value === 'string' && relationTypes.has(value);
}

function isAttachmentType(value: unknown): value is AttachmentType {
  return attachmentTypes.has(value);
}
