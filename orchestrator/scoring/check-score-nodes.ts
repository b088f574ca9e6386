import { StrataError } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Node } from '../manifest/node.ts';
import { suggest } from '../nearest.ts';
import { parseScoreConfig } from './parse-score-config.ts';

/** Faults of all score nodes of a project, to be shown beside the other errors of parsing. */
export function checkScoreNodes(manifest: Pick<Manifest, 'nodes'>): readonly StrataError[] {
  return Object.values(manifest.nodes)
    .filter((node) => node.resource_type === 'model' && node.config.materialized === 'score')
    .flatMap(checkScoreNode);
}

function checkScoreNode(node: Node): readonly StrataError[] {
  const place = { file: node.original_file_path, line: node.line };
  try {
    const { training } = parseScoreConfig(node.config, place);
    return training === undefined || findTrainingRef(node, training) ? [] : [describeMissingRef(node, training)];
  } catch (error) {
    if (error instanceof StrataError) return [error];
    throw error;
  }
}

function findTrainingRef(node: Node, training: string): boolean {
  return node.refs.some((ref) => ref.name === training);
}

function describeMissingRef(node: Node, training: string): StrataError {
  const known = node.refs.map((ref) => ref.name);
  const fallback = `Give the model's name and add the line "-- depends_on: {{ ref('${training}') }}" to the SQL.`;
  const message = `score: the training model "${training}" is not among the refs of "${node.name}".`;
  const hint = suggest(training, known, fallback);
  return new StrataError('score-invalid', message, { file: node.original_file_path, line: node.line }, { hint });
}
