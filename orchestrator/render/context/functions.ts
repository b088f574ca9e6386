import { createHash } from 'node:crypto';
import { dump, load } from 'js-yaml';
import { StrataError } from '../../errors.ts';
import type { BoundArguments } from '../../jinja/arguments.ts';
import { hostFunction } from '../../jinja/host.ts';
import { ReturnSignal } from '../../jinja/macro.ts';
import { callValue, iterateValue, parseTemplate } from '../../jinja/template.ts';
import { fromValue, isTrue, PyDict, PySet, PyTuple, toText, toValue, type Value } from '../../jinja/values.ts';
import { suggest } from '../../nearest.ts';
import type { Request } from '../requests.ts';
import { TableValue } from '../values/table-value.ts';
import type { TemplateScope } from './template-scope.ts';

type Body = (args: BoundArguments, scope: TemplateScope) => Value | Generator<Request, Value, unknown>;
type Entry = readonly [string, (scope: TemplateScope) => Value];

function define(name: string, parameters: readonly string[], body: Body): Entry {
  return [name, (scope) => hostFunction(name, parameters, (args) => body(args, scope))];
}

/** The functions of dbt's context that need little but their arguments. */
export const functionMembers: readonly Entry[] = [
  define('return', ['data?'], (args) => {
    throw new ReturnSignal(args.data ?? null);
  }),
  define('log', ['msg', 'info?'], (args, scope) => say(scope, isTrue(args.info) ? 'info' : 'debug', args.msg)),
  define('print', ['msg'], (args, scope) => say(scope, 'info', args.msg)),
  define('debug', [], () => ''),
  define('doc', ['*names'], (args, scope) => readDoc(args.names, scope)),
  define('fromjson', ['string', 'default?'], (args) =>
    attempt(() => toValue(JSON.parse(toText(args.string))), args.default),
  ),
  define('tojson', ['value', 'default?', 'sort_keys?'], (args) =>
    attempt(() => writeJson(fromValue(args.value), isTrue(args.sort_keys)), args.default),
  ),
  define('fromyaml', ['value', 'default?'], (args) => attempt(() => toValue(load(toText(args.value))), args.default)),
  define('toyaml', ['value', 'default?', 'sort_keys?'], (args) =>
    attempt(() => dump(fromValue(args.value), { sortKeys: isTrue(args.sort_keys) }), args.default),
  ),
  define('set', ['value', 'default?'], (args) => attempt(() => new PySet(iterateValue(args.value)), args.default)),
  define('set_strict', ['value'], (args) => new PySet(iterateValue(args.value))),
  define('zip', ['*lists', '**options'], (args) => {
    const fallback = args.options instanceof PyDict ? args.options.get('default') : undefined;
    return attempt(() => zip(args.lists), fallback);
  }),
  define('zip_strict', ['*lists'], (args) => zip(args.lists)),
  define('local_md5', ['value'], (args) => createHash('md5').update(toText(args.value)).digest('hex')),
  define('diff_of_two_dicts', ['dict_a', 'dict_b'], (args) => diffOfTwoDicts(args.dict_a, args.dict_b)),
  define('render', ['string'], (args, scope) => {
    return parseTemplate(toText(args.string), {
      file: scope.job.node.original_file_path,
      line: scope.job.node.line,
    }).start(scope.scope, scope.state) as Generator<Request, Value, unknown>;
  }),
  define('write', ['payload'], () => ''),
  define('store_result', ['name', 'response', 'agate_table?'], (args, scope) =>
    storeResult(scope, args.name, args.response, args.agate_table),
  ),
  define('store_raw_result', ['name', 'message?', 'code?', 'rows_affected?', 'agate_table?'], (args, scope) => {
    const response = PyDict.from({ _message: args.message, code: args.code, rows_affected: args.rows_affected });
    return storeResult(scope, args.name, response, args.agate_table);
  }),
  define('load_result', ['name'], (args, scope) => scope.results.get(toText(args.name)) ?? null),
  define('try_or_compiler_error', ['message_if_exception', 'func', '*rest', '**options'], (args, scope) => {
    const rest = Array.isArray(args.rest) ? args.rest : [];
    const options = args.options instanceof PyDict ? args.options : undefined;
    return callValue(args.func, rest, options, scope.state) as Generator<Request, Value, unknown>;
  }),
  define('metric', ['*names'], () => {
    throw new StrataError(
      'compiler-error',
      'metric() is not supported.',
      {},
      { hint: 'Query the model it is built on.' },
    );
  }),
];

function say(scope: TemplateScope, level: 'debug' | 'info', message: Value): string {
  scope.job.project.onMessage({ level, text: toText(message), node: scope.job.node.unique_id });
  return '';
}

function readDoc(names: Value, scope: TemplateScope): string {
  const [first, second] = Array.isArray(names) ? names.map(toText) : [];
  const { docs, rootPackage } = scope.job.project;
  const packages = second === undefined ? [scope.job.node.package_name, rootPackage] : [first ?? ''];
  const name = second ?? first ?? '';
  for (const packageName of packages) {
    const text = docs.get(`${packageName}.${name}`);
    if (text !== undefined) return text;
  }
  const known = [...docs.keys()].map((key) => key.slice(key.indexOf('.') + 1));
  throw new StrataError('doc-not-found', `doc("${name}") names no docs block.`, {}, { hint: suggest(name, known) });
}

/** dbt's readers give their default, or none, where the input cannot be read. */
function attempt(read: () => Value, fallback: Value): Value {
  try {
    return read();
  } catch {
    return fallback ?? null;
  }
}

/** JSON as Python's json.dumps prints it: a space after commas and colons. */
function writeJson(data: unknown, sortKeys: boolean): string {
  if (Array.isArray(data)) return `[${data.map((item) => writeJson(item, sortKeys)).join(', ')}]`;
  if (data === null || typeof data !== 'object') {
    return JSON.stringify(data).replace(/[\u0080-\uffff]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
  }
  const keys = Object.keys(data);
  if (sortKeys) keys.sort();
  const record = data as Record<string, unknown>;
  return `{${keys.map((key) => `${writeJson(key, sortKeys)}: ${writeJson(record[key], sortKeys)}`).join(', ')}}`;
}

function zip(lists: Value): Value[] {
  const columns = (Array.isArray(lists) ? lists : []).map((list) => [...iterateValue(list)]);
  const length = columns.length === 0 ? 0 : Math.min(...columns.map((column) => column.length));
  return Array.from({ length }, (_, index) => PyTuple.make(columns.map((column) => column[index])));
}

function diffOfTwoDicts(a: Value, b: Value): PyDict {
  const difference = new PyDict();
  if (!(a instanceof PyDict) || !(b instanceof PyDict)) return difference;
  for (const [key, values] of a.entries()) {
    const other = new Set(Array.isArray(b.get(key)) ? (b.get(key) as Value[]) : []);
    const rest = (Array.isArray(values) ? values : []).filter((value) => !other.has(value));
    if (rest.length > 0) difference.set(key, rest);
  }
  return difference;
}

function storeResult(scope: TemplateScope, name: Value, response: Value, table: Value): string {
  const data = table instanceof TableValue ? [...table.rows] : [];
  const stored = PyDict.from({ response, table: table ?? null, data });
  scope.results.set(toText(name), stored);
  return '';
}
