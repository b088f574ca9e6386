import { describe, expect, test } from 'vitest';
import { bigQueryDialect } from '../../../orchestrator/dialects/bigquery.ts';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';
import { findVar } from '../../../orchestrator/render/vars.ts';
import { createRenderBench } from '../../support/render.ts';

describe('var', () => {
  const vars = { shop: { plain: 1, tools: { scoped: 'for tools' } }, tools: { plain: 'own', deep: 'own' } };

  test('overrides win over the project', () => {
    expect(createRenderBench({ vars, overrideVars: { plain: 2 } }).render("{{ var('plain') }}")).toBe('2');
  });

  test('the section of a package wins over the project, and both over what the package says itself', () => {
    const layered = { shop: { plain: 'project', tools: { plain: 'section' } }, tools: { plain: 'own', deep: 'own' } };
    const { env } = createRenderBench({ vars: layered });
    const find = (packageName: string, name: string) => findVar(env.project, packageName, name);
    expect([find('shop', 'plain'), find('tools', 'plain'), find('tools', 'deep')]).toEqual([
      'project',
      'section',
      'own',
    ]);
  });

  test('a default is used when nothing is set', () => {
    expect(createRenderBench({ vars }).render("{{ var('missing', 'fallback') }}")).toBe('fallback');
  });

  test('a null default is a default', () => {
    expect(createRenderBench({ vars }).render("{{ var('missing', none) is none }}")).toBe('True');
  });

  test('one that holds a template is rendered where it is read', () => {
    const templates = { shop: { day: 'day', column: "{{ var('day') }}_at", list: ['{{ x }}'] } };
    const { render } = createRenderBench({ vars: templates });
    expect(render("{{ var('column') }} {{ var('list') }} {{ var('gone', '{{ x }}') }}")).toBe(
      "day_at ['{{ x }}'] {{ x }}",
    );
  });

  test('templates in variables that lead to each other are an error', () => {
    const circle = { shop: { egg: "{{ var('hen') }}", hen: "{{ var('egg') }}" } };
    expect(() => createRenderBench({ vars: circle }).render("{{ var('egg') }}")).toThrow(
      'Variables that hold templates lead to each other without end.',
    );
  });

  test('a missing one names the nearest', () => {
    expect(() => createRenderBench({ vars }).render("{{ var('plian') }}")).toThrow(
      expect.objectContaining({ code: 'var-missing', hint: expect.stringContaining('Did you mean "plain"?') }),
    );
  });
});

describe('env_var', () => {
  test('a set variable is read, an unset one needs a default', () => {
    const { render } = createRenderBench({ env: { PLACE: 'Basel' } });
    expect(render("{{ env_var('PLACE') }} {{ env_var('NOWHERE', 'x') }}")).toBe('Basel x');
    expect(() => render("{{ env_var('NOWHERE') }}")).toThrow('env_var("NOWHERE") is not set and has no default.');
  });

  test('secrets are refused in models', () => {
    const { render } = createRenderBench({ env: { DBT_ENV_SECRET_KEY: 'hush' } });
    expect(() => render("{{ env_var('DBT_ENV_SECRET_KEY') }}")).toThrow('is secret');
  });
});

describe('macros', () => {
  test('dispatch takes the variant of the warehouse before the default one', () => {
    const macros = {
      shop: `{% macro cut(x) %}{{ adapter.dispatch('cut')(x) }}{% endmacro %}
{% macro default__cut(x) %}default {{ x }}{% endmacro %}
{% macro postgres__cut(x) %}postgres {{ x }}{% endmacro %}`,
    };
    expect(createRenderBench({ macros }).render('{{ cut(1) }}')).toBe('default 1');
    expect(createRenderBench({ macros, dialect: postgresDialect }).render('{{ cut(1) }}')).toBe('postgres 1');
  });

  test('the root project overrides a package through dispatch', () => {
    const macros = {
      tools:
        "{% macro star() %}{{ adapter.dispatch('star', 'tools')() }}{% endmacro %}{% macro default__star() %}tools{% endmacro %}",
      shop: '{% macro default__star() %}shop{% endmacro %}',
    };
    expect(createRenderBench({ macros }).render('{{ tools.star() }}')).toBe('shop');
    const dispatch = [{ macro_namespace: 'tools', search_order: ['tools'] }];
    expect(createRenderBench({ macros, dispatch }).render('{{ tools.star() }}')).toBe('tools');
  });

  test('a failed dispatch lists what was looked for', () => {
    expect(() => createRenderBench().render("{{ adapter.dispatch('nothing', 'dbt')() }}")).toThrow(
      expect.objectContaining({
        code: 'macro-not-found',
        hint: expect.stringContaining(
          'shop.duckdb__nothing, shop.default__nothing, dbt.duckdb__nothing, dbt.default__nothing',
        ),
      }),
    );
  });

  test('return gives values, not text', () => {
    const macros = { shop: "{% macro pair() %}ignored{{ return([1, {'a': 2}]) }}{% endmacro %}" };
    expect(createRenderBench({ macros }).render('{{ pair()[1].a + 1 }}')).toBe('3');
  });
});

