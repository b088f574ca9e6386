import { describe, expect, it } from 'vitest';
import { StrataErrors } from '../../../orchestrator/errors.ts';
import { type Files, parseFiles, warningsOf } from './support/project.ts';

const a = { 'models/a.sql': 'select 1 as id' };
const yaml = (text: string) => ({ ...a, 'models/s.yml': text });
const seed = { 'seeds/s.csv': '"id";name\n1;x\n' };

/** Code and place of each error; the messages themselves are shown by the suite of malformed inputs. */
function findings(files: Files): readonly string[] {
  try {
    parseFiles(files);
    return [];
  } catch (error) {
    if (!(error instanceof StrataErrors)) throw error;
    return error.errors.map(({ code, place }) => `${code} ${place.file}:${place.line}`);
  }
}

describe('what parsing finds, and where', () => {
  it.each<[string, Files, readonly string[]]>([
    ['an unknown ref', { ...a, 'models/b.sql': "select *\nfrom {{ ref('aa') }}" }, ['ref-not-found models/b.sql:2']],
    [
      'a ref to another package',
      { ...a, 'models/b.sql': "from {{ ref('p', 'a') }}" },
      ['ref-not-found models/b.sql:1'],
    ],
    [
      'a ref to a disabled model',
      { 'models/a.sql': '{{ config(enabled=false) }}', 'models/b.sql': "\n\nfrom {{ ref('a') }}" },
      ['ref-disabled models/b.sql:3'],
    ],
    ['an unknown source', { 'models/b.sql': "from {{ source('raw', 'x') }}" }, ['source-not-found models/b.sql:1']],
    ['an unknown macro', { 'models/b.sql': "select\n{{ cents('x') }}" }, ['macro-not-found models/b.sql:2']],
    ['an unknown macro of a package', { 'models/b.sql': '{{ dbt.datead() }}' }, ['macro-not-found models/b.sql:1']],
    ['a template that cannot be read', { 'models/b.sql': 'select 1\n{% if x %}' }, ['template-syntax models/b.sql:2']],
    ['a missing variable', { 'models/b.sql': "{{ var('x') }}" }, ['var-missing models/b.sql:1']],
    [
      'an unknown setting in SQL',
      { 'models/b.sql': "{{ config(\n  aliass='x') }}" },
      ['config-unknown-key models/b.sql:2'],
    ],
    [
      'a setting of the wrong type',
      { 'models/b.sql': "{{ config(tags={'a': 1}) }}" },
      ['config-invalid models/b.sql:1'],
    ],
    [
      'an unknown setting in YAML',
      yaml('models:\n  - name: a\n    config: {aliass: x}\n'),
      ['config-unknown-key models/s.yml:3'],
    ],
    [
      'an unknown setting in dbt_project.yml',
      { ...a, 'dbt_project.yml': 'name: shop\nprofile: shop\nmodels:\n  shop:\n    +aliass: x\n' },
      ['config-unknown-key dbt_project.yml:5'],
    ],
    ['an unknown key', yaml('models:\n  - name: a\n    colums: []\n'), ['yaml-unknown-key models/s.yml:3']],
    [
      'an unknown test',
      yaml('models:\n  - name: a\n    columns:\n      - name: id\n        tests:\n          - uniqe\n'),
      ['test-not-found models/s.yml:6'],
    ],
    ['two models of one name', { ...a, 'models/x/a.sql': 'select 2' }, ['duplicate-name models/x/a.sql:1']],
    [
      'two models of one name with a test',
      {
        ...a,
        'models/x/a.sql': 'select 2',
        'models/s.yml': 'models:\n  - name: a\n    columns:\n      - name: id\n        tests: [unique, not_null]\n',
      },
      ['duplicate-name models/x/a.sql:1'],
    ],
    ['a seed named like a model', { ...a, 'seeds/a.csv': 'id\n1\n' }, ['duplicate-name seeds/a.csv:1']],
    [
      'two models for one relation',
      { ...a, 'models/b.sql': "{{ config(alias='A') }}" },
      ['duplicate-name models/b.sql:1'],
    ],
    [
      'two tests of one name',
      yaml('models:\n  - name: a\n    columns:\n      - name: id\n        tests: [unique, unique]\n'),
      ['duplicate-name models/s.yml:5'],
    ],
    [
      'a cycle',
      { 'models/a.sql': "from {{ ref('b') }}", 'models/b.sql': "from {{ ref('a') }}" },
      ['cycle models/a.sql:1'],
    ],
    [
      'a description that needs a missing docs block',
      yaml('models:\n  - name: a\n    description: "{{ doc(\'x\') }}"\n'),
      ['doc-not-found models/s.yml:2'],
    ],
    [
      'a test on a column a seed lacks',
      {
        ...seed,
        'seeds/s.yml':
          'seeds:\n  - name: s\n    config: {delimiter: ";"}\n    columns:\n      - name: nam\n        tests: [unique]\n',
      },
      ['column-not-found seeds/s.yml:5', 'column-not-found seeds/s.yml:6'],
    ],
    [
      'a test on a column a contract lacks',
      yaml(
        'models:\n  - name: a\n    config: {contract: {enforced: true}}\n    columns:\n      - {name: id, data_type: int}\n    tests:\n      - unique: {column_name: x}\n',
      ),
      ['column-not-found models/s.yml:7'],
    ],
    [
      'a hook that fails',
      { ...a, 'dbt_project.yml': 'name: shop\nprofile: shop\non-run-end:\n  - select 1\n  - "{{ nope() }}"\n' },
      ['macro-not-found dbt_project.yml:5'],
    ],
    ['a model in Python', { 'models/a.py': 'def model(dbt, session): ...' }, ['materialization-invalid models/a.py:1']],
    [
      'a naming macro that fails, once',
      {
        ...a,
        'models/b.sql': 'select 2',
        'macros/m.sql': '{% macro generate_schema_name(c, n) %}{{ nope() }}{% endmacro %}',
      },
      ['macro-not-found macros/m.sql:1'],
    ],
    [
      'many mistakes at once, by file and line',
      { 'models/b.sql': "{{ ref('x') }}\n{{ ref('y') }}", 'models/a.sql': '{% if %}', 'models/s.yml': 'model: []\n' },
      [
        'template-syntax models/a.sql:1',
        'ref-not-found models/b.sql:1',
        'ref-not-found models/b.sql:2',
        'yaml-unknown-key models/s.yml:1',
      ],
    ],
  ])('%s', (_, files, expected) => {
    expect(findings(files)).toEqual(expected);
  });

  it('does not repeat a broken model where others refer to it', () => {
    expect(findings({ 'models/a.sql': '{{ nope() }}', 'models/b.sql': "from {{ ref('a') }}" })).toEqual([
      'macro-not-found models/a.sql:1',
    ]);
  });

  it('leaves alone a setting that a macro of the project reads', () => {
    const macro = "{% macro m() %}{{ config.get('my_setting') }}{% endmacro %}";
    expect(findings({ 'models/b.sql': "{{ config(my_setting='x') }}", 'macros/m.sql': macro })).toEqual([]);
  });

  it('knows the columns of a seed whatever its delimiter and quotes', () => {
    const properties = 'seeds:\n  - name: s\n    config: {delimiter: ";"}\n    columns: [{name: ID}, {name: name}]\n';
    expect(findings({ ...seed, 'seeds/s.yml': properties })).toEqual([]);
  });
});

describe('what parsing warns of', () => {
  it('is a description of nothing, with the tests that are lost', () => {
    expect(warningsOf(yaml('models:\n  - name: b\n    columns:\n      - name: x\n        tests: [unique]\n'))).toEqual([
      'node-not-found models/s.yml:2: No model "b" to describe, so its test does not run. Did you mean "a"?',
    ]);
  });

  it('is a path of settings that leads to nothing', () => {
    const project = 'name: shop\nprofile: shop\nmodels:\n  shop:\n    martss:\n      +tags: x\n';
    expect(warningsOf({ 'models/marts/a.sql': 'select 1', 'dbt_project.yml': project })).toEqual([
      'config-unknown-key dbt_project.yml:5:5: Nothing lies under "models.shop.martss", so its settings apply to nothing. Did you mean "marts"?',
    ]);
  });

  it('is what Strata does not support yet', () => {
    expect(warningsOf(yaml('metrics: []\n'))).toEqual([
      'yaml-unknown-key models/s.yml:1: "metrics" is not supported yet and was left out.',
    ]);
  });
});
