import type { Session } from '../adapters/adapter.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { duckDbDialect } from '../dialects/duckdb.ts';
import { StrataError } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { SourceNode } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import type { NodeCompiler } from './compiler.ts';
import { describeFile, landFile } from './land-file.ts';
import type { LandedSources } from './landed-sources.ts';
import { LandingLog } from './landing-log.ts';
import type { RunPlan } from './plan.ts';
import type { RunContext } from './run-context.ts';
import { createMissing } from './schemas.ts';

type Schema = Pick<Relation, 'database' | 'schema'>;

/** A source behind which stands a file, and DuckDB's expression for it. */
interface FileSource {
  readonly source: SourceNode;
  readonly expression: string;
}

const nothing: LandedSources = { relations: new Map(), errors: new Map() };

/**
 * Loads the files behind the sources of a run into landing tables, where the warehouse cannot read files itself. An
 * embedded DuckDB reads them, so that CSV, Parquet, JSON and globs give the same rows and types everywhere. A file
 * whose content did not change is not loaded again.
 */
export async function landSources(plan: RunPlan, session: Session, context: RunContext): Promise<LandedSources> {
  const { options, dialect } = context;
  if (dialect.supportsExternalFiles) return nothing;
  // What the run does not read itself was landed by an earlier one; the macro that settles as_of_date looks there too.
  const known = nameLandings(options.manifest, options.compiler, dialect);
  const files = options.command === 'compile' ? [] : findFiles(plan, context);
  if (files.length === 0) return { ...nothing, relations: known };
  const reader = await options.openFileReader();
  try {
    await reader.connect();
    const landed = await landAll(files, { session, files: await reader.openSession() }, context);
    return { ...landed, relations: new Map([...known, ...landed.relations]) };
  } finally {
    await reader.close();
  }
}

/** The landing tables of all files behind sources, where builds put them; none where files are read in place. */
export function nameLandings(
  { sources }: Pick<Manifest, 'sources'>,
  compiler: Pick<NodeCompiler, 'fileExpression' | 'targetSchema'>,
  { supportsExternalFiles }: Pick<Dialect, 'supportsExternalFiles'>,
): ReadonlyMap<string, Relation> {
  const files = supportsExternalFiles
    ? []
    : Object.values(sources).filter((source) => compiler.fileExpression(source, duckDbDialect) !== null);
  return new Map(files.map((source) => [source.unique_id, landingOf(source, compiler.targetSchema)]));
}

function landingSchema(target: Schema): Schema {
  return { ...target, schema: `${target.schema}_landing` };
}

function landingOf(source: SourceNode, target: Schema): Relation {
  return { ...landingSchema(target), identifier: `${source.source_name}__${source.identifier}` };
}

/** The sessions a file passes through. */
interface Sessions {
  readonly session: Session;
  /** DuckDB's. */
  readonly files: Session;
}

async function landAll(
  sources: readonly FileSource[],
  sessions: Sessions,
  context: RunContext,
): Promise<LandedSources> {
  const { dialect, cache, options } = context;
  const { targetSchema } = options.compiler;
  const landing = landingSchema(targetSchema);
  await createMissing([landing], sessions.session, dialect);
  await cache.load(sessions.session, [landing]);
  const log = await LandingLog.open(landing, sessions.session, dialect);
  const relations = new Map<string, Relation>();
  const errors = new Map<string, StrataError>();
  for (const { source, expression } of sources) {
    const target = landingOf(source, targetSchema);
    try {
      const file = await describeFile(expression, sessions.files);
      const isCurrent = log.contentOf(target) === file.content && cache.get(target) !== null;
      if (!isCurrent) {
        await landFile({ file, target, source }, sessions.session, context);
        await log.note(target, file.content);
      }
      relations.set(source.unique_id, target);
      await file.forget();
    } catch (error) {
      errors.set(source.unique_id, unreadable(source, expression, error));
    }
  }
  return { relations, errors };
}

/** Files behind the sources that the run reads, each once. */
function findFiles(plan: RunPlan, { options }: RunContext): readonly FileSource[] {
  const { sources } = options.manifest;
  return [...findReadIds(plan, options.manifest)].flatMap((id) => {
    const source = sources[id];
    const expression = source === undefined ? null : options.compiler.fileExpression(source, duckDbDialect);
    return source === undefined || expression === null ? [] : [{ source, expression }];
  });
}

/** What the run's nodes read themselves or through views: a view shows a file as it is now. */
function findReadIds(plan: RunPlan, { nodes }: Manifest): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...plan.jobs.values()].flatMap(({ node, audits }) =>
    [node, ...audits].flatMap((each) => each.depends_on.nodes),
  );
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    const node = nodes[id];
    const isWindow = node?.config.materialized === 'view' || node?.config.materialized === 'ephemeral';
    if (node !== undefined && isWindow) pending.push(...node.depends_on.nodes);
  }
  return found;
}

function unreadable(source: SourceNode, expression: string, cause: unknown): StrataError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StrataError(
    'source-file-invalid',
    `The file behind source ${source.source_name}.${source.name} cannot be loaded: ${reason}`,
    { file: source.original_file_path, line: source.line },
    { hint: `It is read as ${expression}: check meta.external_location.`, cause },
  );
}
