import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompatProject } from './compat-project.ts';

// Every strategy, built twice. The rows are those dbt-core 1.11 leaves on DuckDB and Postgres.

const isSecond = '{{ is_incremental() }}';
const model = (config: string, sql: string) => `{{ config(materialized='incremental', ${config}) }}\n${sql}`;
const items = "{{ ref('items') }}";

const project = new CompatProject({
  'seeds/items.csv': 'item_id,shop_id,price\n1,1,10\n2,1,20\n3,2,30\n',
  'models/appended.sql': model(
    "incremental_strategy='append', on_schema_change='append_new_columns'",
    `select item_id{% if is_incremental() %}, 'new' as note{% endif %} from ${items}
{% if is_incremental() %}where item_id = 3{% endif %}`,
  ),
  'models/replaced.sql': model(
    "unique_key='item_id', incremental_strategy='delete+insert'",
    `select item_id, ${isSecond} as is_new from ${items}
{% if is_incremental() %}where item_id >= (select max(item_id) from {{ this }}){% endif %}`,
  ),
  'models/replaced_by_two_keys.sql': model(
    "unique_key=['item_id', 'shop_id'], incremental_strategy='delete+insert', incremental_predicates=['item_id < 3']",
    `select item_id, shop_id, ${isSecond} as is_new from ${items}`,
  ),
  'models/merged.sql': model(
    "unique_key='item_id', incremental_strategy='merge', merge_update_columns=['price']",
    `select item_id, price{% if is_incremental() %} + 1{% endif %} as price, ${isSecond} as is_new from ${items}
{% if is_incremental() %}where item_id = 1 union all select 4, 40, true{% endif %}`,
  ),
  'models/merged_but_one.sql': model(
    "unique_key='item_id', incremental_strategy='merge', merge_exclude_columns=['is_new']",
    `select item_id, price{% if is_incremental() %} + 1{% endif %} as price, ${isSecond} as is_new from ${items}`,
  ),
  'models/synced.sql': model(
    "unique_key='item_id', on_schema_change='sync_all_columns'",
    `select item_id, {% if is_incremental() %}2 as later{% else %}1 as earlier{% endif %} from ${items} where item_id < 3`,
  ),
  'models/ignoring.sql': model(
    "unique_key='item_id', on_schema_change='ignore'",
    `select item_id{% if is_incremental() %}, 2 as later{% endif %} from ${items} where item_id = 1`,
  ),
  'models/failing.sql': model(
    "on_schema_change='fail'",
    `select item_id{% if is_incremental() %}, 2 as later{% endif %} from ${items} where item_id = 1`,
  ),
  'models/kept.sql': model('full_refresh=false', `select ${isSecond} as is_new`),
  'models/home_made.sql': model("incremental_strategy='mirror'", 'select 1 as id'),
  'macros/mirror.sql': '{% macro get_incremental_mirror_sql(arg_dict) %}select 1{% endmacro %}',
});
afterAll(() => project.remove());
const names = ['appended', 'replaced', 'replaced_by_two_keys', 'merged', 'merged_but_one', 'synced', 'ignoring'];
const readAll = `select ${[...names, 'failing', 'kept'].map(readRows).join(', ')}`;
let found: Record<string, string> = {};
let statuses: readonly string[] = [];
let told = '';
beforeAll(async () => {
  await project.run('build --exclude home_made');
  told = (await project.run('build')).stderr;
  statuses = project.statuses();
  [found = {}] = (await project.rows(readAll)) as Record<string, string>[];
});

/** All rows of a model as one JSON text. */
function readRows(name: string): string {
  return `(select to_json(list(t)) from (select * from ${name} order by all nulls first) as t) as ${name}`;
}

describe('incremental models on their second run', () => {
  it.each([
    ['appended', '[[1,null],[2,null],[3,null],[3,"new"]]'],
    ['replaced', '[[1,false],[2,false],[3,true]]'],
    ['replaced_by_two_keys', '[[1,1,true],[2,1,true],[3,2,false],[3,2,true]]'],
    ['merged', '[[1,11,false],[2,20,false],[3,30,false],[4,40,true]]'],
    ['merged_but_one', '[[1,11,false],[2,21,false],[3,31,false]]'],
    ['synced', '[[1,2],[2,2]]'],
    ['ignoring', '[[1]]'],
    ['failing', '[[1]]'],
    ['kept', '[[false],[true]]'],
  ])('%s', (name, rows) => {
    const read: object[] = JSON.parse(found[name] ?? '');
    expect(JSON.stringify(read.map((row) => Object.values(row)))).toBe(rows);
  });

  it('fail by themselves where columns changed that may not, or the strategy is not known', () => {
    const failed = statuses.filter((status) => !status.endsWith('success'));
    expect(failed).toEqual(['model.shop.failing error', 'model.shop.home_made error']);
    expect(told).toContain('home_made: incremental strategy "mirror" is not supported on duckdb.');
  });

  it('are made anew with --full-refresh, but for those that forbid it', async () => {
    await project.run('run --full-refresh --select kept replaced');
    const [rows] = (await project.rows(`select ${['kept', 'replaced'].map(readRows).join(', ')}`)) as object[];
    expect(rows).toEqual({
      kept: '[{"is_new":false},{"is_new":true},{"is_new":true}]',
      replaced: '[{"item_id":1,"is_new":false},{"item_id":2,"is_new":false},{"item_id":3,"is_new":false}]',
    });
  });
});
