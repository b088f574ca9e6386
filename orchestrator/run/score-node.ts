import { StrataError } from '../errors.ts';
import { placeOf } from '../materialize/config.ts';
import type { Job, ScoredQuery } from '../materialize/step.ts';
import type { RunContext, Worker } from './run-context.ts';

/** Fits, evaluates and applies the model of a score node. */
export async function scoreNode(job: Job, _worker: Worker, _context: RunContext): Promise<ScoredQuery> {
  throw new StrataError('score-invalid', `${job.node.name}: scoring is not available.`, placeOf(job.node));
}
