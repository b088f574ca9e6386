import { StrataError } from '../errors.ts';
import { isMapping } from '../manifest/json.ts';
import type { ConfigLayer } from './config-tree.ts';
import type { TestYaml } from './properties-schema.ts';
import { pythonRepr } from './python-text.ts';
import { nameTest } from './test-names.ts';

/** What a generic test is declared on. */
export interface TestTarget {
  /** `ref('a')` or `source('a', 'b')`. */
  readonly call: string;
  /** Name of the resource in the test's name. */
  readonly label: string;
  readonly isSource: boolean;
}

/** A test as written in YAML, taken apart. */
export interface TestSpec {
  readonly namespace: string | null;
  readonly name: string;
  /** Arguments of the test's macro, `model` and `column_name` among them. */
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly config: ConfigLayer;
  readonly description: string;
  /** The name of the node: in full for its id, short for files and relations. */
  readonly fullName: string;
  readonly shortName: string;
}

/** Settings that may stand among a test's arguments, where dbt had them first. */
const LEGACY_SETTINGS = [
  'severity',
  'tags',
  'enabled',
  'where',
  'limit',
  'warn_if',
  'error_if',
  'fail_calc',
  'store_failures',
  'store_failures_as',
  'meta',
  'database',
  'schema',
  'alias',
] as const;

type Arguments = Record<string, unknown>;

/** Takes a test of a properties file apart as dbt does. Throws `yaml-invalid`. */
export function readTest(written: TestYaml, target: TestTarget, columnName: string | null): TestSpec {
  const { calledName, args } = splitTest(written);
  const match = /^(?:([A-Za-z_]\w*)\.)?([A-Za-z_]\w*)$/.exec(calledName);
  if (match === null) throw new StrataError('yaml-invalid', `"${calledName}" cannot name a test.`);
  const [, namespace = null, name = ''] = match;
  if (columnName !== null) args['column_name'] = columnName;
  if ('model' in args) throw new StrataError('yaml-invalid', `Test "${name}" may not have the argument "model".`);
  args['model'] = `{{ get_where_subquery(${target.call}) }}`;
  const config = takeConfig(name, args);
  const description = String(takeKey(args, 'description') ?? '');
  const ownName = takeKey(args, 'name');
  if (ownName !== undefined) {
    const named = { fullName: String(ownName), shortName: String(ownName) };
    return { namespace, name, kwargs: args, config, description, ...named };
  }
  const kind = `${namespace === null ? '' : `${namespace}_`}${target.isSource ? 'source_' : ''}${name}`;
  const { full, short } = nameTest(kind, target.label, args);
  if (short !== full && config['alias'] === undefined) config['alias'] = short;
  return { namespace, name, kwargs: args, config, description, fullName: full, shortName: short };
}

function splitTest(written: TestYaml): { calledName: string; args: Arguments } {
  if (typeof written === 'string') return { calledName: written, args: {} };
  if (typeof written['test_name'] === 'string') {
    const { test_name: calledName, ...rest } = written;
    return { calledName: String(calledName), args: flatten(String(calledName), rest) };
  }
  const [first, ...others] = Object.entries(written);
  if (first === undefined) throw new StrataError('yaml-invalid', 'A test is an empty mapping.');
  if (others.length > 0) {
    const keys = Object.keys(written).join(', ');
    throw new StrataError(
      'yaml-invalid',
      `A test has several keys: ${keys}.`,
      {},
      {
        hint: 'Indent its arguments below its name.',
      },
    );
  }
  const [calledName, args] = first;
  return { calledName, args: flatten(calledName, args) };
}

/** The arguments of a test, wherever they stand: beside `config`, or under `arguments`. */
function flatten(calledName: string, written: unknown): Arguments {
  if (written === null || written === undefined) return {};
  if (!isMapping(written)) {
    throw new StrataError('yaml-invalid', `Test "${calledName}" must hold a mapping of arguments.`);
  }
  const { arguments: nested, ...beside } = written;
  if (nested === undefined || nested === null) return beside;
  if (!isMapping(nested)) {
    throw new StrataError('yaml-invalid', `"arguments" of test "${calledName}" must be a mapping.`);
  }
  return { ...beside, ...nested };
}

function takeConfig(name: string, args: Arguments): Record<string, unknown> {
  const written = takeKey(args, 'config') ?? {};
  if (!isMapping(written)) throw new StrataError('yaml-invalid', `"config" of test "${name}" must be a mapping.`);
  const nested: Arguments = { ...written };
  const config: Record<string, unknown> = {};
  for (const key of LEGACY_SETTINGS) {
    const beside = takeKey(args, key);
    if (beside !== undefined && beside !== null && key in nested) {
      throw new StrataError('yaml-invalid', `Test "${name}" has "${key}" both beside and inside "config".`);
    }
    const value = beside ?? takeKey(nested, key);
    if (value !== undefined && value !== null) config[key] = value;
  }
  return { ...config, ...nested };
}

function takeKey(args: Arguments, key: string): unknown {
  if (!(key in args)) return undefined;
  const value = args[key];
  delete args[key];
  return value;
}

/** The code of a generic test: a call of its macro, and its settings. */
export function testCode(spec: TestSpec): { readonly call: string; readonly config: string } {
  const macro = `${spec.namespace === null ? '' : `${spec.namespace}.`}test_${spec.name}`;
  const settings = Object.entries(spec.config).map(([key, value]) => `${key}=${literal(value)}`);
  return {
    call: `{{ ${macro}(**_dbt_generic_test_kwargs) }}`,
    config: settings.length === 0 ? '' : `{{ config(${settings.join(',')}) }}`,
  };
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `"${value.replaceAll('"', '\\"')}"` : pythonRepr(value);
}
