import type { Work } from './adapter.ts';

/** Snowflake keeps no more of a tag. */
const LONGEST = 2000;

/**
 * The query tag of a session's statements, as JSON so that costs can be summed by run and node in the account's query
 * history. The profile's own tag comes first, where a search by prefix finds it.
 */
export function renderQueryTag(work: Work | null, own: string | null): string | null {
  if (work === null) return own;
  const tag = JSON.stringify({
    ...(own === null ? {} : { tag: own }),
    app: 'strata',
    invocation_id: work.invocationId,
    ...(work.node === null ? {} : { node: work.node }),
  });
  return tag.length <= LONGEST ? tag : tag.slice(0, LONGEST);
}
