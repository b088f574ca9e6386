import { describe, expect, it } from 'vitest';
import { type CompiledNodes, serializeManifest } from '../../../orchestrator/artifacts/manifest-json.ts';
import { blankConfig, blankNode } from '../../../orchestrator/manifest/blank-node.ts';
import type { Manifest } from '../../../orchestrator/manifest/manifest.ts';
import type { Exposure, Node, NodeConfig, SourceNode } from '../../../orchestrator/manifest/node.ts';

const context = {
  invocationId: '0f5c7b1e-0000-4000-8000-000000000000',
  generatedAt: new Date('2025-03-01T10:00:00Z'),
  strataVersion: '0.1.0',
  env: { DBT_ENV_CUSTOM_ENV_JOB: 'nightly', HOME: '/home/a' },
};

const config: NodeConfig = { ...blankConfig, materialized: 'table' };

function createNode(type: Node['resource_type'], name: string, changes: Partial<Node> = {}): Node {
  return blankNode({
    unique_id: `${type}.shop.${name}`,
    name,
    resource_type: type,
    package_name: 'shop',
    path: `${name}.sql`,
    original_file_path: `models/${name}.sql`,
    fqn: ['shop', name],
    database: 'db',
    schema: 'main',
    relation_name: `"db"."main"."${name}"`,
    checksum: { name: 'sha256', checksum: 'abc' },
    config,
    raw_code: 'select 1 as id',
    ...changes,
  });
}

function createManifest(changes: Partial<Manifest>): Manifest {
  const empty = { nodes: {}, sources: {}, exposures: {}, macros: {}, docs: {}, disabled: {} };
  return { project_name: 'shop', adapter_type: 'duckdb', ...empty, ...changes };
}

function byId<T extends { readonly unique_id: string }>(...members: readonly T[]): Record<string, T> {
  return Object.fromEntries(members.map((member) => [member.unique_id, member]));
}

function format(manifest: Manifest, compiled?: CompiledNodes): object {
  return JSON.parse([...serializeManifest(manifest, context, compiled)].join(''));
}

