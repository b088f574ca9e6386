import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { StrataErrors } from '../../../orchestrator/errors.ts';
import { createProject, invocation, parse, type TempProject } from './support/project.ts';

let project: TempProject | undefined;

afterEach(() => {
  project?.delete();
  project = undefined;
});

const FILES = {
  'dbt_project.yml':
    'name: shop\nprofile: shop\nmodels:\n  shop:\n    marts:\n      +materialized: table\nvars:\n  region: eu\n',
  'models/a.sql': "{{ config(tags=[var('region')]) }} select 1 as id\n",
  'models/marts/b.sql': "{% if target.type == 'duckdb' %}select * from {{ ref('a') }}{% endif %}\n",
  'models/marts/c.sql':
    "{{ config(tags=['x'], meta={'text': doc('b'), 'is_full': flags.FULL_REFRESH}) }}\nselect {{ double('id') }} from {{ ref('b') }} where '{{ env_var('PLACE', 'here') }}' = ''\n",
  'models/schema.yml':
    'models:\n  - name: a\n    columns:\n      - name: id\n        data_tests: [unique, {positive: {arguments: {min: 1}}}]\n  - name: b\n    description: "{{ doc(\'b\') }}"\n',
  'models/docs.md': '{% docs b %}The b.{% enddocs %}\n',
  'macros/double.sql': '{% macro double(x) %}{{ x }} * 2{% endmacro %}\n',
  'tests/generic/positive.sql':
    '{% test positive(model, column_name, min) %}select * from {{ model }} where {{ column_name }} < {{ min }}{% endtest %}\n',
  'seeds/s.csv': 'id,name\n1,x\n',
};

/** What a parse says, as data: the manifest with warnings, or the errors. */
function outcome(
  dir: string,
  partialParse: boolean,
  options: Parameters<typeof parse>[1] = {},
  fullRefresh = false,
): unknown {
  try {
    const { manifest, warnings } = parse(dir, options, { partialParse, invocation: { ...invocation, fullRefresh } });
    return JSON.parse(JSON.stringify({ manifest, warnings: warnings.map((warning) => warning.format()) }));
  } catch (error) {
    if (error instanceof StrataErrors) return error.message;
    throw error;
  }
}

function reused(dir: string, options: Parameters<typeof parse>[1] = {}): number {
  return parse(dir, options, { partialParse: true }).stats.reused;
}

