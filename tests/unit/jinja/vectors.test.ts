import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { StrataError } from '../../../orchestrator/errors.ts';
import { createGlobals, Scope } from '../../../orchestrator/jinja/scope.ts';
import { RenderState } from '../../../orchestrator/jinja/state.ts';
import { parseTemplate } from '../../../orchestrator/jinja/template.ts';
import { toValue } from '../../../orchestrator/jinja/values.ts';

interface Vectors {
  readonly context: Readonly<Record<string, unknown>>;
  readonly cases: readonly { readonly template: string; readonly expected: string | null; readonly name?: string }[];
}

const folder = join(import.meta.dirname, 'vectors');

function renderCase(template: string, context: Vectors['context']): string | null {
  const scope = new Scope(createGlobals());
  for (const [name, value] of Object.entries(context)) scope.set(name, toValue(value));
  try {
    return parseTemplate(template, { file: 'case.sql' }).render(scope, new RenderState());
  } catch (error) {
    expect(error).toBeInstanceOf(StrataError);
    const { code, place, message } = error as StrataError;
    expect(code, message).not.toBe('internal');
    expect(place).toEqual({ file: 'case.sql', line: expect.any(Number), column: expect.any(Number) });
    return null;
  }
}

describe.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s', (name) => {
  const { context, cases } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Vectors;

  test('every template gives the text that Jinja2 printed, or an error with a place where Jinja2 raised', () => {
    const wrong = cases
      .map(({ template, expected }) => ({ template, expected, actual: renderCase(template, context) }))
      .filter(({ expected, actual }) => expected !== actual);
    expect(wrong).toEqual([]);
  });
});
