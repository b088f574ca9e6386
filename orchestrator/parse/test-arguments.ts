import { StrataError } from '../errors.ts';
import type { MacroInfo } from '../manifest/node.ts';
import { suggest } from '../nearest.ts';
import { builtinPackage } from '../render/builtin-folder.ts';
import type { TestSpec } from './test-builder.ts';

/** Arguments that the built-in tests cannot do without; other tests may leave theirs undefined on purpose. */
const REQUIRED: ReadonlyMap<string, readonly string[]> = new Map([
  [`macro.${builtinPackage}.test_unique`, ['column_name']],
  [`macro.${builtinPackage}.test_not_null`, ['column_name']],
  [`macro.${builtinPackage}.test_accepted_values`, ['column_name', 'values']],
  [`macro.${builtinPackage}.test_relationships`, ['column_name', 'to', 'field']],
]);

/** The macro of a generic test and what it takes. */
export interface TestMacro {
  readonly macro: MacroInfo;
  readonly parameters: readonly string[];
}

/** Refuses arguments a test does not take, and the lack of those it needs. Throws `macro-arguments`. */
export function checkTestArguments(spec: TestSpec, { macro, parameters }: TestMacro): void {
  const own = parameters.filter((name) => name !== 'model' && name !== 'column_name');
  const takesAny = /\bkwargs\b/.test(macro.macro_sql);
  const unknown = Object.keys(spec.kwargs).find((name) => name !== 'model' && !parameters.includes(name));
  if (unknown !== undefined && !takesAny) {
    const hint = suggest(unknown, own, own.length === 0 ? 'It takes none.' : `Its arguments: ${own.join(', ')}.`);
    throw new StrataError('macro-arguments', `Test "${spec.name}" has no argument "${unknown}".`, {}, { hint });
  }
  const required = REQUIRED.get(macro.unique_id);
  if (required === undefined) return;
  const lacking = required.find((name) => spec.kwargs[name] === undefined || spec.kwargs[name] === null);
  if (lacking !== undefined) throw lacks(spec, lacking);
  checkValues(spec);
}

function lacks({ name }: TestSpec, argument: string): StrataError {
  if (argument === 'column_name') {
    const hint = 'Write it below a column, or give "column_name" among its arguments.';
    return new StrataError('macro-arguments', `Test "${name}" does not say which column it is about.`, {}, { hint });
  }
  const hint = `Write "${argument}:" below "arguments:" of the test.`;
  return new StrataError('macro-arguments', `Test "${name}" needs the argument "${argument}".`, {}, { hint });
}

function checkValues({ name, kwargs }: TestSpec): void {
  const { values, to } = kwargs;
  const isTemplate = typeof values === 'string' && values.includes('{');
  if (values !== undefined && !Array.isArray(values) && !isTemplate) {
    throw new StrataError(
      'macro-arguments',
      `"values" of test "${name}" must be a list.`,
      {},
      { hint: 'Write [a, b].' },
    );
  }
  if (typeof to === 'string' && /^\s*(ref|source)\s*\((?!.*['"]\s*\)\s*$)/s.test(to)) {
    const hint = `Write ref('model') or source('source', 'table').`;
    throw new StrataError('macro-arguments', `"to" of test "${name}" cannot be read: ${to}`, {}, { hint });
  }
}
