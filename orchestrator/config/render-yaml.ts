import { StrataError } from '../errors.ts';
import { hostFunction } from '../jinja/host.ts';
import { createGlobals, Scope } from '../jinja/scope.ts';
import { RenderState } from '../jinja/state.ts';
import { evaluateNative } from '../jinja/template.ts';
import { fromValue, toValue, type Value } from '../jinja/values.ts';
import { suggest } from '../nearest.ts';
import { nativeFilters } from './native-filters.ts';
import type { YamlDocument } from './yaml.ts';
import type { YamlPath } from './yaml-positions.ts';

/** What templates in dbt_project.yml, profiles.yml and packages.yml may use. */
export interface YamlContext {
  /** Reads an environment variable. */
  readonly env: (name: string) => string | undefined;
  /** Why a variable may not be read here; undefined when it may. */
  readonly refuseEnv?: (name: string) => string | undefined;
  /** `--vars`. */
  readonly vars: Readonly<Record<string, unknown>>;
  /** Finds a variable where more than `--vars` is known. */
  readonly findVar?: (name: string) => unknown;
  /** Finds the text of a docs block by the arguments of doc(). */
  readonly findDoc?: (names: readonly string[]) => string;
  /** `target`, once the connection is known. */
  readonly target?: Readonly<Record<string, unknown>>;
}

/** Renders one template natively: a single expression gives its value, anything else text. */
export type RenderText = (source: string, path: YamlPath) => unknown;

/** Makes the function that renders a document's templates. */
export function createYamlRenderer(document: YamlDocument, context: YamlContext): RenderText {
  const globals = createGlobals();
  globals.set('env_var', envVarFunction(context));
  globals.set('var', varFunction(context));
  if (context.findDoc !== undefined) globals.set('doc', docFunction(context.findDoc));
  if (context.target !== undefined) globals.set('target', toValue(context.target));
  const known = ['env_var', 'var', ...(context.findDoc ? ['doc'] : []), ...(context.target ? ['target'] : [])];
  return (source, path) => {
    if (!source.includes('{{') && !source.includes('{%')) return source;
    const place = document.locate(path);
    try {
      return fromValue(
        evaluateNative(source, new Scope(globals), new RenderState(), { file: document.file, filters: nativeFilters }),
      );
    } catch (error) {
      // The template's own line counts from its first character, the file's line is what helps.
      if (!(error instanceof StrataError)) throw error;
      const hint = error.hint ?? explainUndefined(error.message, known);
      throw new StrataError(error.code, error.message, place, { hint, cause: error.cause });
    }
  };
}

/** Which names there are, where a template uses another one. */
function explainUndefined(message: string, known: readonly string[]): string | undefined {
  const name = /^'(\w+)' is undefined/.exec(message)?.[1];
  return name === undefined ? undefined : suggest(name, known, `Known here: ${known.join(', ')}.`);
}

/** Renders all texts of a value except below paths that `skip` names. Errors are collected, the source text kept. */
export function renderTree(
  value: unknown,
  render: RenderText,
  errors: StrataError[],
  skip: (path: YamlPath) => boolean = () => false,
): unknown {
  const visit = (part: unknown, path: YamlPath): unknown => {
    if (typeof part === 'string') return renderOne(part, path, render, errors);
    if (part === null || typeof part !== 'object' || skip(path)) return part;
    if (Array.isArray(part)) return part.map((item, index) => visit(item, [...path, index]));
    return Object.fromEntries(
      Object.entries(part).map(([key, item]) => {
        const at = [...path, key];
        return [key, skip(at) ? item : visit(item, at)];
      }),
    );
  };
  return visit(value, []);
}

function renderOne(source: string, path: YamlPath, render: RenderText, errors: StrataError[]): unknown {
  try {
    return render(source, path);
  } catch (error) {
    if (!(error instanceof StrataError)) throw error;
    errors.push(error);
    return source;
  }
}

function envVarFunction(context: YamlContext): Value {
  return hostFunction('env_var', ['var', 'default?'], (args) => {
    const name = String(args['var']);
    const refusal = context.refuseEnv?.(name);
    if (refusal !== undefined) throw new StrataError('env-var-missing', refusal);
    const value = context.env(name) ?? args['default'];
    if (value !== undefined && value !== null) return value;
    throw new StrataError(
      'env-var-missing',
      `Environment variable "${name}" is not set and has no default.`,
      {},
      {
        hint: `Set ${name}, or write env_var("${name}", "a default").`,
      },
    );
  });
}

function varFunction(context: YamlContext): Value {
  return hostFunction('var', ['name', 'default?'], (args) => {
    const name = String(args['name']);
    const found = context.findVar === undefined ? ownValue(context.vars, name) : context.findVar(name);
    if (found !== undefined) return toValue(found);
    if (args['default'] !== undefined) return args['default'];
    const nowhere = context.findVar === undefined ? 'Here only variables given with --vars are known.' : undefined;
    throw new StrataError(
      'var-missing',
      `var("${name}") is not set and has no default.`,
      {},
      {
        hint: suggest(
          name,
          Object.keys(context.vars),
          nowhere ?? 'Set it under "vars:" in dbt_project.yml or with --vars.',
        ),
      },
    );
  });
}

function docFunction(findDoc: (names: readonly string[]) => string): Value {
  return hostFunction('doc', ['first', 'second?'], (args) =>
    findDoc([args['first'], args['second']].filter((name) => name !== undefined).map(String)),
  );
}

function ownValue(values: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
