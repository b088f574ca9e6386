import type { RunContext } from './run-context.ts';

/**
 * A build has a result for each selected exposure, as in dbt: nothing is run for it, and it is skipped where something
 * it shows did not succeed.
 */
export function noteExposures({ options, results }: RunContext): void {
  const { manifest, selection, command } = options;
  if (command !== 'build') return;
  const lost = new Set(
    results.results
      .filter(({ status }) => status === 'error' || status === 'skipped' || status === 'cancelled')
      .map(({ uniqueId }) => uniqueId),
  );
  for (const exposure of Object.values(manifest.exposures)) {
    if (!selection.has(exposure.unique_id)) continue;
    const cause = exposure.depends_on.nodes.find((id) => lost.has(id));
    const message = cause === undefined ? 'NO-OP' : `skipped: ${manifest.nodes[cause]?.name ?? cause} failed`;
    const node = { unique_id: exposure.unique_id, relation_name: null };
    results.note(node, { status: cause === undefined ? 'no-op' : 'skipped', message });
  }
}
