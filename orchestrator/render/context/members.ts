import { StrataError } from '../../errors.ts';
import { HostFunction, type HostFunctionBody, HostObject, hostFunction, type Pending } from '../../jinja/host.ts';
import { parseTemplate } from '../../jinja/template.ts';
import { PyDict, toText, toValue, type Value } from '../../jinja/values.ts';
import type { RefArgs } from '../../manifest/node.ts';
import { DateTimeValue } from '../modules/datetime-value.ts';
import { modulesValue } from '../modules/modules.ts';
import { RelationValue } from '../values/relation-value.ts';
import { findVar, requireVar } from '../vars.ts';
import { AdapterValue } from './adapter-value.ts';
import { ApiValue } from './api-value.ts';
import { ConfigValue } from './config-value.ts';
import { ExceptionsValue } from './exceptions.ts';
import { functionMembers } from './functions.ts';
import type { TemplateScope } from './template-scope.ts';

type Member = (scope: TemplateScope) => Value;

/** The version of dbt whose behaviour templates may ask for by `dbt_version`. */
const dbtVersion = '1.11.0';

/** dbt's context: each name and how its value is made for a node. */
export const contextMembers: ReadonlyMap<string, Member> = new Map<string, Member>([
  ...functionMembers,
  ['ref', (scope) => refFunction(scope)],
  ['source', (scope) => sourceFunction(scope)],
  ['config', (scope) => new ConfigValue(scope.job)],
  ['var', (scope) => new VarValue(scope)],
  ['env_var', (scope) => envVarFunction(scope)],
  ['adapter', (scope) => new AdapterValue(scope)],
  ['api', (scope) => new ApiValue(scope.job.project)],
  ['exceptions', (scope) => new ExceptionsValue(scope.job)],
  ['modules', () => modulesValue],
  ['execute', (scope) => scope.job.execute],
  ['this', (scope) => thisRelation(scope)],
  ['model', (scope) => toValue(scope.job.resolver.describeModel())],
  ['graph', (scope) => graphValue(scope)],
  ['selected_resources', (scope) => toValue(scope.job.resolver.selectedResources())],
  ['target', (scope) => toValue(scope.job.project.target)],
  ['env', (scope) => toValue(scope.job.project.target)],
  ['database', (scope) => scope.job.node.database],
  ['schema', (scope) => scope.job.node.schema],
  ['project_name', (scope) => scope.job.project.rootPackage],
  ['connection_name', (scope) => scope.job.node.unique_id],
  ['invocation_id', (scope) => scope.job.project.invocation.id],
  ['run_started_at', (scope) => DateTimeValue.utc(scope.job.project.invocation.startedAt)],
  ['invocation_args_dict', (scope) => toValue(scope.job.project.invocation.args)],
  ['dbt_metadata_envs', () => new PyDict()],
  ['dbt_version', () => dbtVersion],
  ['thread_id', () => 'Thread-1'],
  ['flags', (scope) => flagsValue(scope)],
  ['builtins', (scope) => builtinsValue(scope)],
  ['context', (scope) => new ContextValue(scope)],
  ['pre_hooks', (scope) => toValue(scope.job.node.config['pre-hook'] ?? [])],
  ['post_hooks', (scope) => toValue(scope.job.node.config['post-hook'] ?? [])],
]);

function refFunction(scope: TemplateScope): Value {
  return new RefFunction(scope, (args) => {
    const names = toNames(args.names);
    const options = args.options;
    const version = options instanceof PyDict ? (options.get('version') ?? options.get('v') ?? null) : null;
    const [first, second] = names;
    if (first === undefined || names.length > 2) {
      throw new StrataError('macro-arguments', `ref() takes a name, or a package and a name, not ${names.length}.`);
    }
    const ref: RefArgs = {
      name: second ?? first,
      package: second === undefined ? null : first,
      version: typeof version === 'string' || typeof version === 'number' ? version : null,
    };
    return scope.job.resolver.ref(ref);
  });
}

function sourceFunction(scope: TemplateScope): Value {
  return hostFunction('source', ['*names'], (args) => {
    const [sourceName, tableName, ...rest] = toNames(args.names);
    if (sourceName === undefined || tableName === undefined || rest.length > 0) {
      throw new StrataError('macro-arguments', 'source() takes the name of a source and of its table.');
    }
    return scope.job.resolver.source(sourceName, tableName);
  });
}

function toNames(names: Value): string[] {
  return Array.isArray(names) ? names.map(toText) : [];
}

function envVarFunction(scope: TemplateScope): Value {
  return hostFunction('env_var', ['name', 'default?'], (args) => {
    const name = toText(args.name);
    if (name.startsWith('DBT_ENV_SECRET')) {
      throw new StrataError(
        'env-var-missing',
        `env_var("${name}") is secret and may be used only in profiles.yml and packages.yml.`,
      );
    }
    const value = scope.job.project.readEnv(name) ?? args.default;
    if (value === undefined) {
      throw new StrataError(
        'env-var-missing',
        `env_var("${name}") is not set and has no default.`,
        {},
        { hint: `Set ${name} in the environment, or give a default: env_var('${name}', '…').` },
      );
    }
    return value;
  });
}

