import type { Adapter, Session } from '../adapters/adapter.ts';
import { operationNode } from '../compile/call-macro.ts';
import type { CompileEnv } from '../compile/compile-env.ts';
import type { Node } from '../manifest/node.ts';
import type { Request } from '../render/requests.ts';
import { finishRendering, startRendering } from '../run/answer-requests.ts';
import { nameLandings } from '../run/external-sources.ts';
import { createCompiler } from '../run/project-compiler.ts';
import { RelationCache } from '../run/relation-cache.ts';
import { type CompilableProject, createCompileEnv } from './open-project.ts';

/** Compiles single nodes and texts on one session, outside a run. */
export interface CompileSession {
  readonly session: Session;
  compileNode(node: Node): Promise<string>;
  /** SQL from the command line, with everything a model may use. */
  compileInline(sql: string): Promise<string>;
}

/**
 * Opens a session to compile on. Files that the warehouse cannot read are read where the last build put them, and
 * `as_of_date` is settled first where the project leaves it open.
 */
export async function openCompileSession(opened: CompilableProject, adapter: Adapter): Promise<CompileSession> {
  const env = createCompileEnv(opened, []);
  const compiler = createCompiler(env);
  compiler.readFrom(nameLandings(opened.manifest, compiler, adapter.dialect));
  const session = await adapter.openSession();
  const cache = new RelationCache();
  const host = { session, dialect: adapter.dialect, cache };
  const finish = <Result>(generator: Generator<Request, Result, unknown>): Promise<Result> =>
    finishRendering(startRendering(generator, cache), host);
  if (compiler.resolveAsOf !== null) await finish(compiler.resolveAsOf());
  return {
    session,
    compileNode: async (node) => (await finish(compiler.compileNode(node, new Map()))).sql,
    compileInline: (sql) => finish(compiler.compileHook(inlineNode(sql, env), sql)),
  };
}

/** Messages about SQL from the command line give the flag as its place. */
function inlineNode(sql: string, env: CompileEnv): Node {
  return { ...operationNode('inline_query', sql, env), original_file_path: '--inline' };
}
