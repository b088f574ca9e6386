import type { Adapter } from '../../adapters/adapter.ts';
import { StrataError } from '../../errors.ts';
import type { Node } from '../../manifest/node.ts';
import type { ResultTable } from '../../manifest/results.ts';
import { pointIntoCompiled } from '../../run/point-into-compiled.ts';
import { type CommandContext, exitCodes } from '../command.ts';
import { type CompileSession, openCompileSession } from '../compile-session.ts';
import { withAdapter } from '../connect.ts';
import { type CompilableProject, type OpenedProject, openProject } from '../open-project.ts';
import { selectFromFlags } from '../select-from-flags.ts';
import { formatTable, toRecords } from '../table.ts';

const DEFAULT_LIMIT = 5;
/** Wide texts are cut on a terminal, never where the output is read by something else. */
const CELL_WIDTH = 60;

/** Runs a query and prints its first rows. */
export async function showRows(context: CommandContext): Promise<number> {
  const { flags } = context;
  const inline = flags.text('inline');
  if ((inline === undefined) === (flags.list('select') === undefined)) {
    const hint = 'Write strata show --select fct_orders, or --inline "select 1".';
    throw new StrataError('usage', 'strata show needs either --select or --inline.', {}, { hint });
  }
  const opened = await openProject(context, 'show');
  const nodes = inline === undefined ? selectShown(opened, context) : [];
  if (inline === undefined && nodes.length === 0) return exitCodes.ok;
  const show = async (adapter: Adapter): Promise<void> => {
    const stop = (): void => void adapter.close();
    context.signal.addEventListener('abort', stop);
    const compile = await openCompileSession(
      flags.isOn('unpublished') ? inlineParents(opened, nodes) : opened,
      adapter,
    );
    if (inline !== undefined)
      await showQuery({ name: 'inline' }, await compile.compileInline(inline), { compile, context });
    for (const node of nodes) {
      // Of several tables each needs its name; JSON says it by itself.
      if (nodes.length > 1 && flags.text('output') !== 'json') context.reporter.print(`${node.name}:`);
      await showQuery(node, await queryOf(node, compile, adapter), { compile, context });
    }
    context.signal.removeEventListener('abort', stop);
  };
  await withAdapter(opened.project, show, { readsOnly: true });
  return exitCodes.ok;
}

function selectShown(opened: OpenedProject, context: CommandContext): readonly Node[] {
  return selectFromFlags(opened, context, 'show').flatMap((id) => opened.manifest.nodes[id] ?? []);
}

/** A model is shown as its SQL would give it now; what has no query of its own as its table holds it. */
async function queryOf(node: Node, compile: CompileSession, { dialect }: Adapter): Promise<string> {
  const isTable = node.resource_type === 'seed' || node.config.materialized === 'score';
  if (!isTable) return compile.compileNode(node);
  const { database, schema, alias } = node;
  return `select * from ${dialect.renderRelation({ database, schema, identifier: alias })}`;
}

type Shown = Pick<Node, 'name'> & Partial<Pick<Node, 'original_file_path'>>;

interface Showing {
  readonly compile: CompileSession;
  readonly context: CommandContext;
}

async function showQuery(node: Shown, sql: string, { compile, context }: Showing): Promise<void> {
  const limit = context.flags.number('limit') ?? DEFAULT_LIMIT;
  const query = sql.trim().replace(/;+$/, '');
  const limited = limit < 0 ? query : `select * from (\n${query}\n) as strata_show\nlimit ${limit}`;
  let table: ResultTable;
  try {
    table = await compile.session.query(limited);
  } catch (error) {
    throw locate(pointIntoCompiled(error, limited, query), node);
  }
  context.reporter.print(formatShown(node.name, table, context));
}

/** The warehouse knows nothing of files: its refusal is given the node's. */
function locate(error: unknown, { original_file_path: file }: Shown): unknown {
  if (!(error instanceof StrataError) || file === undefined) return error;
  return new StrataError(error.code, error.message, { file }, { hint: error.hint, cause: error });
}

/** The project with the models that these nodes read taken as part of the query, as ephemeral models are. */
function inlineParents(opened: OpenedProject, nodes: readonly Node[]): CompilableProject {
  const parents = new Set(nodes.flatMap((node) => node.depends_on.nodes));
  const all = Object.entries(opened.manifest.nodes).map(([id, node]): readonly [string, Node] =>
    parents.has(id) && node.resource_type === 'model' && node.config.materialized !== 'score'
      ? [id, { ...node, config: { ...node.config, materialized: 'ephemeral' } }]
      : [id, node],
  );
  return { ...opened, manifest: { ...opened.manifest, nodes: Object.fromEntries(all) } };
}

function formatShown(node: string, table: ResultTable, { flags, reporter }: CommandContext): string {
  if (flags.text('output') === 'json') return JSON.stringify({ node, show: toRecords(table) }, null, 2);
  return formatTable(table, reporter.columns === undefined ? undefined : CELL_WIDTH);
}
