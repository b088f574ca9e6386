import { describe, expect, test } from 'vitest';
import { StrataError } from '../../../orchestrator/errors.ts';
import { hostFunction } from '../../../orchestrator/jinja/host.ts';
import { PyDict, PyFloat, toValue } from '../../../orchestrator/jinja/values.ts';
import { Relation, render } from './render.ts';

const names = {
  s: 'text',
  n: 5,
  f: new PyFloat(1.5),
  l: [1, 2],
  d: toValue(JSON.parse('{"a": 1, "__proto__": {"x": 2}, "constructor": 3}')),
  empty: new PyDict(),
  host: new Relation(),
  fn: hostFunction('fn', ['x?'], ({ x }) => x ?? null),
};

function attempt(source: string): string {
  try {
    return render(source, names);
  } catch (error) {
    expect(error).toBeInstanceOf(StrataError);
    expect((error as StrataError).code).not.toBe('internal');
    return 'error';
  }
}

/** Properties every JS object has, none of which is a template's business. */
const inherited = [
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  '__lookupGetter__',
  'isPrototypeOf',
];
const holders = [
  's',
  'n',
  'f',
  'l',
  'empty',
  'host',
  'fn',
  'fn.call',
  'none',
  'true',
  'range(3)',
  'namespace()',
  'cycler(1)',
  'joiner()',
];

describe('properties of JS objects', () => {
  test.each(holders)('are not attributes or items of %s', (holder) => {
    for (const name of inherited) {
      expect(attempt(`{{ ${holder}.${name} is defined }}`), name).toMatch(/^(False|error)$/);
      expect(attempt(`{{ ${holder}['${name}'] is defined }}`), name).toMatch(/^(False|error)$/);
      expect(attempt(`{{ (${holder})|attr('${name}') is defined }}`), name).toMatch(/^(False|error)$/);
    }
  });

  test.each([
    'macro m() %}{% endmacro %}{{ m',
    'for i in l %}{{ loop',
    'set x = s.upper %}{{ x',
    'set x = l|map("abs") %}{{ x',
  ])('are not attributes after {%% %s', (head) => {
    const tail = head.startsWith('for') ? '{% endfor %}' : '';
    for (const name of inherited) {
      expect(attempt(`{% ${head}.${name} is defined }}${tail}`), name).toMatch(/^(False)+$/);
    }
  });

  test('are not names', () => {
    for (const name of [
      ...inherited,
      'process',
      'require',
      'globalThis',
      'global',
      'Function',
      'eval',
      'this',
      'arguments',
      'module',
      'import_meta',
      'window',
      'self',
    ]) {
      expect(attempt(`{{ ${name} is defined }}`), name).toBe('False');
    }
  });

  test('are not filters, tests or methods', () => {
    for (const name of inherited) {
      expect(attempt(`{{ s|${name} }}`), name).toBe('error');
      expect(attempt(`{{ s is ${name} }}`), name).toBe('error');
      expect(attempt(`{{ l|map('${name}')|list }}`), name).toBe('error');
      expect(attempt(`{{ l|select('${name}')|list }}`), name).toBe('error');
      expect(attempt(`{{ s.${name}() }}`), name).toBe('error');
    }
  });
});

describe('escape attempts', () => {
  test.each<[string, string]>([
    ['{{ s.constructor.constructor("return process")() }}', 'error'],
    ["{{ s['constructor']['constructor']('return 1')() }}", 'error'],
    ["{{ range.constructor('return 1')() }}", 'error'],
    ["{{ (s|attr('constructor'))('x') }}", 'error'],
    ["{{ s.format.constructor('return 1')() }}", 'error'],
    ["{{ '{0.constructor}'.format(s) }}", ''],
    ["{{ '{0.secret}'.format(host) }}", ''],
    ["{{ '{0[constructor]}'.format(empty) }}", ''],
    ["{{ '{x.__class__.__mro__}'.format(x=s) }}", 'error'],
    ["{{ '%(constructor)s' % empty }}", 'error'],
    ["{{ '%(__proto__)s' % empty }}", 'error'],
    ['{{ d.__proto__ }}', "{'x': 2}"],
    ['{{ d.x is defined }}', 'False'],
    ['{{ d.constructor }}', '3'],
    ['{{ empty.__proto__ is defined }}{{ empty.x is defined }}', 'FalseFalse'],
    ["{% do empty.update({'__proto__': {'polluted': 1}}) %}{{ {}.polluted is defined }}", 'False'],
    ["{% set ns = namespace() %}{% set ns.__proto__ = {'p': 1} %}{{ ns.p is defined }}", 'False'],
    ["{{ dict(**{'__proto__': 1}) }}", "{'__proto__': 1}"],
    ['{% set __proto__ = 1 %}{{ __proto__ }}{{ x is defined }}', '1False'],
    ['{% macro constructor() %}m{% endmacro %}{{ constructor() }}', 'm'],
    ['{% macro __proto__(constructor) %}{{ constructor }}{% endmacro %}{{ __proto__(constructor=7) }}', '7'],
    ['{% for __proto__ in [1] %}{{ __proto__ }}{% endfor %}', '1'],
    ["{{ fn(**{'constructor': 1}) }}", 'error'],
    ["{{ fn(**{'__proto__': 1}) }}", 'error'],
    ['{{ host.secret is defined }}{{ host.getAttribute is defined }}', 'FalseFalse'],
    ["{{ host['secret'] is defined }}", 'False'],
    ['{{ [host]|map(attribute="secret")|list }}', '[Undefined]'],
    ['{{ [host]|selectattr("secret")|list }}', '[]'],
    ['{{ [host]|groupby("constructor.name")|list }}', 'error'],
    ['{{ [host]|sum(attribute="constructor") }}', 'error'],
    ['{{ rows.secret }}', 'error'],
    ["{% import 'fs' as fs %}", 'error'],
    ["{% include '/etc/passwd' %}", 'error'],
    ["{% extends 'x' %}", 'error'],
    ["{% from 'child_process' import exec %}", 'error'],
    ['{{ "${process.exit()}" }}', '${process.exit()}'],
    ['{{ "`${1}`" ~ "\\"+process.exit()+\\"" }}', '`${1}`"+process.exit()+"'],
    ['"+process.exit()+"\u2028\\u2028`${1}`', '"+process.exit()+"\u2028\\u2028`${1}`'],
    ['{{ d[\'"]);process.exit();(["\'] is defined }}', 'False'],
    ['{% set x = "*/ process.exit() /*" %}{{ x }}', '*/ process.exit() /*'],
    ['{{ r }}{{ u }}{{ t }}{{ o }}{{ p }}{{ a }}', ''],
    ['{{ s.__class__.__base__.__subclasses__() }}', 'error'],
    ['{{ lipsum.__globals__ }}', 'error'],
    ['{{ self.__init__.__globals__ }}', 'error'],
    ['{{ l.push(1) }}', 'error'],
    ['{{ l.length is defined }}{{ s.length is defined }}', 'FalseFalse'],
    ['{{ l["length"] is defined }}{{ l["-1"] is defined }}', 'FalseFalse'],
    ['{{ l.sort(key=fn.constructor) }}', 'error'],
  ])('%s gives %s', (source, expected) => {
    expect(attempt(source)).toBe(expected);
  });
});
