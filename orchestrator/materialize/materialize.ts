import type { Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import { placeOf } from './config.ts';
import { materializeIncremental } from './incremental.ts';
import { materializeScore } from './score.ts';
import { materializeSeed } from './seed.ts';
import type { Job, Published, Steps } from './step.ts';
import { materializeTable } from './table.ts';
import { materializeView } from './view.ts';

/** Turns one node into steps that publish it. */
export type Materialization = (job: Job, dialect: Dialect) => Steps<Published>;

const materializations: ReadonlyMap<string, Materialization> = new Map([
  ['table', materializeTable],
  ['view', materializeView],
  ['incremental', materializeIncremental],
  ['seed', materializeSeed],
  ['score', materializeScore],
]);

/** What `materialized` may be. */
export const materializationNames: readonly string[] = [...materializations.keys(), 'ephemeral'].filter(
  (name) => name !== 'seed',
);

/** The steps that publish a node as its `materialized` setting says. */
export function materialize(job: Job, dialect: Dialect): Steps<Published> {
  const { node } = job;
  const name = node.resource_type === 'seed' ? 'seed' : node.config.materialized;
  const found = materializations.get(name);
  if (found !== undefined) return found(job, dialect);
  // A name that nobody knows was refused before the run; what is left is dbt's, or defined by a project's own macro.
  const message = `${node.name}: materialization "${name}" is not supported yet.`;
  const hint = `Supported: ${materializationNames.join(', ')}.`;
  throw new StrataError('materialization-invalid', message, placeOf(node), { hint });
}
