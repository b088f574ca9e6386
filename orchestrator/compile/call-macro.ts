import { StrataError } from '../errors.ts';
import { callValue } from '../jinja/template.ts';
import { fromValue, toValue } from '../jinja/values.ts';
import { blankNode } from '../manifest/blank-node.ts';
import type { Node } from '../manifest/node.ts';
import { NodeScope } from '../render/context/node-scope.ts';
import type { Request } from '../render/requests.ts';
import type { CompileEnv } from './compile-env.ts';
import { NodeResolver } from './node-resolver.ts';

/** A node to call project macros from when no node of the project is meant: hooks of a run, `default_as_of_date`. */
export function operationNode(name: string, rawCode: string, env: Pick<CompileEnv, 'project'>): Node {
  const { target, rootPackage } = env.project;
  return blankNode({
    resource_type: 'operation',
    unique_id: `operation.${rootPackage}.${name}`,
    name,
    package_name: rootPackage,
    path: `hooks/${name}.sql`,
    original_file_path: 'dbt_project.yml',
    fqn: [rootPackage, 'hooks', name],
    database: target.database,
    schema: target.schema,
    raw_code: rawCode,
  });
}

/** Calls a macro of the project with plain data and gives what it returns, as plain data. */
export function* callMacro(
  name: string,
  args: readonly unknown[],
  env: CompileEnv,
): Generator<Request, unknown, unknown> {
  const node = operationNode(name, '', env);
  const resolver = new NodeResolver(node, env);
  const scope = new NodeScope({ project: env.project, node, execute: true, resolver, extra: {} });
  const macro = env.project.registry.find(name, node.package_name);
  if (macro === undefined) throw new StrataError('macro-not-found', `There is no macro "${name}".`);
  const call = callValue(scope.bindMacro(macro), args.map(toValue), undefined, scope.state);
  return fromValue(yield* call as Generator<Request, never, unknown>);
}
