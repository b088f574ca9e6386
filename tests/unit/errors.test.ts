import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorCodes, StrataError, StrataErrors } from '../../orchestrator/errors.ts';

describe('errors', () => {
  test('a formatted error says where, what and what to do', () => {
    const place = { file: 'models/a.sql', line: 12, column: 3 };
    const error = new StrataError('ref-not-found', 'ref("x") not found.', place, { hint: 'Did you mean "y"?' });
    expect(error.format()).toBe('models/a.sql:12:3: ref("x") not found. Did you mean "y"?');
  });

  test('an error without a place starts with its message', () => {
    expect(new StrataError('usage', 'No command given.').format()).toBe('No command given.');
  });

  test('collected errors are sorted by file, line and column', () => {
    const at = (file: string, line: number, column: number) =>
      new StrataError('yaml-invalid', `${file} ${line} ${column}`, { file, line, column });
    const collected = new StrataErrors([at('b.yml', 1, 1), at('a.yml', 10, 1), at('a.yml', 2, 5), at('a.yml', 2, 1)]);
    expect(collected.errors.map((error) => error.message)).toEqual([
      'a.yml 2 1',
      'a.yml 2 5',
      'a.yml 10 1',
      'b.yml 1 1',
    ]);
  });

  test('a mistake in a macro that many models call is shown for three of them', () => {
    const calls = ['a', 'b', 'c', 'd', 'e', 'e'].map(
      (model) =>
        new StrataError(
          'template-syntax',
          'No such day.',
          { file: 'macros/m.sql', line: 2 },
          { hint: `in macro m, ${model}` },
        ),
    );
    expect(new StrataErrors(calls).errors.map((error) => error.format())).toEqual([
      'macros/m.sql:2: No such day. (in macro m, a)',
      'macros/m.sql:2: No such day. (in macro m, b)',
      'macros/m.sql:2: No such day. (in macro m, c; and 2 more)',
    ]);
  });

  test('the documentation lists every code with its meaning', () => {
    const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    const documented = [...page.matchAll(/^\| `([a-z-]+)` \| (.+) \|$/gm)].map(([, code, meaning]) => [code, meaning]);
    expect(documented).toEqual(Object.entries(errorCodes));
  });
});
