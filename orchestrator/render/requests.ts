import type { Column, ExistingRelation, Relation, RelationType } from '../manifest/relation.ts';
import type { ResultTable, StatementResponse } from '../manifest/results.ts';

/**
 * What a template asks of the warehouse while it renders (`run_query`, `adapter.get_relation`, …). Rendering yields
 * these; a driver that holds a session answers. While parsing nothing is ever asked, since `execute` is false.
 */
export type Request =
  | { readonly kind: 'query'; readonly sql: string }
  | { readonly kind: 'execute'; readonly sql: string }
  | { readonly kind: 'get-relation'; readonly relation: Relation }
  | { readonly kind: 'list-relations'; readonly database: string | null; readonly schema: string }
  | { readonly kind: 'list-schemas'; readonly database: string | null }
  | { readonly kind: 'get-columns'; readonly relation: Relation }
  | { readonly kind: 'describe-query'; readonly sql: string }
  | { readonly kind: 'create-schema'; readonly database: string | null; readonly schema: string }
  | { readonly kind: 'drop-schema'; readonly database: string | null; readonly schema: string }
  | { readonly kind: 'drop-relation'; readonly relation: Relation; readonly type: RelationType | null }
  | {
      readonly kind: 'rename-relation';
      readonly relation: Relation;
      readonly type: RelationType | null;
      readonly identifier: string;
    }
  | { readonly kind: 'truncate-relation'; readonly relation: Relation };

/** The answer to each kind of request. */
export interface RequestAnswers {
  readonly query: ResultTable;
  readonly execute: StatementResponse;
  readonly 'get-relation': ExistingRelation | null;
  readonly 'list-relations': readonly ExistingRelation[];
  readonly 'list-schemas': readonly string[];
  readonly 'get-columns': readonly Column[];
  readonly 'describe-query': readonly Column[];
  readonly 'create-schema': undefined;
  readonly 'drop-schema': undefined;
  readonly 'drop-relation': undefined;
  readonly 'rename-relation': undefined;
  readonly 'truncate-relation': undefined;
}

/** Yields a request and gives its answer with the right type. */
export function* ask<Asked extends Request>(
  request: Asked,
): Generator<Request, RequestAnswers[Asked['kind']], unknown> {
  return (yield request) as RequestAnswers[Asked['kind']];
}
