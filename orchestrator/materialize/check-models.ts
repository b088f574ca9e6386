import type { Dialect } from '../dialects/dialect.ts';
import { StrataError } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Node } from '../manifest/node.ts';
import { suggest } from '../nearest.ts';
import { checkIncremental, strategies } from './incremental-plan.ts';
import { readIndexes } from './indexes.ts';
import { materializationNames } from './materialize.ts';

/** Words of dbt's that mean something elsewhere: a node that uses one fails when it runs, and only that node. */
const elsewhere = {
  materializations: ['materialized_view', 'external', 'dynamic_table', 'streaming_table', 'table_function'],
  strategies: ['default', 'delete_insert', 'microbatch', 'replace_where'],
};

/** Settings of models that no run could follow, found before anything runs. */
export function checkModels(
  { nodes, macros }: Pick<Manifest, 'nodes' | 'macros'>,
  dialect: Dialect,
): readonly StrataError[] {
  const macroNames = Object.values(macros).map((macro) => macro.name);
  return Object.values(nodes)
    .filter((node) => node.resource_type === 'model')
    .flatMap((node) => checkModel(node, macroNames, dialect));
}

function checkModel(node: Node, macroNames: readonly string[], dialect: Dialect): readonly StrataError[] {
  try {
    checkName(node, macroNames);
    if (node.config.materialized === 'incremental') {
      checkStrategy(node, macroNames, dialect);
      checkIncremental(node, dialect);
    }
    readIndexes(node, dialect);
    dialect.checkSettings(node);
    checkContract(node);
    return [];
  } catch (error) {
    if (!(error instanceof StrataError)) throw error;
    return [new StrataError(error.code, error.message, { line: node.line, ...error.place }, error)];
  }
}

function checkName(node: Node, macroNames: readonly string[]): void {
  const name = node.config.materialized;
  const known = [...materializationNames, ...elsewhere.materializations];
  if (known.includes(name) || macroNames.some((macro) => macro.startsWith(`materialization_${name}_`))) return;
  const message = `${node.name}: there is no materialization "${name}".`;
  const hint = suggest(name, materializationNames, `Known: ${materializationNames.join(', ')}.`);
  throw new StrataError('materialization-invalid', message, { file: node.original_file_path }, { hint });
}

function checkStrategy(node: Node, macroNames: readonly string[], dialect: Dialect): void {
  const name = node.config['incremental_strategy'];
  if (name === undefined || name === null) return;
  const lower = String(name).toLowerCase();
  const known: readonly string[] = [...strategies, ...elsewhere.strategies];
  if (known.includes(lower) || macroNames.some((macro) => macro.includes(`get_incremental_${lower}_sql`))) return;
  const message = `${node.name}: there is no incremental strategy "${name}".`;
  const supported = [...dialect.incrementalStrategies].sort();
  const hint = suggest(lower, supported, `Known: ${supported.join(', ')}.`);
  throw new StrataError('materialization-invalid', message, { file: node.original_file_path }, { hint });
}

/** An enforced contract names all columns with their types; nothing can keep one that does not. */
function checkContract(node: Node): void {
  if (!node.contract.enforced) return;
  const untyped = Object.values(node.columns).filter((column) => column.data_type === null);
  const place = { file: node.original_file_path };
  const hint = 'List every column with its "data_type" in the properties of the model.';
  if (Object.keys(node.columns).length === 0) {
    throw new StrataError('contract-broken', `${node.name}: the contract has no columns.`, place, { hint });
  }
  if (untyped.length === 0) return;
  const names = untyped.map((column) => column.name).join(', ');
  const message = `${node.name}: the contract does not give the type of ${names}.`;
  throw new StrataError('contract-broken', message, place, { hint });
}