describe('serializeManifest', () => {
  it('states the schema, the project and who wrote it', () => {
    expect(format(createManifest({}))).toEqual({
      metadata: {
        dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
        dbt_version: '1.11.0',
        generated_at: '2025-03-01T10:00:00.000Z',
        invocation_id: '0f5c7b1e-0000-4000-8000-000000000000',
        env: { STRATA_VERSION: '0.1.0', JOB: 'nightly' },
        project_name: 'shop',
        project_id: 'fb54f3c5992b96d001bb16e8e92d968d',
        user_id: null,
        send_anonymous_usage_stats: false,
        adapter_type: 'duckdb',
      },
      ...{ nodes: {}, sources: {}, macros: {}, docs: {}, exposures: {}, metrics: {}, groups: {}, selectors: {} },
      ...{ disabled: {}, parent_map: {}, child_map: {}, group_map: {} },
      ...{ saved_queries: {}, semantic_models: {}, unit_tests: {} },
    });
  });

  it('gives a model all of its fields and none of ours', () => {
    const model = createNode('model', 'orders', {
      columns: {
        id: {
          name: 'id',
          description: 'The key.',
          data_type: 'bigint',
          quote: null,
          meta: {},
          tags: ['key'],
          constraints: [{ type: 'foreign_key', to: "ref('x')", to_columns: ['id'] }],
        },
      },
      constraints: [{ type: 'primary_key', columns: ['id'] }],
      config: { ...config, group: 'sales', access: 'public', docs: { node_color: 'red' } },
      contract: { enforced: true },
    });
    expect(format(createManifest({ nodes: byId(model) }))).toMatchObject({
      nodes: {
        'model.shop.orders': {
          ...{ database: 'db', schema: 'main', name: 'orders', resource_type: 'model', package_name: 'shop' },
          ...{ path: 'orders.sql', original_file_path: 'models/orders.sql', unique_id: 'model.shop.orders' },
          ...{ fqn: ['shop', 'orders'], alias: 'orders', checksum: { name: 'sha256', checksum: 'abc' } },
          ...{ config: model.config, tags: [], description: '', meta: {}, group: 'sales', patch_path: null },
          ...{ docs: { show: true, node_color: 'red' }, build_path: null, unrendered_config: {} },
          ...{ relation_name: '"db"."main"."orders"', raw_code: 'select 1 as id', language: 'sql' },
          ...{ refs: [], sources: [], metrics: [], depends_on: { nodes: [], macros: [] }, compiled_path: null },
          ...{ access: 'public', version: null, latest_version: null, deprecation_date: null },
          contract: { enforced: true, alias_types: true, checksum: null },
          columns: {
            id: {
              ...{ name: 'id', description: 'The key.', meta: {}, data_type: 'bigint', quote: null, tags: ['key'] },
              constraints: [
                {
                  ...{ type: 'foreign_key', name: null, expression: null },
                  ...{ warn_unenforced: true, warn_unsupported: true, to: "ref('x')", to_columns: ['id'] },
                },
              ],
            },
          },
          constraints: [
            {
              ...{ type: 'primary_key', name: null, expression: null },
              ...{ warn_unenforced: true, warn_unsupported: true, columns: ['id'] },
            },
          ],
        },
      },
    });
    expect(JSON.stringify(format(createManifest({ nodes: byId(model) })))).not.toContain('"line"');
  });

  it('adds what was compiled', () => {
    const compiled = new Map([
      ['model.shop.orders', { code: 'select 2', path: 'target/compiled/shop/models/orders.sql' }],
    ]);
    expect(format(createManifest({ nodes: byId(createNode('model', 'orders')) }), compiled)).toMatchObject({
      nodes: {
        'model.shop.orders': {
          ...{ compiled: true, compiled_code: 'select 2', extra_ctes_injected: true, extra_ctes: [] },
          compiled_path: 'target/compiled/shop/models/orders.sql',
        },
      },
    });
  });

  it('maps parents and children, sorted, of nodes, sources and exposures', () => {
    const source = { unique_id: 'source.shop.raw.a', resource_type: 'source', config: { enabled: true }, columns: {} };
    const exposure = {
      unique_id: 'exposure.shop.board',
      resource_type: 'exposure',
      config: { enabled: true },
      depends_on: { nodes: ['model.shop.b', 'model.shop.a'], macros: [] },
    };
    const nodes = byId(
      createNode('model', 'b', { depends_on: { nodes: ['source.shop.raw.a', 'model.shop.a'], macros: [] } }),
      createNode('model', 'a', { depends_on: { nodes: ['source.shop.raw.a', 'source.shop.raw.a'], macros: [] } }),
      createNode('seed', 's'),
    );
    const manifest = createManifest({
      nodes,
      sources: byId(source as unknown as SourceNode),
      exposures: byId(exposure as unknown as Exposure),
    });
    expect(format(manifest)).toMatchObject({
      parent_map: {
        'model.shop.b': ['model.shop.a', 'source.shop.raw.a'],
        'model.shop.a': ['source.shop.raw.a'],
        'seed.shop.s': [],
        'exposure.shop.board': ['model.shop.a', 'model.shop.b'],
        'source.shop.raw.a': [],
      },
      child_map: {
        'model.shop.b': ['exposure.shop.board'],
        'model.shop.a': ['exposure.shop.board', 'model.shop.b'],
        'seed.shop.s': [],
        'exposure.shop.board': [],
        'source.shop.raw.a': ['model.shop.a', 'model.shop.b'],
      },
    });
  });

  it('lists a disabled node under its id, in a list as dbt does', () => {
    const manifest = createManifest({ disabled: byId(createNode('model', 'old')) });
    expect(format(manifest)).toMatchObject({ disabled: { 'model.shop.old': [{ name: 'old' }] } });
  });
});
