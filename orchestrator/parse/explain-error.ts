import { type Place, StrataError } from '../errors.ts';
import { suggest } from '../nearest.ts';
import type { ParseContext } from './parse-context.ts';

/** Where a template that failed belongs. */
export interface FailedTemplate {
  readonly packageName: string;
  readonly code: string;
  readonly place: Place;
}

/**
 * Says what a failed template's author has to know: an undefined name is most often a misspelt macro or a package
 * that is not installed. Errors without a place get the template's.
 */
export function explainError(error: StrataError, context: ParseContext, template: FailedTemplate): StrataError {
  const place = error.place.file === undefined ? template.place : error.place;
  const name = /^'(\w+)' is undefined\.?$/.exec(error.message)?.[1];
  if (name !== undefined) return undefinedName(name, error, context, place);
  const member = /^'package object' has no attribute '(\w+)'\.?$/.exec(error.message)?.[1];
  if (member !== undefined) return missingMember(member, error, context, { ...template, place });
  return place === error.place ? error : new StrataError(error.code, error.message, place, error);
}

const CONTEXT_NAMES = [
  ...['ref', 'source', 'var', 'env_var', 'config', 'this', 'target', 'model', 'adapter', 'execute', 'run_query'],
  ...['statement', 'exceptions', 'log', 'print', 'return', 'is_incremental', 'modules', 'graph', 'doc'],
];

function undefinedName(name: string, error: StrataError, context: ParseContext, place: Place): StrataError {
  const message = `"${name}" is no macro, package or variable here${traceOf(error)}.`;
  const packages = [...context.render.packages.keys()].filter((one) => one !== context.render.rootPackage);
  const installed =
    packages.length === 0 ? 'No packages are installed.' : `Installed packages: ${packages.join(', ')}.`;
  const hint = context.render.registry.suggestMacro(name, undefined) ?? suggest(name, CONTEXT_NAMES, installed);
  return new StrataError('macro-not-found', message, place, { hint, cause: error });
}

function missingMember(name: string, error: StrataError, context: ParseContext, template: FailedTemplate): StrataError {
  const owner = new RegExp(`(\\w+)\\s*\\.\\s*${name}\\b`).exec(template.code)?.[1];
  const { registry } = context.render;
  const known = owner !== undefined && registry.hasPackage(owner) ? owner : undefined;
  const where = known === undefined ? 'The package' : `Package "${known}"`;
  const message = `${where} has no macro "${name}"${traceOf(error)}.`;
  const hint = registry.suggestMacro(name, known);
  return new StrataError('macro-not-found', message, template.place, { hint, cause: error });
}

/** The macros an error came through, as the template language reports them. */
function traceOf(error: StrataError): string {
  return error.hint?.startsWith('in macro ') === true ? ` ${error.hint}` : '';
}
