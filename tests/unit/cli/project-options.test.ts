import { describe, expect, it } from 'vitest';
import { readVars } from '../../../orchestrator/cli/project-options.ts';

describe('readVars', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['{}', {}],
    ['{as_of_date: 2025-06-30, n: 3, old: yes}', { as_of_date: '2025-06-30', n: 3, old: true }],
    ['a: [1, x]\nb: {c: null}', { a: [1, 'x'], b: { c: null } }],
    ['{"json": "too"}', { json: 'too' }],
  ])('%j', (text, vars) => {
    expect(readVars(text)).toEqual(vars);
  });

  it.each(['3', '[1]', 'text'])('refuses %s', (text) => {
    expect(() => readVars(text)).toThrow('--vars is not a YAML mapping of names to values.');
  });

  it('says where YAML is broken', () => {
    expect(() => readVars('{a: 1')).toThrow(expect.objectContaining({ code: 'yaml-syntax' }));
  });
});
