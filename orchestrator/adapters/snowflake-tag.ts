import type { Work } from './adapter.ts';

/** Snowflake keeps no more of a tag. */
const LONGEST = 2000;

/**
 * The query tag of a session's statements, as JSON so that costs can be summed by run and node in the account's query
 * history. The tag that the node or else the profile sets comes first, where a search by prefix finds it.
 */
export function renderQueryTag(work: Work | null, own: string | null): string | null {
  if (work === null) return own;
  const given = work.mark ?? own;
  const tag = JSON.stringify({
    ...(given === null ? {} : { tag: given }),
    app: 'strata',
    invocation_id: work.invocationId,
    ...(work.node === null ? {} : { node: work.node }),
  });
  return tag.length <= LONGEST ? tag : tag.slice(0, LONGEST);
}
