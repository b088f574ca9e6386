import { describe, expect, it } from 'vitest';
import { compilePathGlob, compileWildcard } from '../../../orchestrator/graph/glob.ts';

describe('compileWildcard', () => {
  it.each([
    ['stg_*', 'stg_orders', true],
    ['stg_*', 'int_stg_orders', false],
    ['*a/b*', 'xa/by', true],
    ['?b', 'ab', true],
    ['?b', 'b', false],
    ['[ab]c', 'bc', true],
    ['[!ab]c', 'bc', false],
    ['[!ab]c', 'xc', true],
    ['[a-c]1', 'b1', true],
    ['[]]x', ']x', true],
    ['[ab', '[ab', true],
    ['a.b', 'axb', false],
    ['a.b*', 'a.bc', true],
    ['a.b*', 'axbc', false],
    ['[^a]', '^', true],
    ['[^a]', 'b', false],
    ['a(b)*', 'a(b)c', true],
    ['Orders*', 'orders', false],
  ])('%s on %s: %s', (pattern, name, expected) => {
    expect(compileWildcard(pattern)(name)).toBe(expected);
  });
});

describe('compilePathGlob', () => {
  it.each([
    ['models/a.sql', 'models/a.sql', true],
    ['./models/', 'models', true],
    ['models/*', 'models/a', true],
    ['models/*', 'models/a/b.sql', false],
    ['models/**', 'models', true],
    ['models/**', 'models/a/b', true],
    ['**/b', 'b', true],
    ['**/b', 'models/a/b', true],
    ['models/**/b.sql', 'models/b.sql', true],
    ['models/**/b.sql', 'models/x/y/b.sql', true],
    ['models/**/b.sql', 'models/x/ab.sql', false],
    ['models/[st]*/?.sql', 'models/stg/a.sql', true],
    ['models/[st]*/?.sql', 'models/int/a.sql', false],
  ])('%s on %s: %s', (glob, path, expected) => {
    expect(compilePathGlob(glob)(path)).toBe(expected);
  });
});
