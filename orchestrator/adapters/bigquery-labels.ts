import type { Work } from './adapter.ts';

const LONGEST_LABEL = 63;

/** The labels of a job, by which costs are split in the billing export and in INFORMATION_SCHEMA.JOBS. */
export function renderLabels({ invocationId, node }: Work): Readonly<Record<string, string>> {
  const invocation = { strata_invocation_id: toLabel(invocationId) };
  return node === null ? invocation : { ...invocation, strata_node: toLabel(node) };
}

/** Labels hold small letters, digits, `_` and `-`; the end of a long name says more than its start. */
function toLabel(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{Ll}\p{Lo}\p{N}_-]/gu, '_')
    .slice(-LONGEST_LABEL);
}
