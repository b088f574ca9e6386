import { describe, expect, it } from 'vitest';
import { StrataError } from '../../../orchestrator/errors.ts';
import { pointIntoCompiled } from '../../../orchestrator/run/point-into-compiled.ts';

const compiled = '\n\nselect\n    a,\n    b\nfrom t\n';

function refused(message: string): StrataError {
  return new StrataError('database-error', message, {}, { hint: 'Look.', cause: { code: '42703' } });
}

describe('pointIntoCompiled', () => {
  it('counts the lines of the compiled file, its blank ones too', () => {
    const statement = `create table "x" as\n${compiled.trim()}\n`;
    const error = refused('No column "b".\nLINE 4:     b\n            ^');
    expect(pointIntoCompiled(error, statement, compiled)).toEqual(
      refused('No column "b".\nLINE 5:     b\n            ^'),
    );
  });

  it('keeps the caret below its place where the number gets shorter', () => {
    const statement = `with rows_to_test as (\n\n\n\n\n\n\n${compiled.trim()}\n)`;
    const error = refused('No column "b".\nLINE 10:     b\n             ^');
    expect(pointIntoCompiled(error, statement, compiled.trim())).toEqual(
      refused('No column "b".\nLINE 3:     b\n            ^'),
    );
  });

  it.each([
    ['a statement without the node’s SQL', 'select 1', 'No.\nLINE 1: select 1\n        ^'],
    ['a place before the node’s SQL', `create x\n${compiled.trim()}`, 'No.\nLINE 1: create x\n               ^'],
    ['an error without a place', `create x\n${compiled.trim()}`, 'Out of memory.'],
  ])('leaves alone %s', (_, statement, message) => {
    const error = refused(message);
    expect(pointIntoCompiled(error, statement, compiled.trim())).toBe(error);
  });
});
