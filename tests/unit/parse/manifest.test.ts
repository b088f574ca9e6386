import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../orchestrator/manifest/manifest.ts';
import type { Node } from '../../../orchestrator/manifest/node.ts';
import { parseFiles } from './support/project.ts';

interface Vectors {
  readonly files: Readonly<Record<string, string>>;
  readonly nodes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly sources: Readonly<Record<string, object>>;
  readonly exposures: Readonly<Record<string, { readonly nodes: readonly string[] }>>;
  readonly disabled: readonly string[];
}

const vectors = JSON.parse(readFileSync(new URL('./vectors/shop.json', import.meta.url), 'utf8')) as Vectors;
/** dbt leaves it among the enabled nodes until it runs. */
const DISABLED_WITH_ITS_MODEL = 'test.shop.unique_switched_off_x.053a378c66';

const NOTHING = { depends_on: { nodes: [] } };

const manifest = plain(parseFiles(vectors.files).manifest);

/** As it is written to a file: nothing undefined is left. */
function plain(value: Manifest): Manifest {
  return JSON.parse(JSON.stringify(value)) as Manifest;
}

/** What a node depends on, but for the seeds that Strata links to sources of the same name. */
function dependencies(
  node: { readonly depends_on: { readonly nodes: readonly string[] } },
  expected: readonly string[],
): readonly string[] {
  return node.depends_on.nodes.filter((id) => !id.startsWith('seed.') || expected.includes(id)).sort();
}

describe('a project that dbt has parsed too', () => {
  it.each(Object.keys(vectors.nodes).filter((id) => id !== DISABLED_WITH_ITS_MODEL))('has the node %s as dbt', (id) => {
    const { nodes, config, columns, checksum, refs, sources, ...expected } = vectors.nodes[id] ?? {};
    const node = manifest.nodes[id] as Node;
    expect(node).toMatchObject(expected);
    expect(node.config).toMatchObject(config as object);
    expect(Object.keys(node.columns).sort()).toEqual(Object.keys(columns as object).sort());
    expect(node.columns).toMatchObject(columns as object);
    const parents = [...(nodes as string[])].sort();
    expect(dependencies(node, parents)).toEqual(parents);
    if (refs !== undefined) expect(node.refs).toEqual(refs);
    if (checksum !== undefined) expect(node.checksum.checksum).toBe(checksum);
  });

  it('has no other nodes', () => {
    const expected = Object.keys(vectors.nodes).filter((id) => id !== DISABLED_WITH_ITS_MODEL);
    expect(Object.keys(manifest.nodes).sort()).toEqual(expected.sort());
  });

  it('has the same sources and exposures', () => {
    expect(manifest.sources).toMatchObject(vectors.sources);
    for (const [id, { nodes, ...expected }] of Object.entries(vectors.exposures)) {
      expect(manifest.exposures[id]).toMatchObject(expected);
      expect(dependencies(manifest.exposures[id] ?? NOTHING, nodes)).toEqual(nodes);
    }
  });

  it('describes macros', () => {
    expect(manifest.macros['macro.shop.cents']).toMatchObject({
      description: 'to cents',
      arguments: [{ name: 'x', type: 'column', description: 'the x' }],
      patch_path: 'shop://models/marts/schema.yml',
    });
  });

  it('disables the tests of a disabled model with it', () => {
    expect(Object.keys(manifest.disabled).sort()).toEqual([...vectors.disabled, DISABLED_WITH_ITS_MODEL].sort());
  });
});

describe('what dbt does not know', () => {
  it('is that a seed fills the source of the same name', () => {
    expect(manifest.nodes['model.shop.stg_orders']?.depends_on.nodes).toEqual([
      'source.shop.raw.orders',
      'seed.shop.raw_orders',
    ]);
  });

  it('is the line a YAML test stands at', () => {
    const lines = Object.values(manifest.nodes)
      .filter((node) => node.name.startsWith('source_'))
      .map((node) => [node.name, node.line]);
    expect(lines).toEqual([
      ['source_unique_raw_orders_id', 20],
      ['source_not_null_raw_orders_id', 21],
      ['source_unique_combo_raw_orders_id__status', 23],
    ]);
  });
});

describe('names in the warehouse', () => {
  const files = { 'models/a.sql': "{{ config(schema='x', alias='b', database='c') }} select 1" };

  it('come from the naming macros a project overrides', () => {
    const overridden = parseFiles({
      ...files,
      'macros/names.sql': `{% macro generate_schema_name(custom, node) %}{{ custom }}_{{ node.name }}{% endmacro %}
        {% macro generate_alias_name(custom, node) %}{{ node.resource_type }}_{{ custom }}{% endmacro %}`,
    });
    expect(overridden.manifest.nodes['model.shop.a']).toMatchObject({
      database: 'c',
      schema: 'x_a',
      alias: 'model_b',
      relation_name: '"c"."x_a"."model_b"',
    });
  });

  it("come from a package's own naming macro for its nodes alone", () => {
    const { manifest: mixed } = parseFiles({
      ...files,
      'packages.yml': 'packages:\n  - local: util\n',
      'util/dbt_project.yml': 'name: util\n',
      'util/models/u.sql': "{{ config(schema='x') }} select 1",
      'util/macros/m.sql': '{% macro generate_schema_name(custom, node) %}own_{{ custom }}{% endmacro %}',
    });
    expect([mixed.nodes['model.shop.a']?.schema, mixed.nodes['model.util.u']?.schema]).toEqual(['main_x', 'own_x']);
  });

  it('follow the quoting of the project', () => {
    const project = 'name: shop\nprofile: shop\nquoting: {database: false, identifier: false}\n';
    expect(parseFiles({ ...files, 'dbt_project.yml': project }).manifest.nodes['model.shop.a']?.relation_name).toBe(
      'c."main_x".b',
    );
  });

  it('are those of each version of a versioned model', () => {
    const { manifest: versioned } = parseFiles({
      'models/a_v1.sql': 'select 1',
      'models/a.sql': 'select 2',
      'models/b.sql': "select * from {{ ref('a') }} join {{ ref('a', v=1) }} using (x)",
      'models/s.yml':
        'models:\n  - name: a\n    latest_version: 2\n    versions:\n      - v: 1\n      - v: 2\n        defined_in: a\n',
    });
    expect(versioned.nodes['model.shop.a.v1']).toMatchObject({
      name: 'a',
      alias: 'a_v1',
      version: 1,
      latest_version: 2,
    });
    expect(versioned.nodes['model.shop.a.v2']).toMatchObject({ name: 'a', alias: 'a_v2', version: 2 });
    expect(versioned.nodes['model.shop.b']?.depends_on.nodes).toEqual(['model.shop.a.v2', 'model.shop.a.v1']);
  });
});

describe('variables', () => {
  it('print whole floats as Python does', () => {
    const project = 'name: shop\nprofile: shop\nvars:\n  share: 1.0\n  shares: [2.0, 0.5, 3]\n';
    const model = "{{ config(alias='a_' ~ var('share') ~ var('shares') ~ var('scale')) }}select 1";
    const files = { 'dbt_project.yml': project, 'vars.yml': 'scale: 10.0\n', 'models/a.sql': model };
    expect(parseFiles(files).manifest.nodes['model.shop.a']?.alias).toBe('a_1.0[2.0, 0.5, 3]10.0');
  });
});