describe('queries', () => {
  const answer = () => ({
    columns: [
      { name: 'id', type: 'INTEGER' },
      { name: 'price', type: 'DECIMAL(10,2)' },
      { name: 'day', type: 'DATE' },
    ],
    rows: [
      [1, '2.50', '2024-02-29'],
      [2, null, null],
    ],
  });

  test('run_query gives a table by position, name and column', () => {
    const template = `{%- set found = run_query('select 1') -%}
{{ found.columns[0].values() }} {{ found.columns['price'].values() | list }} {{ found.rows[0]['day'].year }}
{%- for row in found.rows %} {{ row.id }}/{{ row[0] }}{% endfor %} {{ found.column_names }} {{ found | length }}`;
    expect(createRenderBench().render(template, answer)).toBe(
      "(1, 2) [Decimal('2.50'), None] 2024 1/1 2/2 ('id', 'price', 'day') 2",
    );
  });

  test('a table is its rows: it iterates over them, gives them by number and is false without any', () => {
    const template = `{%- set found = run_query('select 1') -%}
{%- for row in found %}{{ row.id }} {% endfor %}{{ found[1].id }} {{ found.rows[1:] }} {{ 'some' if found else 'none' }}`;
    expect(createRenderBench().render(template, answer)).toBe('1 2 2 [<agate.Row: (2, None, None)>] some');
    const empty = () => ({ ...answer(), rows: [] });
    expect(createRenderBench().render(template.replace('{{ found[1].id }}', ''), empty)).toBe(' [] none');
  });

  test('columns of a table get new names by their old ones or in order', () => {
    const template = `{%- set found = run_query('select 1') -%}
{{ found.rename({'price': 'cost'}).column_names }} {{ found.rename(column_names=['a', 'b', 'c']).rows[0].b }}`;
    expect(createRenderBench().render(template, answer)).toBe("('id', 'cost', 'day') 2.50");
  });

  test('decimals keep their digits, and count on', () => {
    const decimals = () => ({
      columns: [
        { name: 'total', type: 'numeric' },
        { name: 'price', type: 'numeric(10,2)' },
      ],
      rows: [['6', '2.50']],
    });
    const template = `{%- set row = run_query('select 1')[0] -%}
{{ row.total }} {{ row.total + 1 }} {{ row.price }} {{ row.price * 2 }} {{ row.price | float }} {{ row.price > 2 }}`;
    expect(createRenderBench().render(template, decimals)).toBe('6 7 2.50 5.0 2.5 True');
  });

  test('a statement keeps its result by name', () => {
    const template = `{%- call statement('x', fetch_result=true) %}select 1{% endcall -%}
{{ load_result('x')['data'] | map(attribute=0) | list }} {{ load_result('y') }}`;
    expect(createRenderBench().render(template, answer)).toBe('[1, 2] None');
  });

  test('get_columns_in_relation gives columns with types', () => {
    const template = `{% for column in adapter.get_columns_in_relation(this) -%}
{{ column.name }} {{ column.data_type }} {{ column.is_string() }} {{ column.is_number() }};
{%- endfor %}`;
    const columns = [
      { name: 'a', type: 'VARCHAR' },
      { name: 'b', type: 'DECIMAL(10,2)' },
    ];
    expect(createRenderBench().render(template, () => columns)).toBe(
      'a VARCHAR True False;b DECIMAL(10,2) False True;',
    );
  });

  test('what a column or relation has not is none', () => {
    const template = `{% for column in adapter.get_columns_in_relation(this) -%}
{{ column.char_size is none }} {{ column.numeric_precision is none }} {{ column.numeric_scale }}
{%- endfor %} {{ api.Relation.create(schema='s', identifier='t').database is none }}`;
    expect(createRenderBench().render(template, () => [{ name: 'a', type: 'NUMERIC' }])).toBe('True True None True');
  });

  test("columns of BigQuery are told apart by BigQuery's types", () => {
    const template = `{% for column in adapter.get_columns_in_relation(this) -%}
{{ column.data_type }} {{ column.is_string() }} {{ column.is_integer() }} {{ column.is_float() }} {{ column.is_numeric() }};
{%- endfor %}`;
    const types = ['STRING(20)', 'INT64', 'FLOAT64', 'BIGNUMERIC(40, 2)'];
    const columns = types.map((type) => ({ name: 'a', type }));
    expect(createRenderBench({ dialect: bigQueryDialect }).render(template, () => columns)).toBe(
      [
        'STRING(20) True False False False;',
        'INT64 False True False False;',
        'FLOAT64 False False True False;',
        'BIGNUMERIC(40,2) False False False True;',
      ].join(''),
    );
  });
});

