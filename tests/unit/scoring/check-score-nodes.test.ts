import { describe, expect, it } from 'vitest';
import { blankConfig, blankNode } from '../../../orchestrator/manifest/blank-node.ts';
import type { Node } from '../../../orchestrator/manifest/node.ts';
import { checkScoreNodes } from '../../../orchestrator/scoring/check-score-nodes.ts';

function createScoreNode(config: object, refs: readonly string[]): Node {
  return blankNode({
    unique_id: 'model.shop.churn_scores',
    resource_type: 'model',
    name: 'churn_scores',
    package_name: 'shop',
    path: 'scoring/churn_scores.sql',
    original_file_path: 'models/scoring/churn_scores.sql',
    fqn: ['shop', 'scoring', 'churn_scores'],
    database: 'shop',
    schema: 'main',
    relation_name: '"main"."churn_scores"',
    config: { ...blankConfig, materialized: 'score', ...config },
    refs: refs.map((name) => ({ name, package: null, version: null })),
  });
}

const config = {
  estimator: 'logistic_regression',
  training: 'fct_churn_training_rows',
  entity_key: 'account_id',
  label: 'churned',
  features: ['visits'],
};

function messagesOf(node: Node): readonly string[] {
  return checkScoreNodes({ nodes: { [node.unique_id]: node } }).map((error) => error.format());
}

describe('checkScoreNodes', () => {
  it('finds nothing wrong with a complete node, and looks at score nodes alone', () => {
    expect(messagesOf(createScoreNode(config, ['fct_account_features', 'fct_churn_training_rows']))).toEqual([]);
    expect(messagesOf(createScoreNode({ materialized: 'table', estimator: 'none' }, []))).toEqual([]);
  });

  it('asks for a ref to the training model', () => {
    expect(messagesOf(createScoreNode(config, ['fct_account_features']))).toEqual([
      'models/scoring/churn_scores.sql:1: score: the training model "fct_churn_training_rows" is not among the refs of ' +
        '"churn_scores". Give the model\'s name and add the line ' +
        '"-- depends_on: {{ ref(\'fct_churn_training_rows\') }}" to the SQL.',
    ]);
  });

  it('suggests the ref that is meant', () => {
    const node = createScoreNode({ ...config, training: 'fct_churn_training_row' }, ['fct_churn_training_rows']);
    expect(messagesOf(node)).toEqual([
      'models/scoring/churn_scores.sql:1: score: the training model "fct_churn_training_row" is not among the refs of ' +
        '"churn_scores". Did you mean "fct_churn_training_rows"?',
    ]);
  });

  it('gives the faults of the settings', () => {
    expect(messagesOf(createScoreNode({ ...config, estimator: 'kmean' }, []))).toEqual([
      'models/scoring/churn_scores.sql:1: score: unknown estimator "kmean". Did you mean "kmeans"?',
    ]);
  });
});
