import { inFile, type MalformedCase } from '../malformed-case.ts';

const inChurn = inFile('models/churn.sql');

/** Score nodes that could not be fitted. */
export const scores: readonly MalformedCase[] = [
  inChurn(
    'a score without estimator',
    "{{ config(materialized='score', entity_key='customer_id') }}\nselect customer_id, spent, spent > 10 as churned from {{ ref('customers') }}\n",
    'Error: models/churn.sql:1: score: "estimator" is missing. Estimators: kmeans, logistic_regression.',
  ),
  inChurn(
    'an unknown estimator',
    "{{ config(materialized='score', estimator='logistic_regresion', entity_key='customer_id', training='customers', label='churned') }}\nselect customer_id, spent, spent > 10 as churned from {{ ref('customers') }}\n",
    'Error: models/churn.sql:1: score: unknown estimator "logistic_regresion". Did you mean "logistic_regression"?',
  ),
  inChurn(
    'a score without entity key',
    "{{ config(materialized='score', estimator='kmeans') }}\nselect customer_id, spent, spent > 10 as churned from {{ ref('customers') }}\n",
    'Error: models/churn.sql:1: score: "entity_key" is missing.',
  ),
  inChurn(
    'a training model that is not read',
    "{{ config(materialized='score', estimator='logistic_regression', entity_key='customer_id', training='custmers', label='churned', features=['spent']) }}\nselect customer_id, spent, spent > 10 as churned from {{ ref('customers') }}\n",
    'Error: models/churn.sql:1: score: the training model "custmers" is not among the refs of "churn". Did you mean "customers"?',
  ),
  inChurn(
    'a classifier without label',
    "{{ config(materialized='score', estimator='logistic_regression', entity_key='customer_id', training='customers', features=['spent']) }}\nselect customer_id, spent, spent > 10 as churned from {{ ref('customers') }}\n",
    'Error: models/churn.sql:1: score: "label" is missing.',
  ),
  inChurn(
    'a parameter of the wrong type',
    "{{ config(materialized='score', estimator='kmeans', entity_key='customer_id', features=['spent'], params={'k': 'many'}) }}\nselect customer_id, spent, spent > 10 as churned from {{ ref('customers') }}\n",
    'Error: models/churn.sql:1: score: "params.k" cannot be "many".',
  ),
  inChurn(
    'a misspelt parameter',
    "{{ config(materialized='score', estimator='kmeans', entity_key='customer_id', features=['spent'], params={'n_clusters': 3}) }}\nselect customer_id, spent, spent > 10 as churned from {{ ref('customers') }}\n",
    'Error: models/churn.sql:1: score: unknown key "n_clusters" in "params".',
  ),
  inChurn(
    'a misspelt setting of a score',
    "{{ config(materialized='score', estimator='kmeans', entity_key='customer_id', feature=['spent']) }}\nselect customer_id, spent, spent > 10 as churned from {{ ref('customers') }}\n",
    'Error: models/churn.sql:1: Unknown setting "feature" of model "churn". Did you mean "features"?',
  ),
  inChurn(
    'features that are a number',
    "{{ config(materialized='score', estimator='kmeans', entity_key='customer_id', features=3) }}\nselect customer_id, spent, spent > 10 as churned from {{ ref('customers') }}\n",
    'Error: models/churn.sql:1: score: "features" must be a list, not 3.',
  ),
];
