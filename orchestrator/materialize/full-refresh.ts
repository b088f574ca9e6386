import { readFlag } from './config.ts';
import type { Job } from './step.ts';

/** Whether a node is to be rebuilt from nothing: its own setting wins over the command line's flag, as in dbt. */
export function isFullRefresh(job: Job): boolean {
  return readFlag(job.node, 'full_refresh', job.fullRefresh);
}
