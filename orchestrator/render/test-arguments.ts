import { evaluateNative } from '../jinja/template.ts';
import { PyDict, toValue, type Value } from '../jinja/values.ts';
import type { TestMetadata } from '../manifest/node.ts';
import type { TemplateScope } from './context/template-scope.ts';
import { readStaticTemplate } from './static-template.ts';

/** A value such as `ref('x')` is an expression although it has no braces. */
const callText = /^\s*(?:env_var|ref|var|source|doc)\s*\(.+\)\s*$/;

/**
 * The arguments of a generic test as its macro gets them: text with Jinja, or that reads like a call, is evaluated in
 * the test's own context; a column name is always text.
 */
export function testArguments(metadata: TestMetadata, scope: TemplateScope): PyDict {
  const values = Object.entries(metadata.kwargs).map(([name, value]): [string, Value] => [
    name,
    name === 'column_name' ? toValue(value) : evaluateDeep(value, scope),
  ]);
  return new PyDict(values);
}

function evaluateDeep(value: unknown, scope: TemplateScope): Value {
  if (typeof value === 'string') return evaluateText(value, scope);
  if (Array.isArray(value)) return value.map((item) => evaluateDeep(item, scope));
  if (value !== null && typeof value === 'object') {
    return new PyDict(Object.entries(value).map(([key, item]) => [key, evaluateDeep(item, scope)]));
  }
  return toValue(value);
}

/** What parsing writes for the argument `model` of every generic test. */
const modelText = /^\{\{ get_where_subquery\((.+)\) \}\}$/s;

/**
 * The relation a test is about, without running the template that says so: where nothing is filtered,
 * get_where_subquery gives back what it gets. Undefined where that is not certain.
 */
function findRelation(text: string, { job }: TemplateScope): Value {
  const { node, project, execute, resolver } = job;
  const call = modelText.exec(text)?.[1];
  if (call === undefined || !execute || node.config['where'] || !project.registry.hasPlainNames(node.package_name)) {
    return undefined;
  }
  if (!project.registry.isBuiltin('get_where_subquery', node.package_name)) return undefined;
  const piece = readStaticTemplate(`{{ ${call} }}`)?.find(({ kind }) => kind !== 'text');
  if (piece?.kind === 'ref') return resolver.ref(piece.ref);
  return piece?.kind === 'source' ? resolver.source(...piece.source) : undefined;
}

function evaluateText(text: string, scope: TemplateScope): Value {
  const relation = findRelation(text, scope);
  if (relation !== undefined) return relation;
  const source = callText.test(text) ? `{{ ${text} }}` : text;
  if (!source.includes('{{') && !source.includes('{%')) return text;
  const { node } = scope.job;
  return evaluateNative(source, scope.scope, scope.state, { file: node.original_file_path, line: node.line });
}
