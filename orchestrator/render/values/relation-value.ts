import type { Dialect } from '../../dialects/dialect.ts';
import type { BoundArguments } from '../../jinja/arguments.ts';
import { HostObject, hostFunction } from '../../jinja/host.ts';
import { PyDict, toText, type Value } from '../../jinja/values.ts';
import type { Relation, RelationType } from '../../manifest/relation.ts';
import type { Quoting } from '../project.ts';

export interface RelationFields {
  readonly database: string | null;
  readonly schema: string | null;
  readonly identifier: string | null;
  readonly type: RelationType | null;
  readonly quote: Quoting;
  readonly include: Quoting;
  /** Text that stands for the relation instead of its name: a table function over files, a CTE's name. */
  readonly text: string | null;
}

const everything: Quoting = { database: true, schema: true, identifier: true };

/** A relation as templates see it: prints as its quoted name, and has dbt's attributes and methods. */
export class RelationValue extends HostObject {
  readonly typeName = 'Relation';
  readonly fields: RelationFields;
  readonly #dialect: Dialect;

  constructor(fields: Partial<RelationFields>, dialect: Dialect) {
    super();
    this.fields = {
      database: null,
      schema: null,
      identifier: null,
      type: null,
      quote: everything,
      include: everything,
      text: null,
      ...fields,
    };
    this.#dialect = dialect;
  }

  /** The relation's name as plain data. */
  toRelation(): Relation {
    const { database, schema, identifier } = this.fields;
    return { database, schema: schema ?? '', identifier: identifier ?? '' };
  }

  with(fields: Partial<RelationFields>): RelationValue {
    return new RelationValue({ ...this.fields, ...fields }, this.#dialect);
  }

  override toText(): string {
    const { text, quote, include } = this.fields;
    if (text !== null) return text;
    const parts: string[] = [];
    for (const part of ['database', 'schema', 'identifier'] as const) {
      const name = this.fields[part];
      if (name !== null && name !== '' && include[part])
        parts.push(quote[part] ? this.#dialect.quoteExactly(name) : name);
    }
    return parts.join('.');
  }

  override toRepr(): string {
    return `<Relation ${this.toText()}>`;
  }

  override isTrue(): boolean {
    return true;
  }

  /** dbt's relations are mappings, and packages tell them by `metadata.type`. */
  override get isMapping(): boolean {
    return true;
  }

  override equals(other: Value): boolean {
    return other instanceof RelationValue && other.toText() === this.toText();
  }

  override getAttribute(name: string): Value {
    const { fields } = this;
    switch (name) {
      case 'database':
      case 'schema':
      case 'identifier':
      case 'type':
        return fields[name];
      case 'name':
      case 'table':
        return fields.identifier;
      case 'is_table':
        return fields.type === 'table';
      case 'is_view':
        return fields.type === 'view';
      case 'is_cte':
        return fields.type === 'cte';
      case 'is_materialized_view':
        return fields.type === 'materialized_view';
      case 'can_be_renamed':
      case 'can_be_replaced':
        return fields.type === 'table' || fields.type === 'view';
      case 'metadata':
        return PyDict.from({ type: 'Relation' });
      case 'quote_policy':
        return PyDict.from({ ...fields.quote });
      case 'include_policy':
        return PyDict.from({ ...fields.include });
      default:
        return this.#method(name);
    }
  }

  #method(name: string): Value {
    switch (name) {
      case 'render':
        return hostFunction('render', [], () => this.toText());
      case 'include':
        return this.#policyMethod('include');
      case 'quote':
        return this.#policyMethod('quote');
      case 'without_identifier':
        return hostFunction(name, [], () => this.with({ include: { ...this.fields.include, identifier: false } }));
      case 'incorporate':
        return hostFunction(name, ['path?', 'type?'], (args) =>
          this.with({ ...pathFields(args.path), ...typeField(args.type) }),
        );
      case 'replace_path':
        return hostFunction(name, ['database?', 'schema?', 'identifier?'], (args) =>
          this.with(pathFields(PyDict.from({ ...args }))),
        );
      case 'information_schema':
        return hostFunction(name, ['view_name?'], (args) => this.#informationSchema(args.view_name));
      case 'information_schema_only':
        return hostFunction(name, [], () => this.#informationSchema(null));
      case 'matches':
        return hostFunction(name, ['database?', 'schema?', 'identifier?'], (args) => this.#matches(args));
      case 'get':
        return hostFunction(name, ['key', 'default?'], (args) => {
          const value = this.getAttribute(toText(args.key));
          return value === undefined ? (args.default ?? null) : value;
        });
      default:
        return undefined;
    }
  }

  #policyMethod(policy: 'include' | 'quote'): Value {
    return hostFunction(policy, ['database?', 'schema?', 'identifier?'], (args) => {
      const changed: { -readonly [Part in keyof Quoting]: boolean } = { ...this.fields[policy] };
      for (const part of ['database', 'schema', 'identifier'] as const) {
        const value = args[part];
        if (typeof value === 'boolean') changed[part] = value;
      }
      return this.with({ [policy]: changed });
    });
  }

  #informationSchema(viewName: Value): RelationValue {
    const { database, include, quote } = this.fields;
    return new RelationValue(
      {
        database,
        schema: 'INFORMATION_SCHEMA',
        identifier: typeof viewName === 'string' ? viewName : null,
        quote: { database: quote.database, schema: false, identifier: false },
        include: { ...include, schema: true, identifier: true },
      },
      this.#dialect,
    );
  }

  #matches(args: BoundArguments): boolean {
    return (['database', 'schema', 'identifier'] as const).every((part) => {
      const wanted = args[part];
      return typeof wanted !== 'string' || wanted.toLowerCase() === (this.fields[part] ?? '').toLowerCase();
    });
  }
}

function pathFields(path: Value): Partial<RelationFields> {
  if (!(path instanceof PyDict)) return {};
  const fields: { database?: string | null; schema?: string | null; identifier?: string | null } = {};
  for (const part of ['database', 'schema', 'identifier'] as const) {
    const value = path.get(part);
    if (value === null || typeof value === 'string') fields[part] = value;
  }
  return fields;
}

function typeField(type: Value): Partial<RelationFields> {
  return typeof type === 'string' ? { type: type as RelationType } : {};
}