function thisRelation(scope: TemplateScope): Value {
  const { node, project } = scope.job;
  const { database, schema, alias } = node;
  const relation = { database, schema, identifier: alias, quote: project.quoting };
  return new RelationValue(relation, project.dialect);
}

function flagsValue(scope: TemplateScope): Value {
  const { which, fullRefresh, storeFailures, args } = scope.job.project.invocation;
  return toValue({
    ...args,
    FULL_REFRESH: fullRefresh,
    STORE_FAILURES: storeFailures,
    WHICH: which,
    WARN_ERROR: false,
    EMPTY: false,
    INTROSPECT: true,
  });
}

/** A large manifest takes a while to become a value, so it is done once for all nodes that look at it. */
const graphValues = new WeakMap<object, Value>();

function graphValue(scope: TemplateScope): Value {
  const graph = scope.job.resolver.describeGraph();
  const value = graphValues.get(graph) ?? toValue(graph);
  graphValues.set(graph, value);
  return value;
}

function builtinsValue(scope: TemplateScope): Value {
  const builtins = new PyDict();
  for (const name of ['ref', 'source', 'config', 'var', 'env_var']) builtins.set(name, scope.member(name));
  return builtins;
}

/** How many variables may be read on the way to the value of one. */
const maxVarDepth = 50;

/** Packages ask dbt's own object behind `ref` for their version, which it has no other way to tell. */
class RefFunction extends HostFunction {
  readonly #scope: TemplateScope;

  constructor(scope: TemplateScope, body: HostFunctionBody) {
    super('ref', ['*names', '**options'], body);
    this.#scope = scope;
  }

  override getAttribute(name: string): Value {
    return name === 'config' ? describeProject(this.#scope) : super.getAttribute(name);
  }
}

function describeProject({ job: { project } }: TemplateScope): Value {
  const describe = (name: string) => ({ project_name: name, version: project.packages.get(name)?.version ?? null });
  const dependencies = Object.fromEntries([...project.packages.keys()].map((name) => [name, describe(name)]));
  return toValue({ ...describe(project.rootPackage), dependencies });
}

/** `var`: called, it gives a variable; `var.has_var` asks whether it is set. */
class VarValue extends HostObject {
  readonly typeName = 'var';
  readonly #scope: TemplateScope;
  #depth = 0;

  constructor(scope: TemplateScope) {
    super();
    this.#scope = scope;
  }

  override getAttribute(name: string): Value {
    const { project, node } = this.#scope.job;
    if (name !== 'has_var') return undefined;
    return hostFunction(name, ['name'], (args) => {
      return findVar(project, node.package_name, toText(args.name)) !== undefined;
    });
  }

  override call(args: readonly Value[], kwargs: PyDict | undefined): Value | Pending {
    const { project, node } = this.#scope.job;
    const name = toText(args[0] ?? kwargs?.get('var') ?? kwargs?.get('name'));
    const fallback = args.length > 1 ? args[1] : kwargs?.get('default');
    const found = findVar(project, node.package_name, name);
    if (found === undefined && fallback !== undefined) return fallback;
    const value = found ?? requireVar(project, node.package_name, name);
    return typeof value === 'string' && value.includes('{') ? this.#render(value) : toValue(value);
  }

  /** A variable may hold a template, such as the `ref` a package is to read; it sees what the node sees. */
  *#render(source: string): Pending {
    const { job, scope, state } = this.#scope;
    if (this.#depth >= maxVarDepth) {
      throw new StrataError('template-runtime', 'Variables that hold templates lead to each other without end.');
    }
    this.#depth += 1;
    try {
      return yield* parseTemplate(source, { file: job.node.original_file_path, line: job.node.line }).start(
        scope,
        state,
      );
    } finally {
      this.#depth -= 1;
    }
  }
}

/** `context`: the names themselves, by key. */
class ContextValue extends HostObject {
  readonly typeName = 'context';
  readonly #scope: TemplateScope;

  constructor(scope: TemplateScope) {
    super();
    this.#scope = scope;
  }

  override hasItem(key: Value): boolean {
    return this.#scope.scope.has(toText(key));
  }

  override getItem(key: Value): Value {
    return this.#scope.scope.get(toText(key));
  }

  override getAttribute(name: string): Value {
    if (name !== 'get') return this.#scope.scope.get(name);
    return hostFunction('get', ['name', 'default?'], (args) => {
      const found = this.#scope.scope.get(toText(args.name));
      return found === undefined ? (args.default ?? null) : found;
    });
  }
}