/** Numbers from 0 to 1 that are the same in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Edit = (files: Map<string, string>, pick: <Item>(items: readonly Item[]) => Item, step: number) => void;

const EDITS: readonly Edit[] = [
  (files, _, step) => files.set('models/a.sql', `{{ config(tags=[var("region")]) }} select ${step} as id`),
  (files, pick) => files.set('models/marts/b.sql', `select * from {{ ref('${pick(['a', 'c', 's', 'gone'])}') }}`),
  (files, pick) =>
    files.set('models/marts/c.sql', `{{ config(materialized='${pick(['view', 'ephemeral'])}') }} select 1`),
  (files, _, step) => files.set(`models/new_${step % 3}.sql`, "select * from {{ ref('a') }}"),
  (files, pick) => files.delete(pick([...files.keys()].filter((path) => path.startsWith('models/')))),
  (files, pick) =>
    files.set('macros/double.sql', `{% macro double(x) %}${pick(['1', "{{ ref('a') }}"])}{% endmacro %}`),
  (files, pick) => files.set('models/schema.yml', FILES['models/schema.yml'].replace('min: 1', `min: ${pick([2, 3])}`)),
  (files, pick) => files.set('models/schema.yml', FILES['models/schema.yml'].replace('The b', pick(['b', 'a']))),
  (files, pick) => files.set('models/docs.md', `{% docs ${pick(['b', 'b', 'x'])} %}Text ${pick([1, 2])}{% enddocs %}`),
  (files, pick) => files.set('dbt_project.yml', FILES['dbt_project.yml'].replace('eu', pick(['us', 'eu']))),
  (files, pick) => files.set('dbt_project.yml', FILES['dbt_project.yml'].replace('table', pick(['view', 'table']))),
  (files, pick) => files.set('seeds/s.csv', `id,${pick(['name', 'other'])}\n1,x\n`),
  (files) => files.set('models/marts/sub/a2.sql', files.get('models/a.sql') ?? 'select 1'),
  (files, _, step) => files.set('models/off.sql', `{{ config(enabled=${step % 2 === 0}) }} select 1`),
  (files) => {
    for (const [path, text] of Object.entries(FILES)) files.set(path, text);
  },
];

describe('a parse from kept results', () => {
  it('is the same as a cold one after any edits', () => {
    project = createProject(FILES);
    const random = createRandom(20250131);
    const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
    const files = new Map<string, string>(Object.entries(FILES));
    let failures = 0;
    for (let step = 0; step < 100; step += 1) {
      const before = new Map(files);
      pick(EDITS)(files, pick, step);
      for (const path of before.keys()) if (!files.has(path)) project.remove(path);
      project.write(Object.fromEntries([...files].filter(([path, text]) => before.get(path) !== text)));
      const region = pick(['eu', 'us', undefined]);
      const options = {
        vars: region === undefined ? {} : { region },
        env: random() < 0.3 ? { PLACE: pick(['x', 'y']) } : {},
      };
      const fullRefresh = random() < 0.2;
      const cold = outcome(project.dir, false, options, fullRefresh);
      expect(outcome(project.dir, true, options, fullRefresh), `step ${step}`).toEqual(cold);
      if (typeof cold === 'string') failures += 1;
    }
    // The edits must lead through broken projects and whole ones.
    expect(failures).toBeGreaterThan(10);
    expect(failures).toBeLessThan(95);
  });

  it('takes everything over when nothing changed', () => {
    project = createProject(FILES);
    const files = parse(project.dir, {}, { partialParse: true }).stats.files;
    expect(reused(project.dir)).toBe(files);
  });

  it('reads only the changed file again', () => {
    project = createProject(FILES);
    reused(project.dir);
    project.write({ 'seeds/s.csv': 'id,name\n2,y\n' });
    const before = reused(project.dir);
    project.write({ 'models/marts/c.sql': "select {{ double('id') }} from {{ ref('a') }}" });
    expect(reused(project.dir)).toBe(before - 1);
  });

  it('depends on the variables of the environment that templates read, and on no others', () => {
    project = createProject(FILES);
    const everything = parse(project.dir, { env: { PLACE: 'x' } }, { partialParse: true }).stats.files;
    expect(reused(project.dir, { env: { PLACE: 'x', OTHER: 'y' } })).toBe(everything);
    expect(reused(project.dir, { env: { PLACE: 'z' } })).toBeLessThan(everything);
  });

  it.each<[string, Parameters<typeof parse>[1], boolean]>([
    ['variables of the command line', { vars: { region: 'us' } }, false],
    ['a full refresh', {}, true],
  ])('depends on %s', (_, options, fullRefresh) => {
    project = createProject(FILES);
    const before = outcome(project.dir, true);
    const after = outcome(project.dir, true, options, fullRefresh);
    expect(after).not.toEqual(before);
    expect(after).toEqual(outcome(project.dir, false, options, fullRefresh));
  });

  it('depends on the texts that templates quote', () => {
    project = createProject(FILES);
    outcome(project.dir, true);
    project.write({ 'models/docs.md': '{% docs b %}Another text.{% enddocs %}\n' });
    expect(outcome(project.dir, true)).toMatchObject({
      manifest: { nodes: { 'model.shop.c': { meta: { text: 'Another text.' } } } },
    });
  });

  it('starts anew when what was kept cannot be read', () => {
    project = createProject(FILES);
    reused(project.dir);
    for (const name of ['strata_manifest_cache.json', 'strata_partial_parse.json']) {
      const path = join(project.dir, 'target', name);
      writeFileSync(path, readFileSync(path, 'utf8').slice(0, 300));
    }
    expect(reused(project.dir)).toBe(0);
  });

  it('keeps nothing of a project with mistakes', () => {
    project = createProject({ ...FILES, 'models/a.sql': "select * from {{ ref('gone') }}" });
    expect(outcome(project.dir, true)).toBe(
      'models/a.sql:1:22: ref("gone") not found. No model, seed or snapshot has this name.',
    );
    expect(existsSync(join(project.dir, 'target'))).toBe(false);
  });
});
