export type RelationType = 'table' | 'view' | 'cte' | 'external' | 'materialized_view';

/** A named object in a warehouse. `database` is null where the warehouse has one implied database. */
export interface Relation {
  readonly database: string | null;
  readonly schema: string;
  readonly identifier: string;
}

/** A relation as the warehouse lists it. */
export interface ExistingRelation extends Relation {
  readonly type: RelationType;
}

/** A column as the warehouse describes it; `type` is the warehouse's own spelling. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/** The key under which a relation is compared: case is ignored, as all four warehouses' default folding does. */
export function relationKey(relation: Relation): string {
  return `${relation.schema}.${relation.identifier}`.toLowerCase();
}
