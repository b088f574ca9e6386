import { StrataError } from '../errors.ts';

/**
 * An error of a statement that holds a node's SQL, with the line it points at counted as in the compiled file, which is
 * what its reader opens. Statements begin with a line of their own, such as `create table … as`.
 */
export function pointIntoCompiled(error: unknown, statement: string, compiled: string): unknown {
  if (!(error instanceof StrataError) || error.code !== 'database-error' || compiled.trim() === '') return error;
  const at = statement.indexOf(compiled.trim().replace(/[\s;]+$/, ''));
  if (at === -1) return error;
  const shift = countLines(statement.slice(0, at)) - countLines(compiled.slice(0, compiled.search(/\S/)));
  const message = error.message.replace(excerpt, (whole, line: string, text: string, indent: string) => {
    const moved = Number(line) - shift;
    const narrower = line.length - String(moved).length;
    return moved < 1 ? whole : `LINE ${moved}: ${text}\n${indent.slice(narrower)}^`;
  });
  if (message === error.message) return error;
  return new StrataError(error.code, message, error.place, { hint: error.hint, cause: error.cause });
}

/** What DuckDB, Postgres and Strata itself say of a place: the line, and a caret below it. */
const excerpt = /^LINE (\d+): (.*)\n( *)\^/m;

function countLines(text: string): number {
  return text.split('\n').length - 1;
}
