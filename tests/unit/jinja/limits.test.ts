import { describe, expect, test } from 'vitest';
import { StrataError } from '../../../orchestrator/errors.ts';
import { render } from './render.ts';

function codeOf(source: string, limits = {}): string {
  try {
    render(source, {}, { limits });
    return 'none';
  } catch (error) {
    expect(error).toBeInstanceOf(StrataError);
    return (error as StrataError).code;
  }
}

describe('a bound on', () => {
  test.each([
    ['the size of a range', '{{ range(100001)|length }}'],
    ['a repeated text', "{{ 'abc' * 1000000000 }}"],
    ['a repeated list', '{{ [1] * 1000000000 }}'],
    ['a power', '{{ 2 ** 1000000 }}'],
    ['a power of a large number', '{{ (2 ** 500) ** 500 }}'],
    ['a width in a format', "{{ '%999999999d' % 1 }}"],
    ['a width in str.format', "{{ '{:999999999}'.format(1) }}"],
    ['a centred text', "{{ 'a'.center(999999999) }}"],
    ['a filled text', "{{ 'a'.zfill(999999999) }}"],
    ['a justified text', "{{ 'a'.ljust(999999999) }}"],
    ['an indentation', "{{ 'a'|indent(999999999, true) }}"],
    ['a batch', "{{ [1]|batch(999999999, 'x')|list }}"],
    ['slices', '{{ [1]|slice(999999999)|list }}'],
    [
      'text that doubles',
      "{% set ns = namespace(x='aaaaaaaa') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    ],
    [
      'text that is replaced by more',
      "{% set ns = namespace(x='a') %}{% for i in range(60) %}{% set ns.x = ns.x.replace('a', 'aa') %}{% endfor %}",
    ],
    [
      'a list that doubles',
      '{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}',
    ],
    ['a list that extends itself', '{% set l = [1] %}{% for i in range(60) %}{% do l.extend(l) %}{% endfor %}'],
    [
      'integers that grow',
      '{% set ns = namespace(x=99) %}{% for i in range(60) %}{% set ns.x = ns.x * ns.x %}{% endfor %}',
    ],
    ['macros without an end', '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}'],
    [
      'two macros without an end',
      '{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}',
    ],
    ['recursive loops', '{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}'],
    [
      'nested values',
      '{% set ns = namespace(x=[]) %}{% for i in range(50000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}',
    ],
    ['one long text many times in a list', "{{ ['ab' * 1000000] * 10000 }}"],
    ['one long text many times in JSON', "{{ (['ab' * 1000000] * 10000)|tojson }}"],
    ['one long text many times in pprint', "{{ (['ab' * 1000000] * 10000)|pprint }}"],
    [
      'lists that hold the same list twice',
      '{% set ns = namespace(x=[1]) %}{% for i in range(40) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}',
    ],
    [
      'keys that hold the same tuple twice',
      '{% set ns = namespace(x=(1,)) %}{% for i in range(40) %}{% set ns.x = (ns.x, ns.x) %}{% endfor %}{{ {ns.x: 1} }}',
    ],
    ['an escaped text', "{{ ('<' * 15000000)|e }}"],
    ['a text in JSON for HTML', "{{ ('<' * 10000000)|tojson }}"],
    ['an encoded URL', "{{ ('é' * 20000000)|urlencode }}"],
  ])('%s', (_name, source) => {
    expect(codeOf(source)).toBe('template-limit');
  });

  test('macros inside one another', () => {
    const source =
      '{% macro a() %}a{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{% macro c() %}{{ b() }}{% endmacro %}{{ c() }}';
    expect(codeOf(source, { depth: 3 })).toBe('none');
    expect(codeOf(source, { depth: 2 })).toBe('template-limit');
  });

  test('loop iterations', () => {
    const source = '{% for i in range(100) %}{% for j in range(100) %}{% endfor %}{% endfor %}';
    expect(codeOf(source, { iterations: 10_100 })).toBe('none');
    expect(codeOf(source, { iterations: 10_099 })).toBe('template-limit');
  });

  test('a loop over a list that grows in it', () => {
    expect(codeOf('{% set l = [1] %}{% for i in l %}{% do l.append(1) %}{% endfor %}', { iterations: 1000 })).toBe(
      'template-limit',
    );
  });

  test('the text written', () => {
    const source = '{% for i in range(100) %}0123456789{% endfor %}';
    expect(codeOf(source, { output: 1000 })).toBe('none');
    expect(codeOf(source, { output: 999 })).toBe('template-limit');
  });

  test('tags and parentheses inside one another', () => {
    expect(codeOf(`{{ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }}`)).toBe('template-syntax');
    expect(codeOf(`${'{% if 1 %}'.repeat(20_000)}${'{% endif %}'.repeat(20_000)}`)).toBe('template-syntax');
    expect(codeOf(`{{ ${'not '.repeat(20_000)}1 }}`)).toBe('template-syntax');
    for (const more of ['+1', ' and 1', '|string', '.a', ' if 1']) {
      expect(codeOf(`{{ 1${more.repeat(20_000)} }}`), more).toBe('template-syntax');
    }
  });
});

describe('time grows with the text and not with its square for', () => {
  const blanks = ' '.repeat(500_000);
  test.each([
    ['a number with a letter behind it', "{{ ('1' * 500000 ~ 'x')|float }}{{ ('1' * 500000 ~ 'x')|int }}"],
    ['blanks in front of a letter', "{{ (' ' * 500000 ~ 'x')|int }}"],
    ['blanks within text before a tag', `x${blanks}y{{- 1 }}`],
    ['blanks within a raw block', `{% raw %}x${blanks}y{%- endraw %}`],
    ['groups of digits', "{{ '{:01000000,}'.format(1)|length }}"],
  ])('%s', (_name, source) => {
    expect(codeOf(source)).toBe('none');
  });

  test('open keys of a format', () => {
    expect(codeOf("{{ ('%(' * 300000) % {} }}")).toBe('template-runtime');
  });
});
