import type { Dialect } from '../../dialects/dialect.ts';
import { HostObject, hostFunction } from '../../jinja/host.ts';
import type { Value } from '../../jinja/values.ts';

export interface ColumnFields {
  readonly name: string;
  /** The type without its size: `character varying`, `numeric`. */
  readonly dtype: string;
  readonly charSize: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
}

const stringTypes = new Set(['text', 'character varying', 'character', 'varchar', 'char', 'bpchar', 'string']);
const integerTypes = new Set(
  [
    'tinyint',
    'byteint',
    'smallint',
    'integer',
    'int',
    'int2',
    'int4',
    'int8',
    'int64',
    'bigint',
    'hugeint',
    'serial',
    'bigserial',
  ].flatMap((type) => [type, `u${type}`]),
);
const floatTypes = new Set(['real', 'float', 'float4', 'float8', 'float64', 'double', 'double precision']);
const numericTypes = new Set(['numeric', 'bignumeric', 'decimal', 'number']);

/** Reads a type spelt by a warehouse, `numeric(18,2)` or `character varying(20)`, into its parts. */
export function parseColumnType(name: string, type: string): ColumnFields {
  const match = /^([^()]+)\((\d+)(?:\s*,\s*(\d+))?\)$/.exec(type.trim());
  if (match === null) return { name, dtype: type, charSize: null, precision: null, scale: null };
  const [, base = type, first, second] = match;
  const dtype = base.trim();
  const size = Number(first);
  return numericTypes.has(dtype.toLowerCase())
    ? { name, dtype, charSize: null, precision: size, scale: second === undefined ? 0 : Number(second) }
    : { name, dtype, charSize: size, precision: null, scale: null };
}

/** A column as templates see it: dbt's `api.Column`. */
export class ColumnValue extends HostObject {
  readonly typeName = 'Column';
  readonly fields: ColumnFields;
  readonly #dialect: Dialect;

  constructor(fields: ColumnFields, dialect: Dialect) {
    super();
    this.fields = fields;
    this.#dialect = dialect;
  }

  /** The type with its size, as DDL spells it. */
  get dataType(): string {
    const { dtype, precision, scale } = this.fields;
    if (this.#isString()) {
      const size = this.fields.charSize;
      return size === null ? dtype : `${dtype}(${size})`;
    }
    if (this.#isNumeric() && precision !== null) return `${dtype}(${precision},${scale ?? 0})`;
    return dtype;
  }

  override toText(): string {
    return `<Column ${this.fields.name} (${this.dataType})>`;
  }

  override equals(other: Value): boolean {
    return other instanceof ColumnValue && other.fields.name === this.fields.name && other.dataType === this.dataType;
  }

  override getAttribute(name: string): Value {
    const { fields } = this;
    switch (name) {
      case 'name':
      case 'column':
        return fields.name;
      case 'dtype':
        return fields.dtype;
      case 'data_type':
        return this.dataType;
      case 'quoted':
        return this.#dialect.quoteExactly(fields.name);
      case 'char_size':
        return fields.charSize;
      case 'numeric_precision':
        return fields.precision;
      case 'numeric_scale':
        return fields.scale;
      default:
        return this.#method(name);
    }
  }

  #method(name: string): Value {
    switch (name) {
      case 'is_string':
        return hostFunction(name, [], () => this.#isString());
      case 'is_number':
        return hostFunction(name, [], () => this.#isInteger() || this.#isFloat() || this.#isNumeric());
      case 'is_integer':
        return hostFunction(name, [], () => this.#isInteger());
      case 'is_float':
        return hostFunction(name, [], () => this.#isFloat());
      case 'is_numeric':
        return hostFunction(name, [], () => this.#isNumeric());
      case 'string_size':
        return hostFunction(name, [], () => this.fields.charSize ?? 256);
      case 'can_expand_to':
        return hostFunction(name, ['other_column'], (args) => {
          const other = args.other_column;
          return other instanceof ColumnValue && this.#dialect.canWiden(this.dataType, other.dataType);
        });
      case 'literal':
        return hostFunction(name, ['value'], (args) => `${String(args.value)}::${this.dataType}`);
      default:
        return undefined;
    }
  }

  #isString(): boolean {
    return stringTypes.has(this.fields.dtype.toLowerCase());
  }

  #isInteger(): boolean {
    return integerTypes.has(this.fields.dtype.toLowerCase());
  }

  #isFloat(): boolean {
    return floatTypes.has(this.fields.dtype.toLowerCase());
  }

  #isNumeric(): boolean {
    return numericTypes.has(this.fields.dtype.toLowerCase());
  }
}
