import { describeResponse, type NodeResult, type NodeStatus, type RunResults } from '../manifest/results.ts';
import { type ArtifactContext, formatMetadata } from './metadata.ts';

/** Results in the form of dbt's run_results.json v6. */
export function formatRunResults(results: RunResults, context: ArtifactContext): object {
  return {
    metadata: formatMetadata('run-results/v6', context),
    results: results.results.map(formatResult),
    elapsed_time: results.elapsedSeconds,
    args: { ...results.args, which: results.command },
  };
}

function formatResult(result: NodeResult): object {
  const isSeed = result.uniqueId.startsWith('seed.');
  return {
    status: formatStatus(result.status),
    timing: result.timing.map(({ name, startedAt, completedAt }) => ({
      name,
      started_at: startedAt.toISOString(),
      completed_at: completedAt.toISOString(),
    })),
    thread_id: result.threadId,
    execution_time: result.executionTime,
    adapter_response: describeResponse(result),
    message: result.message,
    failures: result.failures,
    unique_id: result.uniqueId,
    // dbt says nothing of compilation for what has no SQL of its own.
    compiled: isSeed ? null : result.compiledCode !== null,
    compiled_code: isSeed ? null : result.compiledCode,
    relation_name: isSeed ? null : result.relationName,
  };
}

/** dbt has no word for a node that was cancelled; its message tells. */
function formatStatus(status: NodeStatus): string {
  return status === 'cancelled' ? 'skipped' : status;
}
