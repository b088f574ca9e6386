import { describe, expect, it } from 'vitest';
import { parseIgnoreRules } from '../../../orchestrator/parse/ignore-file.ts';

// What git says of these paths with these rules.
describe('the rules of .dbtignore', () => {
  it.each([
    ['models/old.sql', 'models/old.sql', true],
    ['models/old.sql', 'models/a/models/old.sql', false],
    ['old.sql', 'models/a/old.sql', true],
    ['old', 'models/old/a.sql', true],
    ['old/', 'models/old/a.sql', true],
    ['old/', 'models/old', false],
    ['*.md', 'models/docs.md', true],
    ['*.md', 'models/docs.mdx', false],
    ['models/*', 'models/a.sql', true],
    ['models/**/tmp_*.sql', 'models/a/b/tmp_x.sql', true],
    ['models/**/tmp_*.sql', 'models/tmp_x.sql', true],
    ['**/draft.sql', 'models/draft.sql', true],
    ['a?.sql', 'models/ab.sql', true],
    ['[ab].sql', 'b.sql', true],
    ['[!ab].sql', 'b.sql', false],
    ['# models', '# models', false],
    ['*.sql\n!keep.sql', 'models/keep.sql', false],
    ['*.sql\n!keep.sql', 'models/other.sql', true],
    ['', 'models/a.sql', false],
  ])('%j: %s ignored: %s', (rules, path, ignored) => {
    expect(parseIgnoreRules(rules)(path)).toBe(ignored);
  });
});
