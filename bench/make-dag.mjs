// Writes the benchmark project: ten layers of equal width, each model joining two of the layer above, one not_null each.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const layers = 10;

/** Writes a dbt-format project of `models` small tables into `folder`, which is emptied first. */
export function makeDag(folder, models, connection) {
  rmSync(folder, { recursive: true, force: true });
  const width = models / layers;
  for (let layer = 0; layer < layers; layer += 1) {
    const place = join(folder, 'models', `layer_${layer}`);
    mkdirSync(place, { recursive: true });
    const entries = [];
    for (let index = 0; index < width; index += 1) {
      const name = modelName(layer, index);
      writeFileSync(join(place, `${name}.sql`), modelSql(layer, index, width));
      entries.push(`  - name: ${name}\n    columns:\n      - name: id\n        data_tests:\n          - not_null\n`);
    }
    writeFileSync(join(place, '_models.yml'), `version: 2\nmodels:\n${entries.join('')}`);
  }
  writeFileSync(join(folder, 'dbt_project.yml'), projectYaml);
  writeFileSync(join(folder, 'profiles.yml'), profileYaml(connection));
}

function modelName(layer, index) {
  return `m_${layer}_${index}`;
}

function modelSql(layer, index, width) {
  if (layer === 0) {
    return `select id, id % 7 as amount, ${index} as origin\nfrom generate_series(1, 100) as series(id)\n`;
  }
  const [left, right] = [modelName(layer - 1, index), modelName(layer - 1, (index * 7 + 3) % width)];
  return `with

left_side as (
    select * from {{ ref('${left}') }}
),

right_side as (
    select * from {{ ref('${right}') }}
)

select
    left_side.id,
    left_side.amount + right_side.amount as amount,
    ${index} as origin
from left_side
inner join right_side on left_side.id = right_side.id
`;
}

const projectYaml = `name: dag
version: '1.0'
config-version: 2
profile: dag
model-paths: [models]
models:
  dag:
    +materialized: table
`;

function profileYaml(connection) {
  const lines = Object.entries(connection).map(([key, value]) => `      ${key}: ${value}`);
  return `dag:\n  target: dev\n  outputs:\n    dev:\n${lines.join('\n')}\n`;
}
