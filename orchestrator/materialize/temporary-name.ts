import { createHash } from 'node:crypto';
import type { Dialect } from '../dialects/dialect.ts';
import type { Relation } from '../manifest/relation.ts';

const marker = '__strata_';
const pattern = /__strata_[0-9a-f]{8}$/;

/** The name a relation is built under before it is published: it carries the invocation, so leftovers can be told. */
export function nameTemporary(relation: Relation, invocationId: string, dialect: Dialect): Relation {
  const suffix = `${marker}${shortInvocation(invocationId)}`;
  return {
    ...relation,
    identifier: `${fitName(relation.identifier, dialect.maxIdentifierLength - suffix.length)}${suffix}`,
  };
}

/** A name that must be shortened keeps a digest of itself, or two long names with one beginning would meet. */
function fitName(identifier: string, limit: number): string {
  if (Buffer.byteLength(identifier) <= limit) return identifier;
  const digest = createHash('sha256').update(identifier).digest('hex').slice(0, 8);
  return `${truncateBytes(identifier, limit - digest.length - 1)}_${digest}`;
}

/** Whether a name was made by `nameTemporary`, by this or any other invocation. */
export function isTemporaryName(identifier: string): boolean {
  return pattern.test(identifier);
}

function shortInvocation(invocationId: string): string {
  return invocationId.replaceAll('-', '').slice(0, 8).toLowerCase();
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
