import { StrataError } from '../../errors.ts';
import { decodePosition, type Unit } from '../compiler/unit.ts';
import { ReturnSignal } from '../macro.ts';
import type { RenderState, StackEntry } from '../state.ts';

/** Gives an error the place where the template was, and the macros it was in; one that has a place stays as it is. */
export function locateError(error: unknown, position: number, state: RenderState, unit: Unit): unknown {
  if (error instanceof ReturnSignal) return error;
  const place = { file: unit.file, ...decodePosition(position) };
  if (!(error instanceof StrataError)) return translateError(error, place, describeStack(state.stack));
  if (error.place.file !== undefined) return error;
  const hint = joinHints(error.hint, describeStack(state.stack));
  return new StrataError(error.code, error.message, place, { hint, cause: error.cause });
}

type Place = ConstructorParameters<typeof StrataError>[2];

function translateError(error: unknown, place: Place, hint: string | undefined): StrataError {
  if (error instanceof RangeError) {
    return new StrataError('template-limit', 'The template nests values or calls too deeply.', place, {
      hint,
      cause: error,
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new StrataError('internal', message, place, { hint, cause: error });
}

function joinHints(hint: string | undefined, stack: string | undefined): string | undefined {
  return hint === undefined || stack === undefined ? (hint ?? stack) : `${hint} (${stack})`;
}

const shownEntries = 8;

/** `in macro a (macros/a.sql:4), called at models/x.sql:3`, innermost first. */
function describeStack(stack: readonly StackEntry[]): string | undefined {
  if (stack.length === 0) return undefined;
  const entries = countRepeats(stack.map(describeEntry).reverse());
  const text = entries.slice(0, shownEntries).join('; ');
  return entries.length > shownEntries ? `${text}; and ${entries.length - shownEntries} more` : text;
}

/** A macro that calls itself is named once, with how often. */
function countRepeats(entries: readonly string[]): readonly string[] {
  const counted: { readonly text: string; count: number }[] = [];
  for (const text of entries) {
    const last = counted.at(-1);
    if (last?.text === text) last.count += 1;
    else counted.push({ text, count: 1 });
  }
  return counted.map(({ text, count }) => (count === 1 ? text : `${text}, ${count} times`));
}

function describeEntry({ macro, site }: StackEntry): string {
  const { file, line, isCaller } = macro.definition;
  const where = isCaller ? `in the call block (${file}:${line})` : `in macro ${macro.name} (${file}:${line})`;
  return site === undefined ? where : `${where}, called at ${site.file}:${site.line}`;
}
