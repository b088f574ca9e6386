import { HostObject, hostFunction } from '../../jinja/host.ts';
import { compareValues } from '../../jinja/runtime/compare.ts';
import { PyDict, PySet, PyTuple, toRepr, toText, type Value } from '../../jinja/values.ts';
import type { ResultTable } from '../../manifest/results.ts';
import { toCellValue } from './cell-value.ts';

/** Rows of a query as templates see them: the parts of an agate table that projects use. */
export class TableValue extends HostObject {
  readonly typeName = 'Table';
  readonly columnNames: readonly string[];
  readonly rows: readonly RowValue[];
  readonly #result: ResultTable;

  constructor(result: ResultTable) {
    super();
    this.#result = result;
    this.columnNames = result.columns.map((column) => column.name);
    this.rows = result.rows.map(
      (row) =>
        new RowValue(
          this.columnNames,
          row.map((cell, index) => toCellValue(cell, result.columns[index]?.type ?? '')),
        ),
    );
  }

  override get isSequence(): boolean {
    return true;
  }

  override toRepr(): string {
    return `<agate.Table: ${this.rows.length} rows>`;
  }

  /** A table without rows is false, as in agate, and iterates over its rows. */
  override isTrue(): boolean {
    return this.rows.length > 0;
  }

  override length(): number {
    return this.rows.length;
  }

  override iterate(): Iterable<Value> {
    return this.rows;
  }

  override getItem(key: Value): Value {
    return pickItem(this.rows, [], key);
  }

  override getAttribute(name: string): Value {
    switch (name) {
      case 'rows':
        return new Sequence('MappedSequence', this.rows, []);
      case 'columns':
        return new Sequence('MappedSequence', this.#columns(), this.columnNames);
      case 'column_names':
        return PyTuple.make(this.columnNames);
      case 'column_types':
        return PyTuple.make(this.#result.columns.map((column) => column.type));
      case 'print_table':
        return hostFunction(name, ['*rest', '**options'], () => '');
      case 'select':
        return hostFunction(name, ['key'], (args) => this.#select(args.key));
      case 'rename':
        return hostFunction(name, ['column_names?'], (args) => this.#rename(args.column_names));
      default:
        return undefined;
    }
  }

  #columns(): readonly ColumnOfTable[] {
    return this.columnNames.map(
      (name, index) =>
        new ColumnOfTable(
          name,
          this.rows.map((row) => row.values[index]),
        ),
    );
  }

  /** New names in the order of the columns, or by their old names. */
  #rename(names: Value): TableValue {
    const find = (name: string, index: number): Value => {
      if (names instanceof PyDict) return names.get(name);
      return Array.isArray(names) ? names[index] : undefined;
    };
    const columns = this.#result.columns.map((column, index) => {
      const name = find(column.name, index);
      return name === undefined || name === null ? column : { ...column, name: toText(name) };
    });
    return new TableValue({ ...this.#result, columns });
  }

  #select(key: Value): TableValue {
    const names = (Array.isArray(key) ? [...key] : [key]).map(toText);
    const indexes = names.map((name) => this.columnNames.indexOf(name)).filter((index) => index >= 0);
    return new TableValue({
      columns: indexes.flatMap((index) => this.#result.columns[index] ?? []),
      rows: this.#result.rows.map((row) => indexes.map((index) => row[index] ?? null)),
    });
  }
}

/** A row: by position, by column name, or as a mapping. */
export class RowValue extends HostObject {
  readonly typeName = 'Row';
  readonly values: readonly Value[];
  readonly #names: readonly string[];

  constructor(names: readonly string[], values: readonly Value[]) {
    super();
    this.#names = names;
    this.values = values;
  }

  override get isSequence(): boolean {
    return true;
  }

  override toRepr(): string {
    return `<agate.Row: ${toRepr(PyTuple.make(this.values))}>`;
  }

  override length(): number {
    return this.values.length;
  }

  override iterate(): Iterable<Value> {
    return this.values;
  }

  override getItem(key: Value): Value {
    return pickItem(this.values, this.#names, key);
  }

  override getAttribute(name: string): Value {
    return mappingMethod(name, this.#names, this.values);
  }
}

class ColumnOfTable extends HostObject {
  readonly typeName = 'Column';
  readonly #name: string;
  readonly #values: readonly Value[];

  constructor(name: string, values: readonly Value[]) {
    super();
    this.#name = name;
    this.#values = values;
  }

  override get isSequence(): boolean {
    return true;
  }

  override toRepr(): string {
    return `<agate.Column: ${toRepr(PyTuple.make(this.#values))}>`;
  }

  override length(): number {
    return this.#values.length;
  }

  override iterate(): Iterable<Value> {
    return this.#values;
  }

  override getItem(key: Value): Value {
    return pickItem(this.#values, [], key);
  }

  override getAttribute(name: string): Value {
    switch (name) {
      case 'name':
        return this.#name;
      case 'values':
        return hostFunction(name, [], () => PyTuple.make(this.#values));
      case 'values_distinct':
        return hostFunction(name, [], () => PyTuple.make(new PySet(this.#values)));
      case 'values_without_nulls':
        return hostFunction(name, [], () => PyTuple.make(this.#values.filter((value) => value !== null)));
      case 'values_sorted':
        return hostFunction(name, [], () => sortValues(this.#values));
      case 'values_without_nulls_sorted':
        return hostFunction(name, [], () => sortValues(this.#values.filter((value) => value !== null)));
      default:
        return undefined;
    }
  }
}

/** Nulls come last, as agate sorts. */
function sortValues(values: readonly Value[]): Value[] {
  return [...values].sort((a, b) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return compareValues(a, b);
  });
}

class Sequence extends HostObject {
  readonly typeName: string;
  readonly #items: readonly Value[];
  readonly #names: readonly string[];

  constructor(typeName: string, items: readonly Value[], names: readonly string[]) {
    super();
    this.typeName = typeName;
    this.#items = items;
    this.#names = names;
  }

  override get isSequence(): boolean {
    return true;
  }

  override toRepr(): string {
    return `<agate.${this.typeName}: ${toRepr(PyTuple.make(this.#items))}>`;
  }

  override length(): number {
    return this.#items.length;
  }

  override iterate(): Iterable<Value> {
    return this.#items;
  }

  override getItem(key: Value): Value {
    return pickItem(this.#items, this.#names, key);
  }

  override getAttribute(name: string): Value {
    return mappingMethod(name, this.#names, this.#items);
  }
}

function pickItem(items: readonly Value[], names: readonly string[], key: Value): Value {
  if (typeof key === 'number') return items[key < 0 ? items.length + key : key];
  if (typeof key === 'string') return items[names.indexOf(key)];
  return undefined;
}

function mappingMethod(name: string, names: readonly string[], values: readonly Value[]): Value {
  const pairs = () => names.map((key, index): [string, Value] => [key, values[index]]);
  switch (name) {
    case 'keys':
      return hostFunction(name, [], () => PyTuple.make(names));
    case 'values':
      return hostFunction(name, [], () => PyTuple.make(values));
    case 'items':
      return hostFunction(name, [], () => pairs().map((pair) => PyTuple.make(pair)));
    case 'dict':
      return hostFunction(name, [], () => PyDict.from(Object.fromEntries(pairs())));
    case 'get':
      return hostFunction(name, ['key', 'default?'], (args) => {
        const found = pickItem(values, names, args.key);
        return found === undefined ? (args.default ?? null) : found;
      });
    default:
      return undefined;
  }
}
