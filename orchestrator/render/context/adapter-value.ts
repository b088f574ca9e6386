import { StrataError } from '../../errors.ts';
import type { BoundArguments } from '../../jinja/arguments.ts';
import { HostObject, hostFunction } from '../../jinja/host.ts';
import { isTrue, PyDict, PyTuple, toText, type Value } from '../../jinja/values.ts';
import { ask, type Request } from '../requests.ts';
import { ColumnValue, parseColumnType } from '../values/column-value.ts';
import { RelationValue } from '../values/relation-value.ts';
import { TableValue } from '../values/table-value.ts';
import type { RenderJob } from './render-job.ts';
import type { TemplateScope } from './template-scope.ts';

type Answer = Value | Generator<Request, Value, unknown>;

interface Method {
  readonly parameters: readonly string[];
  readonly body: (args: BoundArguments, adapter: AdapterValue) => Answer;
  /** What the method gives while parsing; the default is none. Methods without it run in both phases. */
  readonly whenParsing?: () => Value;
}

const path = ['database?', 'schema?', 'identifier?'];
const nothing = () => null;
const emptyList = (): Value => [];
const emptyText = () => '';

/** Methods templates may call on `adapter`. Those that ask the warehouse answer from nothing while parsing. */
const methods = new Map<string, Method>([
  [
    'dispatch',
    { parameters: ['macro_name', 'macro_namespace?', 'packages?'], body: (args, own) => own.dispatch(args) },
  ],
  ['type', { parameters: [], body: (_, own) => own.job.project.dialect.name }],
  ['quote', { parameters: ['identifier'], body: (args, own) => own.quote(args.identifier) }],
  [
    'quote_as_configured',
    { parameters: ['identifier', 'quote_key'], body: (args, own) => own.quoteAsConfigured(args) },
  ],
  ['quote_seed_column', { parameters: ['column', 'quote_config?'], body: (args, own) => own.quoteSeedColumn(args) }],
  ['execute', { parameters: ['sql', 'auto_begin?', 'fetch?', 'limit?'], body: execute, whenParsing: emptyResult }],
  [
    'add_query',
    {
      parameters: ['sql', 'auto_begin?', 'bindings?', 'abridge_sql_log?'],
      body: execute,
      whenParsing: () => PyTuple.make([null, null]),
    },
  ],
  ['get_relation', { parameters: path, body: getRelation, whenParsing: nothing }],
  ['already_exists', { parameters: ['schema', 'name'], body: alreadyExists, whenParsing: () => false }],
  [
    'list_relations',
    { parameters: ['database', 'schema'], body: (args, own) => own.list(args), whenParsing: emptyList },
  ],
  [
    'list_relations_without_caching',
    { parameters: ['schema_relation'], body: (args, own) => own.list(args), whenParsing: emptyList },
  ],
  ['list_schemas', { parameters: ['database?'], body: listSchemas, whenParsing: emptyList }],
  ['check_schema_exists', { parameters: ['database', 'schema'], body: schemaExists, whenParsing: () => true }],
  [
    'get_columns_in_relation',
    { parameters: ['relation'], body: (args, own) => own.columns(args.relation), whenParsing: emptyList },
  ],
  [
    'get_missing_columns',
    { parameters: ['from_relation', 'to_relation'], body: missingColumns, whenParsing: emptyList },
  ],
  ['get_column_schema_from_query', { parameters: ['sql'], body: describeQuery, whenParsing: emptyList }],
  ['expand_target_column_types', { parameters: ['from_relation', 'to_relation'], body: emptyText }],
  ['create_schema', { parameters: ['relation'], body: schemaRequest('create-schema'), whenParsing: emptyText }],
  ['drop_schema', { parameters: ['relation'], body: schemaRequest('drop-schema'), whenParsing: emptyText }],
  ['drop_relation', { parameters: ['relation'], body: dropRelation, whenParsing: emptyText }],
  ['truncate_relation', { parameters: ['relation'], body: truncateRelation, whenParsing: emptyText }],
  ['rename_relation', { parameters: ['from_relation', 'to_relation'], body: renameRelation, whenParsing: emptyText }],
  ['cache_added', { parameters: ['relation'], body: emptyText }],
  ['cache_dropped', { parameters: ['relation'], body: emptyText }],
  ['cache_renamed', { parameters: ['from_relation', 'to_relation'], body: emptyText }],
  ['commit', { parameters: [], body: emptyText }],
  ['verify_database', { parameters: ['database'], body: emptyText }],
  ['get_binding_char', { parameters: [], body: () => '?' }],
  ['standardize_grants_dict', { parameters: ['grants_table'], body: () => new PyDict() }],
]);

