import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompatProject } from './compat-project.ts';

// Hooks, tests and packages that ask what exists, and what there is, get the answers dbt gives.

const project = new CompatProject({
  'dbt_project.yml': [
    'name: shop',
    'profile: shop',
    'on-run-start: ["create table if not exists main.log (step varchar)"]',
    'on-run-end:',
    `  - "insert into main.log values ('{{ results | length }} {{ schemas | join }}')"`,
    '  - "{{ log_times(results) }}"',
    'vars:',
    '  tools:',
    `    label_source: "{{ ref('labels') }}"`,
    '',
  ].join('\n'),
  'models/labels.sql':
    "select 'from a variable' as label, '{{ model.access }} {{ graph.nodes[model.unique_id].access if execute }} {{ model.version }} {{ model.group }}' as access",
  'packages/tools/models/label_names.sql': "select label from {{ var('label_source') }}",
  'packages.yml': 'packages:\n  - local: packages/tools\n',
  'packages/tools/dbt_project.yml': 'name: tools\nversion: 1.2.0\n',
  'packages/tools/models/tools_version.sql':
    "select '{{ builtins.ref.config.dependencies['tools'].version }}' as tools, '{{ builtins.ref.config.project_name }}' as root",
  'packages/tools/macros/label.sql': "{% macro label() %}{{ return('a label') }}{% endmacro %}",
  'macros/log_times.sql': `{% macro log_times(results) %}create table main.times as
{% for result in results %}{% set steps = result.timing | map(attribute='name') | join(' ') -%}
select '{{ result.unique_id }}' as node, '{{ steps }}' as steps, '{{ result.to_dict().node.config.full_refresh is none }}' as is_none, '{{ tojson(result.adapter_response) }}' as response,
    timestamp '{{ (result.timing | last).completed_at }}' >= timestamp '{{ (result.timing | first).started_at }}' as has_times
{% if not loop.last %}union all{% endif %}
{% endfor %}{% endmacro %}`,
  'models/orders.sql': [
    '{{ config(materialized=\'table\', post_hook="create table hooked as select {{ load_relation(this) is not none }} as found") }}',
    "select 1 as order_id, '{{ context['tools'].get('label')() }}' as label,",
    "    '{{ context['tools'].get('none', 'nothing') }}' as other",
  ].join('\n'),
  'tests/orders_are_known.sql': "select 1 from {{ ref('orders') }} where {{ load_relation(ref('orders')) is none }}",
});
afterAll(() => project.remove());
let code: number | null = null;
beforeAll(async () => {
  code = (await project.run('build')).code;
});

describe('a project that looks things up', () => {
  it('finds the table that its transaction has not published yet, in tests and post-hooks', async () => {
    expect(code).toBe(0);
    expect(await project.rows('select * from hooked')).toEqual([{ found: true }]);
  });

  it('has a result for each hook of the project, which hooks at the end are not told of', async () => {
    expect(project.statuses()).toEqual([
      'model.shop.labels success',
      'model.shop.orders success',
      'model.tools.label_names success',
      'model.tools.tools_version success',
      'operation.shop.shop-on-run-end-0 success',
      'operation.shop.shop-on-run-end-1 success',
      'operation.shop.shop-on-run-start-0 success',
      'test.shop.orders_are_known pass',
    ]);
    expect(await project.rows('select * from log')).toEqual([{ step: '5 main' }]);
  });

  it('builds what a variable refers to before the model of a package that reads the variable', async () => {
    expect(await project.rows('select label from label_names')).toEqual([{ label: 'from a variable' }]);
  });

  it('tells hooks at the end the times of each node and what the warehouse answered', async () => {
    expect(await project.rows('select distinct is_none from times')).toEqual([{ is_none: 'True' }]);
    expect(await project.rows("select * exclude (node) from times where node = 'model.shop.orders'")).toEqual([
      {
        steps: 'compile execute',
        is_none: 'True',
        response: expect.stringContaining('"rows_affected": 1'),
        has_times: true,
      },
    ]);
  });

  it('knows who may read a model', async () => {
    expect(await project.rows('select access from labels')).toEqual([{ access: 'protected protected None None' }]);
  });

  it('tells packages their versions', async () => {
    expect(await project.rows('select * from tools_version')).toEqual([{ tools: '1.2.0', root: 'shop' }]);
  });

  it('takes a macro out of a package by name', async () => {
    expect(await project.rows('select label, other from orders')).toEqual([{ label: 'a label', other: 'nothing' }]);
  });
});
