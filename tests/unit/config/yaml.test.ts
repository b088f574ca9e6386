import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../orchestrator/config/yaml.ts';
import { StrataError } from '../../../orchestrator/errors.ts';

function readOne(text: string): unknown {
  return (readYaml(`a: ${text}`, 'x.yml').value as { a: unknown }).a;
}

function failure(text: string): string {
  try {
    readYaml(text, 'x.yml');
  } catch (error) {
    if (error instanceof StrataError) return `${error.code} ${error.format()}`;
  }
  return 'no error';
}

describe('readYaml', () => {
  // What PyYAML's safe_load gives for the same texts.
  it.each([
    ['yes', true],
    ['No', false],
    ['on', true],
    ['OFF', false],
    ['y', 'y'],
    ['n', 'n'],
    ['010', 8],
    ['0x1f', 31],
    ['1_000', 1000],
    ['1e3', '1e3'],
    ['1.0e+3', 1000],
    ['08', '08'],
    ['1.5', 1.5],
    ['~', null],
    ['', null],
    ['2024-01-31', '2024-01-31'],
    ["'yes'", 'yes'],
  ])('reads %s as PyYAML does', (text, value) => {
    expect(readOne(text)).toEqual(value);
  });

  it('reads an empty text as null', () => {
    expect(readYaml('# nothing\n', 'x.yml').value).toBeNull();
  });

  it('merges anchored mappings', () => {
    expect(readYaml('a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n', 'x.yml').value).toEqual({ a: { b: 1 }, c: { b: 1, d: 2 } });
  });

  it('locates keys, list items and what is nearest to a missing part', () => {
    const text = 'version: 2\nmodels:\n  - name: a\n    columns:\n      - {name: id, tests: [unique]}\n  - name: "b"\n';
    const { locate } = readYaml(text, 'x.yml');
    expect(locate(['models'])).toEqual({ file: 'x.yml', line: 2, column: 1 });
    expect(locate(['models', 1])).toEqual({ file: 'x.yml', line: 6, column: 5 });
    expect(locate(['models', 1, 'name'])).toEqual({ file: 'x.yml', line: 6, column: 5 });
    expect(locate(['models', 0, 'columns', 0, 'tests', 0])).toEqual({ file: 'x.yml', line: 5, column: 28 });
    expect(locate(['models', 0, 'description'])).toEqual({ file: 'x.yml', line: 3, column: 5 });
    expect(locate([])).toEqual({ file: 'x.yml', line: 1, column: 1 });
  });

  it('reports a key given twice', () => {
    expect(failure('a: 1\nb: 2\na: 3\n')).toBe(
      'yaml-syntax x.yml:3:1: "a" is given twice in the same mapping. Keep one of them, or merge their values.',
    );
  });

  it('takes the last of two equal keys where asked', () => {
    expect(readYaml('a: 1\na: 3\n', 'x.yml', { duplicateKeys: 'last-wins' }).value).toEqual({ a: 3 });
  });

  it.each([
    [
      'a: [1\nb: 2',
      'yaml-syntax x.yml:2:1: A bracket, brace or quote that was opened above is not closed before this line. Close it, or put quotes around a value that begins with one.',
    ],
    [
      'a: 1\n---\nb: 2\n',
      'yaml-syntax x.yml:3: The file holds more than one YAML document. Remove the "---" between them or split the file.',
    ],
  ])('explains what it cannot read: %j', (text, message) => {
    expect(failure(text)).toBe(message);
  });

  it('keeps a __proto__ key as data', () => {
    const value = readYaml('__proto__:\n  polluted: 1\n', 'x.yml').value as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
