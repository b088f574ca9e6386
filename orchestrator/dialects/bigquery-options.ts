import type { Node } from '../manifest/node.ts';
import { quoteBigQueryList, quoteBigQueryText } from './bigquery-quoting.ts';
import {
  readClustering,
  readLabels,
  readPartitioning,
  readPositive,
  renderPartition,
  renderRangeBucket,
} from './bigquery-settings.ts';

/** How long a table of new rows outlives a run that died before it could drop it. */
const STAGE_HOURS = 12;

/** The clauses between a table's name and its query: partitions, clusters, options. */
export function renderTableClauses(node: Node | undefined, isStage: boolean): readonly string[] {
  if (isStage || node === undefined) return isStage ? renderOptions([expireAfter(STAGE_HOURS)]) : [];
  const partitioning = readPartitioning(node);
  const clusters = readClustering(node);
  return [
    ...(partitioning === null
      ? []
      : [`partition by ${renderRangeBucket(partitioning) ?? renderPartition(partitioning)}`]),
    ...(clusters.length === 0 ? [] : [`cluster by ${quoteBigQueryList(clusters)}`]),
    ...renderTableOptions(node),
  ];
}

/** `options (…)` of a table as its node sets them; empty where it sets none. */
export function renderTableOptions(node: Node): readonly string[] {
  const days = readPositive(node, 'partition_expiration_days');
  const key = node.config['kms_key_name'];
  return renderOptions([
    ...listCommonOptions(node),
    ...(typeof key === 'string' ? [`kms_key_name = ${quoteBigQueryText(key)}`] : []),
    ...(node.config['require_partition_filter'] === true ? ['require_partition_filter = true'] : []),
    ...(days === null ? [] : [`partition_expiration_days = ${days}`]),
  ]);
}

/** `options (…)` of a view as its node sets them; empty where it sets none. */
export function renderViewOptions(node: Node | undefined): readonly string[] {
  return node === undefined ? [] : renderOptions(listCommonOptions(node));
}

function listCommonOptions(node: Node): readonly string[] {
  const hours = readPositive(node, 'hours_to_expiration');
  const labels = readLabels(node).map((label) => `(${label.map(quoteBigQueryText).join(', ')})`);
  return [
    ...(labels.length === 0 ? [] : [`labels = [${labels.join(', ')}]`]),
    ...(hours === null ? [] : [expireAfter(hours)]),
  ];
}

function expireAfter(hours: number): string {
  return `expiration_timestamp = timestamp_add(current_timestamp(), interval ${hours} hour)`;
}

function renderOptions(options: readonly string[]): readonly string[] {
  return options.length === 0 ? [] : [`options (${options.join(', ')})`];
}
