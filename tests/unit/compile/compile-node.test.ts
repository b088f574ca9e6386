import { describe, expect, test } from 'vitest';
import { compileNode } from '../../../orchestrator/compile/compile-node.ts';
import type { StrataError } from '../../../orchestrator/errors.ts';
import { createRenderBench, drive, modelNode } from '../../support/render.ts';

function compile(name: string, nodes: ReturnType<typeof modelNode>[], overrides = new Map()) {
  const { env } = createRenderBench({ nodes });
  const node = nodes.find((candidate) => candidate.name === name);
  if (node === undefined) throw new Error(`no ${name}`);
  return drive(compileNode(node, { ...env, relationOverrides: overrides }), () => {
    throw new Error('nothing to ask');
  }).sql;
}

describe('compiling a node', () => {
  test('a ref becomes the quoted name of the relation', () => {
    const nodes = [modelNode('orders', 'select 1'), modelNode('report', "select * from {{ ref('orders') }}")];
    expect(compile('report', nodes)).toBe('select * from "db"."main"."orders"');
  });

  test.each([
    "{{ config(alias='x') }}\n\nselect * from {{ ref('orders') }} as a, {{ ref( \"orders\" , ) }}",
    "select '{' {# no {{ ref('x') }} #} , 1 }} from {{ref('orders')}}",
    "select 1 {#- gone -#} + 2 from  {{- ref('shop', 'orders') -}}  as o",
    'select 1 -- ümlaut {{-  config(tags=["a"])  -}}  \u00a0x',
  ])('%j is put together as running it would', (code) => {
    const orders = modelNode('orders', 'select 1');
    // An expression that is no call makes the template language run the whole.
    const run = `${code}{{ '' }}`;
    expect(compile('report', [orders, modelNode('report', code)])).toBe(
      compile('report', [orders, modelNode('report', run)]),
    );
  });

  test('ephemeral models are injected once, parents first', () => {
    const nodes = [
      modelNode('base', 'select 1 as id', { materialized: 'ephemeral' }),
      modelNode('twice', "select id * 2 as id from {{ ref('base') }}", { materialized: 'ephemeral' }),
      modelNode('report', "select * from {{ ref('twice') }} join {{ ref('base') }} using (id)"),
    ];
    expect(compile('report', nodes)).toBe(
      'with __dbt__cte__base as (\nselect 1 as id\n), __dbt__cte__twice as (\n' +
        'select id * 2 as id from __dbt__cte__base\n)\n' +
        'select * from __dbt__cte__twice join __dbt__cte__base using (id)',
    );
  });

  test('an override is read in place of the published table', () => {
    const nodes = [modelNode('orders', 'select 1'), modelNode('check', "select * from {{ ref('orders') }}")];
    const built = { database: 'db', schema: 'main', identifier: 'orders__strata_1' };
    expect(compile('check', nodes, new Map([['model.shop.orders', built]]))).toBe(
      'select * from "db"."main"."orders__strata_1"',
    );
  });

  test('an unknown ref says where it is and what was probably meant', () => {
    const nodes = [modelNode('orders', 'select 1'), modelNode('report', "select *\nfrom {{ ref('oders') }}")];
    let message = '';
    try {
      compile('report', nodes);
    } catch (error) {
      message = (error as StrataError).format();
    }
    expect(message).toMatch(/^models\/report\.sql:2(:\d+)?: ref\("oders"\) not found\. Did you mean "orders"\?$/);
  });
});
