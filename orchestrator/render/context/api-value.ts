import type { BoundArguments } from '../../jinja/arguments.ts';
import { HostObject, hostFunction } from '../../jinja/host.ts';
import { PyDict, toText, type Value } from '../../jinja/values.ts';
import type { RelationType } from '../../manifest/relation.ts';
import type { RenderProject } from '../project.ts';
import { ColumnValue, parseColumnType } from '../values/column-value.ts';
import { RelationValue } from '../values/relation-value.ts';

/** `api`: the classes Relation and Column. */
export class ApiValue extends HostObject {
  readonly typeName = 'api';
  readonly #project: RenderProject;

  constructor(project: RenderProject) {
    super();
    this.#project = project;
  }

  override getAttribute(name: string): Value {
    if (name === 'Relation') return new RelationClass(this.#project);
    if (name === 'Column') return new ColumnClass(this.#project);
    return undefined;
  }
}

class RelationClass extends HostObject {
  readonly typeName = 'type';
  readonly #project: RenderProject;

  constructor(project: RenderProject) {
    super();
    this.#project = project;
  }

  override getAttribute(name: string): Value {
    switch (name) {
      case 'create':
        return hostFunction(
          name,
          ['database?', 'schema?', 'identifier?', 'type?', 'quote_policy?', 'include_policy?', '**options'],
          (args) => this.#create(args),
        );
      case 'Table':
      case 'View':
      case 'CTE':
      case 'External':
        return name.toLowerCase();
      case 'MaterializedView':
        return 'materialized_view';
      case 'get_relation_type':
        return new RelationTypes();
      case 'add_ephemeral_prefix':
        return hostFunction(name, ['name'], (args) => `__dbt__cte__${toText(args.name)}`);
      default:
        return undefined;
    }
  }

  #create(args: BoundArguments): RelationValue {
    const { quoting, dialect } = this.#project;
    const type = args.type;
    return new RelationValue(
      {
        database: textOrNull(args.database),
        schema: textOrNull(args.schema),
        identifier: textOrNull(args.identifier),
        type: typeof type === 'string' ? (type as RelationType) : null,
        quote: { ...quoting, ...readPolicy(args.quote_policy) },
        include: { database: true, schema: true, identifier: true, ...readPolicy(args.include_policy) },
      },
      dialect,
    );
  }
}

/** `api.Relation.get_relation_type`: called it gives its argument back; attributes are the types' names. */
class RelationTypes extends HostObject {
  readonly typeName = 'type';

  override call(args: readonly Value[]): Value {
    return args[0];
  }

  override getAttribute(name: string): Value {
    const types = new Map([
      ['Table', 'table'],
      ['View', 'view'],
      ['CTE', 'cte'],
      ['External', 'external'],
      ['MaterializedView', 'materialized_view'],
    ]);
    return types.get(name);
  }
}

class ColumnClass extends HostObject {
  readonly typeName = 'type';
  readonly #project: RenderProject;

  constructor(project: RenderProject) {
    super();
    this.#project = project;
  }

  override call(args: readonly Value[], kwargs: PyDict | undefined): Value {
    const read = (index: number, name: string): Value => args[index] ?? kwargs?.get(name);
    const type = parseColumnType(toText(read(0, 'column')), toText(read(1, 'dtype')));
    return new ColumnValue(
      {
        ...type,
        charSize: numberOr(read(2, 'char_size'), type.charSize),
        precision: numberOr(read(3, 'numeric_precision'), type.precision),
        scale: numberOr(read(4, 'numeric_scale'), type.scale),
      },
      this.#project.dialect,
    );
  }

  override getAttribute(name: string): Value {
    switch (name) {
      case 'create':
      case 'from_description':
        return hostFunction(name, ['name', 'type'], (args) => {
          const fields = parseColumnType(toText(args.name), toText(args.type));
          return new ColumnValue(fields, this.#project.dialect);
        });
      case 'translate_type':
        return hostFunction(name, ['type'], (args) => this.#translate(toText(args.type)));
      case 'numeric_type':
        return hostFunction(name, ['dtype', 'precision?', 'scale?'], (args) => {
          const [dtype, precision] = [toText(args.dtype), args.precision];
          return typeof precision === 'number' ? `${dtype}(${precision},${toText(args.scale ?? 0)})` : dtype;
        });
      case 'string_type':
        return hostFunction(name, ['size'], (args) => `character varying(${toText(args.size)})`);
      default:
        return undefined;
    }
  }

  /** dbt's portable type names in the warehouse's spelling. */
  #translate(type: string): string {
    const { dialect } = this.#project;
    switch (type.toLowerCase()) {
      case 'string':
        return dialect.typeName('string');
      case 'timestamp':
        return dialect.typeName('timestamp');
      case 'float':
        return dialect.typeName('float');
      case 'integer':
        return dialect.typeName('integer');
      case 'boolean':
        return dialect.typeName('boolean');
      default:
        return type;
    }
  }
}

function readPolicy(policy: Value): Record<string, boolean> {
  if (!(policy instanceof PyDict)) return {};
  const parts = ['database', 'schema', 'identifier'].filter((part) => typeof policy.get(part) === 'boolean');
  return Object.fromEntries(parts.map((part) => [part, policy.get(part) === true]));
}

function textOrNull(value: Value): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOr(value: Value, fallback: number | null): number | null {
  return typeof value === 'number' ? value : fallback;
}