/** `adapter`: dispatch, quoting, metadata and statements. */
export class AdapterValue extends HostObject {
  readonly typeName = 'adapter';
  readonly job: RenderJob;
  readonly #scope: TemplateScope;

  constructor(scope: TemplateScope) {
    super();
    this.job = scope.job;
    this.#scope = scope;
  }

  override getAttribute(name: string): Value {
    const method = methods.get(name);
    if (method === undefined) return undefined;
    const { whenParsing } = method;
    return hostFunction(name, method.parameters, (args): Answer => {
      if (!this.job.execute && whenParsing !== undefined) return whenParsing();
      return method.body(args, this);
    });
  }

  dispatch(args: BoundArguments): Value {
    const name = toText(args.macro_name);
    const namespace = args.macro_namespace ?? args.packages;
    if (name.includes('.')) {
      throw new StrataError(
        'macro-arguments',
        `adapter.dispatch("${name}") names a package.`,
        {},
        { hint: "Pass the package as macro_namespace: adapter.dispatch('macro', 'package')." },
      );
    }
    const { registry } = this.job.project;
    const found = registry.dispatch(name, typeof namespace === 'string' ? namespace : null, this.job.node.package_name);
    return this.#scope.bindMacro(found);
  }

  quote(identifier: Value): string {
    return this.job.project.dialect.quoteExactly(toText(identifier));
  }

  quoteAsConfigured(args: BoundArguments): string {
    const key = toText(args.quote_key);
    const { quoting } = this.job.project;
    const quoted = key === 'database' || key === 'schema' || key === 'identifier' ? quoting[key] : true;
    return quoted ? this.quote(args.identifier) : toText(args.identifier);
  }

  quoteSeedColumn(args: BoundArguments): string {
    return args.quote_config === false ? toText(args.column) : this.quote(args.column);
  }

  relation(fields: ConstructorParameters<typeof RelationValue>[0]): RelationValue {
    return new RelationValue({ quote: this.job.project.quoting, ...fields }, this.job.project.dialect);
  }

  *columns(relation: Value): Generator<Request, ColumnValue[], unknown> {
    const wanted = requireRelation(relation, 'get_columns_in_relation');
    const columns = yield* ask({ kind: 'get-columns', relation: wanted.toRelation() });
    return columns.map((column) => this.column(column.name, column.type));
  }

  column(name: string, type: string): ColumnValue {
    return new ColumnValue(parseColumnType(name, type), this.job.project.dialect);
  }

  *list(args: BoundArguments): Generator<Request, Value, unknown> {
    const place = args.schema_relation;
    const { database, schema } =
      place instanceof RelationValue
        ? place.toRelation()
        : { database: textOrNull(args.database), schema: toText(args.schema) };
    const found = yield* ask({ kind: 'list-relations', database, schema });
    return found.map((existing) => this.relation(existing));
  }
}

function emptyResult(): Value {
  return PyTuple.make(['', new TableValue({ columns: [], rows: [] })]);
}

