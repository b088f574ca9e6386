import { describe, expect, it } from 'vitest';
import { createYamlRenderer } from '../../../orchestrator/config/render-yaml.ts';

const env: Readonly<Record<string, string>> = { PORT: '5432', SHARE: '0.5', YES: 'True', NAME: 'x' };

function render(source: string): unknown {
  const document = { file: 'x.yml', value: source, locate: () => ({ file: 'x.yml', line: 1 }) };
  return createYamlRenderer(document, { env: (name) => env[name], vars: { days: 7 }, target: { type: 'duckdb' } })(
    source,
    [],
  );
}

describe('a template in a YAML file', () => {
  it.each([
    ["{{ env_var('PORT') }}", '5432'],
    ["{{ env_var('PORT') | as_number }}", 5432],
    ["{{ env_var('SHARE') | as_number }}", 0.5],
    ["{{ env_var('YES') | as_bool }}", true],
    ["{{ env_var('YES') | as_native }}", true],
    ['{{ 5 | as_text }}', '5'],
    ["{{ var('days') }}", 7],
    ["{{ var('weeks', 4) }}", 4],
    ["{{ target.type == 'postgres' | as_bool }}", false],
    ["{% if target.type == 'duckdb' -%} {{ true | as_bool }} {%- else -%} {{ false | as_bool }} {%- endif -%}\n", true],
    ["{% if var('days') == 7 %}{% if false %}a{% else %}{{ var('days') }}{% endif %}{% endif %}", 7],
    ["{% if target.type == 'duckdb' %} {{ true | as_bool }}{% endif %}", ' True'],
    ['{% if true %}{{ 5 }}{% endif %}', '5'],
    ['{% if false %}{{ 5 }}{% endif %}', ''],
    ["{{ target.type }}_{{ env_var('NAME') }}", 'duckdb_x'],
    ["{{ env_var('GONE', 'default') }}", 'default'],
    ['no template', 'no template'],
  ])('gives for %s what dbt gives', (source, value) => {
    expect(render(source)).toEqual(value);
  });

  it.each([
    ["{{ env_var('GONE') }}", 'Environment variable "GONE" is not set and has no default.'],
    ["{{ var('dys') }}", 'var("dys") is not set and has no default.'],
  ])('explains %s', (source, message) => {
    expect(() => render(source)).toThrow(message);
  });
});
