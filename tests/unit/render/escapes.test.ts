import { expect, test } from 'vitest';
import { StrataError } from '../../../orchestrator/errors.ts';
import { createRenderBench } from '../../support/render.ts';

/** What a template gives, or the code and message of the error it ends in. */
function attempt(source: string): string {
  try {
    return createRenderBench().render(source);
  } catch (error) {
    if (error instanceof StrataError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
const members = [
  ...['adapter', 'api', 'api.Relation', 'builtins', 'config', 'context', 'dbt', 'exceptions', 'execute', 'flags'],
  ...[
    'graph',
    'log',
    'model',
    'modules',
    'modules.datetime',
    'modules.re',
    'modules.itertools',
    'ref',
    'run_started_at',
  ],
  ...['selected_resources', 'target', 'this', 'var', 'zip'],
];

test.each(members)('%s offers nothing that every JS object has', (member) => {
  for (const name of inherited) {
    expect(attempt(`{{ ${member}.${name} is defined }}`), name).toBe('False');
    expect(attempt(`{{ ${member}['${name}'] is defined }}`), name).toBe('False');
    expect(attempt(`{{ (${member}|attr('${name}')) is defined }}`), name).toBe('False');
  }
});

test.each([
  ...['config.get', 'config.meta_get', 'context.get', 'load_result'].map((call) => [call, 'None']),
  ...['var.has_var'].map((call) => [call, 'False']),
])('%s finds nothing that every JS object has', (call, expected) => {
  for (const name of inherited) expect(attempt(`{{ ${call}('${name}') }}`), name).toBe(expected);
});

test.each(['var', 'env_var'])('%s gives its default for names that every JS object has', (call) => {
  for (const name of inherited) expect(attempt(`{{ ${call}('${name}', 'none') }}`), name).toBe('none');
});

test.each<[string, string]>([
  ['{{ target.password is defined }}{{ target.pass is defined }}', 'FalseFalse'],
  [
    "{{ adapter.config is defined }}{{ adapter.credentials is defined }}{{ adapter['job'] is defined }}",
    'FalseFalseFalse',
  ],
  ['{{ "{0.job}".format(adapter) }}', ''],
  ['{{ tojson(adapter) }}', '"<adapter>"'],
  ['{{ tojson(context) }}', '"<context>"'],
  [`{{ fromyaml('!!js/function "function () {}"') }}`, 'None'],
  [`{{ fromyaml('__proto__: {polluted: 1}')['__proto__'] }}{{ {}.polluted is defined }}`, "{'polluted': 1}False"],
  [`{{ fromjson('{"__proto__": {"polluted": 1}}')['__proto__'] }}{{ {}.polluted is defined }}`, "{'polluted': 1}False"],
  [
    `{% do config.set('__proto__', {'polluted': 1}) %}{{ {}.polluted is defined }}{{ config.get('polluted') }}`,
    'FalseNone',
  ],
  [
    "{{ env_var('DBT_ENV_SECRET_TOKEN') }}",
    'env-var-missing: env_var("DBT_ENV_SECRET_TOKEN") is secret and may be used only in profiles.yml and packages.yml.',
  ],
  ['{{ modules.itertools.permutations(range(15)) }}', 'template-limit: itertools would make more than 1000000 items.'],
  [
    '{{ modules.itertools.product(range(10000), range(10000)) }}',
    'template-limit: itertools would make more than 1000000 items.',
  ],
  ['{{ modules.os.system("ls") }}', "template-runtime: 'module object' has no attribute 'os'"],
])('%s gives %s', (source, expected) => {
  expect(attempt(source)).toBe(expected);
});
