import { createHash } from 'node:crypto';
import type { Dialect, IndexSpec } from '../dialects/dialect.ts';
import type { Relation } from '../manifest/relation.ts';

const marker = '__strata_';
const pattern = /__strata_([0-9a-f]{8})$/i;

/** The name a relation is built under before it is published: it carries the invocation, so leftovers can be told. */
export function nameTemporary(relation: Relation, invocationId: string, dialect: Dialect): Relation {
  return { ...relation, identifier: markName(relation.identifier, shortInvocation(invocationId), dialect) };
}

/** The table new rows are computed into before they are moved, beside the clone they may be moved into. */
export function nameStage(relation: Relation, invocationId: string, dialect: Dialect): Relation {
  const stage = { ...relation, identifier: `${relation.identifier}__rows` };
  return dialect.temporaryRelation(nameTemporary(stage, invocationId, dialect).identifier, relation);
}

/** The beginning of the invocation's id that a temporary name carries, or null where the name was not made here. */
export function readInvocation(identifier: string): string | null {
  return pattern.exec(identifier)?.[1]?.toLowerCase() ?? null;
}

/** The part of an invocation's id that names carry. */
export function shortInvocation(invocationId: string): string {
  return invocationId.replaceAll('-', '').slice(0, 8).toLowerCase();
}

/** The name of an index: new in each run, since the old table still has its indexes while the new one gets them. */
export function nameIndex(relation: Relation, index: IndexSpec, { invocationId, dialect }: IndexNaming): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([relation, index, invocationId]))
    .digest('hex');
  return markName(relation.identifier, digest.slice(0, 8), dialect);
}

interface IndexNaming {
  readonly invocationId: string;
  readonly dialect: Dialect;
}

function markName(identifier: string, mark: string, { maxIdentifierLength }: Dialect): string {
  const suffix = `${marker}${mark}`;
  return `${fitName(identifier, maxIdentifierLength - suffix.length)}${suffix}`;
}

/** A name that must be shortened keeps a digest of itself, or two long names with one beginning would meet. */
function fitName(identifier: string, limit: number): string {
  if (Buffer.byteLength(identifier) <= limit) return identifier;
  const digest = createHash('sha256').update(identifier).digest('hex').slice(0, 8);
  return `${truncateBytes(identifier, limit - digest.length - 1)}_${digest}`;
}

/** Whether a name was made here, by this or any other invocation. */
export function isTemporaryName(identifier: string): boolean {
  return pattern.test(identifier);
}

/** Warehouses count bytes; a character is never cut in half. */
function truncateBytes(text: string, limit: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}
