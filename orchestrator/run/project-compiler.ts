import { callMacro } from '../compile/call-macro.ts';
import type { CompileEnv } from '../compile/compile-env.ts';
import { compileNode, compileText } from '../compile/compile-node.ts';
import { renderQueryComment } from '../compile/query-comment.ts';
import { fileExpression } from '../compile/source-file.ts';
import type { Node } from '../manifest/node.ts';
import type { Request } from '../render/requests.ts';
import { findVar } from '../render/vars.ts';
import type { NodeCompiler, RelationOverrides } from './compiler.ts';

const asOfMacro = 'default_as_of_date';
const asOfVariable = 'as_of_date';

/** The compiler of a project for one invocation. */
export function createCompiler(env: CompileEnv): NodeCompiler {
  let current = env;
  const within = (overrides: RelationOverrides): CompileEnv =>
    overrides.size === 0
      ? current
      : { ...current, relationOverrides: new Map([...current.relationOverrides, ...overrides]) };
  return {
    compileNode: (node, overrides) => compileNode(node, within(overrides)),
    compileHook: (node: Node, template: string, extra = {}) => compileText(template, node, current, extra),
    queryComment: (node) => (env.queryComment === null ? null : renderQueryComment(env.queryComment, node, current)),
    fileExpression: (source, dialect) =>
      fileExpression(source, { project: { ...env.project, dialect }, projectFolder: env.projectFolder }),
    readFrom: (relations) => {
      current = within(relations);
    },
    asOf: readAsOf(env),
    targetSchema: { database: env.project.target.database, schema: env.project.target.schema },
    resolveAsOf: leavesAsOfOpen(env)
      ? function* () {
          const asOf = yield* callAsOfMacro(current);
          const { overrideVars } = env.project;
          current = {
            ...current,
            project: { ...env.project, overrideVars: { ...overrideVars, [asOfVariable]: asOf } },
          };
          return asOf;
        }
      : null,
  };
}

/** The as_of_date a project or its user has set, null where it is open or means nothing to the project. */
function readAsOf({ project }: CompileEnv): string | null {
  const value = findVar(project, project.rootPackage, asOfVariable);
  return value === undefined || value === null ? null : String(value);
}

function leavesAsOfOpen(env: CompileEnv): boolean {
  const { registry, rootPackage } = env.project;
  return readAsOf(env) === null && registry.find(asOfMacro, rootPackage) !== undefined;
}

function* callAsOfMacro(env: CompileEnv): Generator<Request, string | null, unknown> {
  const value = yield* callMacro(asOfMacro, [], env);
  return value === undefined || value === null ? null : String(value).trim();
}