function* execute(args: BoundArguments): Generator<Request, Value, unknown> {
  const sql = toText(args.sql);
  if (isTrue(args.fetch)) {
    const table = yield* ask({ kind: 'query', sql });
    return PyTuple.make([describeResponse('SELECT', table.rows.length), new TableValue(table)]);
  }
  const response = yield* ask({ kind: 'execute', sql });
  const empty = new TableValue({ columns: [], rows: [] });
  return PyTuple.make([describeResponse(response.code, response.rowsAffected), empty]);
}

function describeResponse(code: string, rowsAffected: number | null): PyDict {
  return PyDict.from({ code, rows_affected: rowsAffected ?? -1, _message: code });
}

function* getRelation(args: BoundArguments, adapter: AdapterValue): Generator<Request, Value, unknown> {
  const identifier = args.identifier;
  const schema = args.schema;
  if (typeof identifier !== 'string' || typeof schema !== 'string') return null;
  const relation = { database: textOrNull(args.database), schema, identifier };
  const existing = yield* ask({ kind: 'get-relation', relation });
  return existing === null ? null : adapter.relation(existing);
}

function* alreadyExists(args: BoundArguments): Generator<Request, Value, unknown> {
  const relation = { database: null, schema: toText(args.schema), identifier: toText(args.name) };
  return (yield* ask({ kind: 'get-relation', relation })) !== null;
}

function* listSchemas(args: BoundArguments): Generator<Request, Value, unknown> {
  return [...(yield* ask({ kind: 'list-schemas', database: textOrNull(args.database) }))];
}

function* schemaExists(args: BoundArguments): Generator<Request, Value, unknown> {
  const wanted = toText(args.schema).toLowerCase();
  const schemas = yield* ask({ kind: 'list-schemas', database: textOrNull(args.database) });
  return schemas.some((schema) => schema.toLowerCase() === wanted);
}

function* missingColumns(args: BoundArguments, adapter: AdapterValue): Generator<Request, Value, unknown> {
  const from = yield* adapter.columns(args.from_relation);
  const to = yield* adapter.columns(args.to_relation);
  const present = new Set(to.map((column) => column.fields.name.toLowerCase()));
  return from.filter((column) => !present.has(column.fields.name.toLowerCase()));
}

function* describeQuery(args: BoundArguments, adapter: AdapterValue): Generator<Request, Value, unknown> {
  const columns = yield* ask({ kind: 'describe-query', sql: toText(args.sql) });
  return columns.map((column) => adapter.column(column.name, column.type));
}

function schemaRequest(kind: 'create-schema' | 'drop-schema') {
  return function* (args: BoundArguments): Generator<Request, Value, unknown> {
    const { database, schema } = requireRelation(args.relation, kind.replace('-', '_')).toRelation();
    yield* ask({ kind, database, schema });
    return '';
  };
}

function* dropRelation(args: BoundArguments): Generator<Request, Value, unknown> {
  const relation = requireRelation(args.relation, 'drop_relation');
  yield* ask({ kind: 'drop-relation', relation: relation.toRelation(), type: relation.fields.type });
  return '';
}

function* truncateRelation(args: BoundArguments): Generator<Request, Value, unknown> {
  yield* ask({
    kind: 'truncate-relation',
    relation: requireRelation(args.relation, 'truncate_relation').toRelation(),
  });
  return '';
}

function* renameRelation(args: BoundArguments): Generator<Request, Value, unknown> {
  const from = requireRelation(args.from_relation, 'rename_relation');
  const { identifier } = requireRelation(args.to_relation, 'rename_relation').toRelation();
  yield* ask({ kind: 'rename-relation', relation: from.toRelation(), type: from.fields.type, identifier });
  return '';
}

function requireRelation(value: Value, method: string): RelationValue {
  if (value instanceof RelationValue) return value;
  throw new StrataError(
    'macro-arguments',
    `adapter.${method} needs a relation, not ${toText(value) || 'nothing'}.`,
    {},
    { hint: 'Pass this, ref(…), source(…) or api.Relation.create(…).' },
  );
}

function textOrNull(value: Value): string | null {
  return typeof value === 'string' ? value : null;
}
