import type { KMeansConfig } from './score-config.ts';
import type { InputColumn } from './transform.ts';

/** Mean of each feature in a cluster over its overall mean (1 = average); null where the overall mean is not positive. */
export type ClusterProfile = Readonly<Record<string, number | null>>;

/** Index above which (or below whose inverse) a feature marks a cluster. */
const markedAbove = 1.25;

/** What is known of a feature, cluster by cluster: missing numbers count nowhere. */
export interface FeatureTotals {
  readonly name: string;
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/** The profile of each cluster over the rows as they were read; missing numbers are left out of the means. */
export function profileClusters(
  columns: readonly InputColumn[],
  labels: Int32Array,
  k: number,
): readonly ClusterProfile[] {
  return describeProfiles(
    columns.map((column) => ({ name: column.name, ...sumByCluster(column.values, labels, k) })),
    k,
  );
}

/** The profile of each cluster from what its features sum up to. */
export function describeProfiles(features: readonly FeatureTotals[], k: number): readonly ClusterProfile[] {
  const profiles: Record<string, number | null>[] = Array.from({ length: k }, () => ({}));
  for (const { name, sums, counts } of features) {
    const overall = addUp(sums) / addUp(counts);
    profiles.forEach((profile, c) => {
      const mean = (sums[c] as number) / (counts[c] as number);
      profile[name] = overall > 0 && Number.isFinite(mean) ? mean / overall : null;
    });
  }
  return profiles;
}

function addUp(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function sumByCluster(values: Float64Array, labels: Int32Array, k: number): Omit<FeatureTotals, 'name'> {
  const sums = new Float64Array(k);
  const counts = new Float64Array(k);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    const label = labels[i] as number;
    sums[label] = (sums[label] as number) + value;
    counts[label] = (counts[label] as number) + 1;
  }
  return { sums, counts };
}

/** Names the clusters: by the first of the user's rules that holds, else after the feature that marks it most. */
export function nameClusters(
  profiles: readonly ClusterProfile[],
  rules: KMeansConfig['cluster_names'],
): readonly string[] {
  const taken = new Set<string>();
  return profiles.map((profile) => {
    const rule = rules.find((candidate) => holdsRule(candidate.when, profile));
    const name = makeUnique(rule?.name ?? describeProfile(profile), taken);
    taken.add(name);
    return name;
  });
}

function holdsRule(when: KMeansConfig['cluster_names'][number]['when'], profile: ClusterProfile): boolean {
  return Object.entries(when).every(([feature, { above, below }]) => {
    const index = profile[feature] ?? null;
    return index !== null && (above === undefined || index > above) && (below === undefined || index < below);
  });
}

/** `high_orders`, `low_active_days`, or `average` where no feature stands out. */
function describeProfile(profile: ClusterProfile): string {
  let strongest = { strength: Math.log(markedAbove), name: 'average' };
  for (const [feature, index] of Object.entries(profile)) {
    if (index === null) continue;
    // A mean of 0 is as low as an index of a hundredth, and negative ones cannot be compared.
    const strength = Math.abs(Math.log(Math.max(index, 0.01)));
    if (strength > strongest.strength) strongest = { strength, name: `${index > 1 ? 'high' : 'low'}_${feature}` };
  }
  return strongest.name;
}

function makeUnique(name: string, taken: ReadonlySet<string>): string {
  let unique = name;
  for (let i = 2; taken.has(unique); i++) unique = `${name}_${i}`;
  return unique;
}
