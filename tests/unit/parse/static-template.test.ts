import { describe, expect, it } from 'vitest';
import { extractStatically } from '../../../orchestrator/render/static-template.ts';
import { parseFiles } from './support/project.ts';

const PLAIN = [
  "select * from {{ ref('a') }}",
  "select * from {{ref( \"a\" )}} join {{- ref('shop', 'a') -}} using (x)",
  "{# {{ ref('gone') }} #}select * from {{ source('raw', 'x') }}",
  "{{ config(materialized='table', tags=['x', \"y\"], meta={'a': 1, 'b': [true, none, -3]}) }} select 1",
  "{{ config(tags='x',) }}{{ config(\n  alias = 'b',\n  enabled=True\n) }} select '{' , '}' from {{ ref('a', ) }}",
  "select {{ ref('a', v=2) }}, {{ ref('a', version='x') }}",
  'select 1 as brace_{',
];

const DYNAMIC = [
  "{% if true %}{{ ref('a') }}{% endif %}",
  "{{ ref('a') ~ 'x' }}",
  '{{ ref(name) }}',
  "{{ ref('a' 'b') }}",
  "{{ ref('a\\n') }}",
  '{{ ref() }}',
  "{{ ref(v=1, 'a') }}",
  '{{ config(x=1.5) }}',
  "{{ config({'a': 1}) }}",
  '{{ config(post_hook="{{ this }}" ~ \'x\') }}',
  '{{ this }}',
  "{{ ref('a')",
  "{{ - ref('a') }}",
  "{{ ref('a') - }}",
  "{{ source('a') }}",
  '{# never closed',
  "{{ ref('a').identifier }}",
];

describe('extractStatically', () => {
  it.each(DYNAMIC)('leaves %j to the template language', (code) => {
    expect(extractStatically(code)).toBeUndefined();
  });

  it.each(PLAIN)('reads %j', (code) => {
    expect(extractStatically(code)).toBeDefined();
  });

  // A macro named `source` makes the parser render every template instead.
  it.each(PLAIN.filter((code) => !code.includes('v=')))('reads %j as rendering it does', (code) => {
    const files = {
      'models/a.sql': 'select 1',
      'models/s.yml': 'sources:\n  - name: raw\n    tables: [{name: x}]\n',
      'models/m.sql': code,
    };
    const macro = '{% macro source(a, b) %}{{ return(builtins.source(a, b)) }}{% endmacro %}';
    const { refs, sources, config, depends_on } = parseFiles(files).manifest.nodes['model.shop.m'] ?? {};
    const rendered = parseFiles({ ...files, 'macros/m.sql': macro }).manifest.nodes['model.shop.m'];
    expect({ refs, sources, config, nodes: depends_on?.nodes }).toEqual({
      refs: rendered?.refs,
      sources: rendered?.sources,
      config: rendered?.config,
      nodes: rendered?.depends_on.nodes,
    });
  });
});