describe('relations', () => {
  test('a temporary table is made without naming a schema, which only holds lasting ones', () => {
    const template = `{%- set relation = api.Relation.create(database='d', schema='s', identifier='t') -%}
{{ create_table_as(true, relation, 'select 1') }} {{ create_table_as(false, relation, 'select 1') }}`;
    expect(createRenderBench().render(template).replaceAll(/\s+/g, ' ')).toBe(
      'create temporary table "t" as ( select 1 ) create table "d"."s"."t" as ( select 1 )',
    );
  });

  test('parts can be left out, unquoted and replaced', () => {
    const template = `{% set r = api.Relation.create(database='d', schema='s', identifier='t', type='view') -%}
{{ r }} {{ r.include(database=false) }} {{ r.quote(identifier=false) }} {{ r.incorporate(path={'identifier': 'u'}) }} {{ r.is_view }} {{ r.without_identifier() }} {{ r.information_schema('tables') }}`;
    expect(createRenderBench().render(template)).toBe(
      '"d"."s"."t" "s"."t" "d"."s".t "d"."s"."u" True "d"."s" "d".INFORMATION_SCHEMA.tables',
    );
  });
});

describe('functions', () => {
  test.each([
    ['{{ fromjson(\'{"a": [1, 2.5, null]}\') }}', "{'a': [1, 2.5, None]}"],
    ["{{ fromjson('{', 'bad') }}", 'bad'],
    ["{{ tojson({'b': 1, 'a': 'é'}) }}", '{"b": 1, "a": "\\u00e9"}'],
    ["{{ tojson({'b': 1, 'a': 2}, sort_keys=true) }}", '{"a": 2, "b": 1}'],
    ["{{ fromyaml('a: [1, x]') }}", "{'a': [1, 'x']}"],
    ["{{ toyaml({'a': [1]}) }}", 'a:\n  - 1\n'],
    ['{{ zip([1, 2], [3, 4, 5]) | list }}', '[(1, 3), (2, 4)]'],
    ['{{ set([1, 1, 2]) | list | length }}', '2'],
    [
      "{{ (target.name == 'dev') | as_bool }} {{ '5' | as_number }} {{ 5 | as_text }} {{ '[]' | as_native }}",
      'True 5 5 []',
    ],
    ["{{ local_md5('hello world') }}", '5eb63bbbe01eeed093cb22bb8f5acdc3'],
    ["{{ doc('orders') }} {{ doc('shop', 'orders') }}", 'One row per order. One row per order.'],
    ['{{ target.name }} {{ target.schema }} {{ project_name }} {{ execute }}', 'dev main shop True'],
    [
      "{{ run_started_at.strftime('%Y-%m-%d') }} {{ invocation_id }}",
      '2026-01-02 00000000-0000-4000-8000-000000000000',
    ],
    ['{{ flags.WHICH }} {{ flags.FULL_REFRESH }}', 'build False'],
  ])('%s', (template, expected) => {
    expect(createRenderBench().render(template)).toBe(expected);
  });

  test('log and print reach the reporter and leave no text', () => {
    const bench = createRenderBench();
    expect(bench.render("a{{ log('quiet') }}{{ log('loud', info=true) }}{{ print('said') }}b")).toBe('ab');
    expect(bench.messages.map(({ level, text }) => [level, text])).toEqual([
      ['debug', 'quiet'],
      ['info', 'loud'],
      ['info', 'said'],
    ]);
  });

  test('raise_compiler_error stops with its message', () => {
    expect(() => createRenderBench().render("{{ exceptions.raise_compiler_error('no ' ~ 1) }}")).toThrow(
      expect.objectContaining({ code: 'compiler-error', message: 'no 1' }),
    );
  });
});
