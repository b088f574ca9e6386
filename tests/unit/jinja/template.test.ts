import { describe, expect, test } from 'vitest';
import { StrataError } from '../../../orchestrator/errors.ts';
import { hostFunction } from '../../../orchestrator/jinja/host.ts';
import { RenderState } from '../../../orchestrator/jinja/state.ts';
import {
  callValue,
  evaluateNative,
  type Macro,
  parseTemplate,
  ReturnSignal,
  runSync,
} from '../../../orchestrator/jinja/template.ts';
import { fromValue, PyDict, PyFloat, PyTuple, toValue, type Value } from '../../../orchestrator/jinja/values.ts';
import { render, scopeOf } from './render.ts';

const blocks = [
  { name: 'test', signature: 'macro' },
  { name: 'materialization', signature: 'materialization' },
  { name: 'docs', signature: 'name' },
  { name: 'snapshot', signature: 'name' },
] as const;

function failureOf(run: () => unknown): { message: string; hint: string | undefined; place: unknown } {
  try {
    run();
  } catch (error) {
    if (error instanceof StrataError) return { message: error.message, hint: error.hint, place: error.place };
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('blocks of a template', () => {
  const source = [
    '{% macro cents(column, scale=2) -%}',
    '  {{ column }}',
    '{%- endmacro %}',
    'between',
    '{% test positive(model, column_name) %}select 1{% endtest %}',
    "{% materialization view, adapter='duckdb', supported_languages=['sql'] %}x{% endmaterialization %}",
    '{%- materialization table, default -%}y{%- endmaterialization -%}',
    '{% docs orders %}',
    'Has {{ braces }} and {% tags',
    '{% enddocs %}',
    '{% snapshot orders_snapshot %}select {{ x }}{% endsnapshot %}',
  ].join('\n');
  const template = parseTemplate(source, { file: 'macros/a.sql', line: 10, blocks });

  test('are listed with their place, text and parameters', () => {
    const listed = template.blocks.map(({ bind: _, source: __, ...rest }) => ({ ...rest, options: [...rest.options] }));
    expect(listed).toEqual([
      {
        kind: 'macro',
        name: 'cents',
        line: 10,
        endLine: 12,
        body: '\n  {{ column }}\n',
        parameters: ['column', 'scale'],
        options: [],
      },
      {
        kind: 'test',
        name: 'positive',
        line: 14,
        endLine: 14,
        body: 'select 1',
        parameters: ['model', 'column_name'],
        options: [],
      },
      {
        kind: 'materialization',
        name: 'view',
        line: 15,
        endLine: 15,
        body: 'x',
        parameters: [],
        options: [
          ['adapter', 'duckdb'],
          ['supported_languages', ['sql']],
        ],
      },
      {
        kind: 'materialization',
        name: 'table',
        line: 16,
        endLine: 16,
        body: 'y',
        parameters: [],
        options: [['adapter', 'default']],
      },
      {
        kind: 'docs',
        name: 'orders',
        line: 17,
        endLine: 19,
        body: '\nHas {{ braces }} and {% tags\n',
        parameters: [],
        options: [],
      },
      {
        kind: 'snapshot',
        name: 'orders_snapshot',
        line: 20,
        endLine: 20,
        body: 'select {{ x }}',
        parameters: [],
        options: [],
      },
    ]);
  });

  test('keep the whole text of each with its tags', () => {
    expect(template.blocks[0]?.source).toBe('{% macro cents(column, scale=2) -%}\n  {{ column }}\n{%- endmacro %}');
    expect(template.blocks[4]?.source).toBe('{% docs orders %}\nHas {{ braces }} and {% tags\n{% enddocs %}');
  });

  test('are tags only where the host declares them', () => {
    expect(failureOf(() => parseTemplate('{% docs x %}{% enddocs %}', { file: 'a.md' }))).toEqual({
      message: "Unknown tag 'docs'.",
      hint: undefined,
      place: { file: 'a.md', line: 1, column: 4 },
    });
  });

  test('bind to a scope of their own, not to the one they are called from', () => {
    const macro = parseTemplate('{% macro m() %}{{ x }}{% set x = 9 %}{% endmacro %}', { file: 'm.sql' }).blocks[0];
    const scope = scopeOf({ x: 'package' });
    const bound = macro?.bind(scope, 'owner');
    expect(bound?.owner).toBe('owner');
    expect(render('{% set x = "caller" %}{{ m() }}{{ m() }}{{ x }}', { m: bound })).toBe('packagepackagecaller');
    expect(scope.get('x')).toBe('package');
  });
});

describe('requests of the host', () => {
  const query = hostFunction('run_query', ['sql'], function* ({ sql }) {
    return (yield { sql }) as Value;
  });
  const source =
    '{% macro m(sql) %}{% for r in run_query(sql) %}{{ r }},{% endfor %}{% endmacro %}{{ m("select 1") }}{{ run_query("b")|length }}';

  test('are yielded from any depth and answered through the generator', () => {
    const generator = parseTemplate(source, { file: 'a.sql' }).start(scopeOf({ run_query: query }), new RenderState());
    expect(generator.next()).toEqual({ done: false, value: { sql: 'select 1' } });
    expect(generator.next([1, 2])).toEqual({ done: false, value: { sql: 'b' } });
    expect(generator.next([3])).toEqual({ done: true, value: '1,2,1' });
  });

  test('that fail are errors of the template at the place of the call', () => {
    const generator = parseTemplate(`\n${source}`, { file: 'a.sql' }).start(
      scopeOf({ run_query: query }),
      new RenderState(),
    );
    generator.next();
    expect(failureOf(() => generator.throw(new StrataError('database-error', 'no such table')))).toEqual({
      message: 'no such table',
      hint: 'in macro m (a.sql:2), called at a.sql:2',
      place: { file: 'a.sql', line: 2, column: 40 },
    });
  });

  test('cannot be made where nothing can be awaited', () => {
    expect(failureOf(() => render(source, { run_query: query })).message).toBe(
      'The template asks the warehouse, which is not possible here.',
    );
  });
});

describe('errors', () => {
  const raise = hostFunction('raise', [], () => {
    throw new StrataError('compiler-error', 'stop', {}, { hint: 'Do not.' });
  });

  test('name the innermost template, line and column, and the macros on the way', () => {
    const file = '{% macro inner() %}\n{{ raise() }}{% endmacro %}\n{% macro outer() %}{{ inner() }}{% endmacro %}';
    const macros = parseTemplate(file, { file: 'macros/m.sql' });
    const scope = scopeOf({ raise });
    for (const block of macros.blocks) scope.set(block.name, block.bind(scope));
    const template = parseTemplate('\n\n  {{ outer() }}', { file: 'models/a.sql' });
    expect(failureOf(() => template.render(scope, new RenderState()))).toEqual({
      message: 'stop',
      hint: 'Do not. (in macro inner (macros/m.sql:1), called at macros/m.sql:3; in macro outer (macros/m.sql:3), called at models/a.sql:3)',
      place: { file: 'macros/m.sql', line: 2, column: 9 },
    });
  });

  test('that have a place keep it', () => {
    const placed = hostFunction('f', [], () => {
      throw new StrataError('yaml-invalid', 'bad', { file: 'x.yml', line: 7 });
    });
    expect(failureOf(() => render('{{ f() }}', { f: placed }))).toEqual({
      message: 'bad',
      hint: undefined,
      place: { file: 'x.yml', line: 7 },
    });
  });

  test.each([
    ['\n {{ x.y }}', "'x' is undefined", 2, 6],
    ['{{ x() }}', "'x' is undefined", 1, 5],
    ["{{ {'a': 1}.b.c }}", "'dict object' has no attribute 'b'", 1, 14],
    ["{{ 'a'.zz() }}", "'str object' has no attribute 'zz'", 1, 10],
    ['{{ none.x.y }}', "'None' has no attribute 'x'", 1, 10],
    ['{{ [1][5].x }}', 'list object has no element 5', 1, 10],
    ["{{ 1 + 'a' }}", "unsupported operand type(s) for +: 'int' and 'str'", 1, 6],
    ["a\n{{ 'a' + 1 }}", 'can only concatenate str (not "int") to str', 2, 8],
    ['{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}', "macro 'm' takes not more than 1 argument(s)", 1, 35],
    ['{{ f(1, 2) }}', 'f() takes 1 positional argument but 2 were given', 1, 5],
    ['{{ f(b=1) }}', "f() got an unexpected keyword argument 'b'", 1, 5],
    ['{{ f() }}', "f() missing 1 required positional argument: 'a'", 1, 5],
    ['{{ f(1, a=1) }}', "f() got multiple values for argument 'a'", 1, 5],
    ['{% if x %}', 'Unexpected end of template. Looked for: elif, else, endif.', 1, 11],
    ['{{ 1 +', 'Unexpected end of template: a tag is not closed.', 1, 7],
    ["{{ 'abc }}", 'The string is not closed.', 1, 4],
    ['{{ (1 }}', "Unexpected '}': '(' is not closed.", 1, 7],
    ['x\n{% endif %}', "Unknown tag 'endif'.", 2, 4],
    ['{{ 1|nope }}', "No filter named 'nope'.", 1, 6],
    ['{{ 1 is nope }}', "No test named 'nope'.", 1, 6],
    ['{# x', "The comment is not closed: no '#}' follows.", 1, 1],
  ])('%j says %s', (source, message, line, column) => {
    const f = hostFunction('f', ['a'], ({ a }) => a);
    const { message: actual, place } = failureOf(() => render(source, { f }));
    expect({ message: actual, place }).toEqual({ message, place: { file: 'models/a.sql', line, column } });
  });
});

describe('values', () => {
  test('of a macro are what it returns by signal, of any type', () => {
    const give = hostFunction('return', ['value'], ({ value }) => {
      throw new ReturnSignal(value);
    });
    const source =
      '{% macro m() %}text{% for i in [1] %}{{ return([1, 2]) }}{% endfor %}{% endmacro %}{{ m()[1] + 1 }}';
    expect(render(source, { return: give })).toBe('3');
  });

  test('of one expression are native, of anything else text', () => {
    const evaluate = (source: string) =>
      evaluateNative(source, scopeOf({ x: 2 }), new RenderState(), { file: 'a.yml' });
    expect(evaluate('{{ x + 1 }}')).toBe(3);
    expect(evaluate('{{ [x, "1"] }}')).toEqual([2, '1']);
    expect(evaluate('{{ none }}')).toBeNull();
    expect(evaluate('{{ "1" }}')).toBe('1');
    expect(evaluate('{{ x }} ')).toBe('2 ');
    expect(evaluate('plain\n')).toBe('plain\n');
  });

  test('survive the way to templates and back', () => {
    const data = { a: [1, 2.5, 'x', null, true], b: { c: {} }, 'd e': 12345678901234567890n };
    expect(fromValue(toValue(data))).toEqual(data);
    expect(toValue(2.5)).toEqual(new PyFloat(2.5));
    expect(fromValue(PyTuple.make([1, new PyDict([['a', 1]])]))).toEqual([1, { a: 1 }]);
    expect(Object.keys(fromValue(toValue(JSON.parse('{"__proto__": 1}'))) as object)).toEqual(['__proto__']);
  });

  test('that can be called are called from the host', () => {
    const macro = parseTemplate('{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}', { file: 'm.sql' }).blocks[0];
    const bound = macro?.bind(scopeOf());
    expect(runSync(callValue(bound, [1], PyDict.from({ b: 3 }), new RenderState()))).toBe('13');
  });

  test('of macros that run are told to the host', () => {
    const seen: Macro[] = [];
    render(
      '{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}',
      {},
      { onMacroCall: (macro) => seen.push(macro) },
    );
    expect(seen.map((macro) => macro.name)).toEqual(['m']);
  });
});
