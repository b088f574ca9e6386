import type { Dialect } from '../dialects/dialect.ts';
import { type Place, StrataError } from '../errors.ts';
import type { Column } from '../manifest/relation.ts';
import { suggest } from '../nearest.ts';

/** Finds the columns named in a score's config in what a query gives, whatever their case. */
export class ColumnFinder {
  readonly #columns: ReadonlyMap<string, Column>;
  /** How messages call the query: "the rows to score", "the training rows". */
  readonly #rows: string;
  readonly #place: Place;
  readonly #dialect: Dialect;

  constructor(columns: readonly Column[], rows: string, place: Place, dialect: Dialect) {
    this.#columns = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
    this.#rows = rows;
    this.#place = place;
    this.#dialect = dialect;
  }

  /**
   * The column of this name, called as the config calls it where that means the same: models, reasons and scores then
   * have one name for it on every warehouse. Throws `score-invalid` where there is none.
   */
  find(name: string): Column {
    const column = this.#columns.get(name.toLowerCase());
    if (column !== undefined) return this.#isSameName(name, column.name) ? { ...column, name } : column;
    const known = [...this.#columns.values()].map((present) => present.name);
    const hint = suggest(name, known, `Columns: ${known.join(', ')}.`);
    throw new StrataError('score-invalid', `score: ${this.#rows} have no column "${name}".`, this.#place, { hint });
  }

  #isSameName(a: string, b: string): boolean {
    return this.#dialect.quote(a) === this.#dialect.quote(b);
  }

  /** Whether all of these columns are there. */
  hasAll(names: readonly string[]): boolean {
    return names.every((name) => this.#columns.has(name.toLowerCase()));
  }

  /** The columns of these names. Throws `score-invalid` for the first that is missing. */
  findAll(names: readonly string[]): readonly Column[] {
    return names.map((name) => this.find(name));
  }

  /** The columns of numeric features. Throws `score-invalid` for one that is not a number. */
  findNumbers(names: readonly string[]): readonly Column[] {
    return this.findAll(names).map((column) => {
      if (
        !/char|text|string|uuid|date|time|interval|json|\[\]|struct|record|map|array|object|variant|byte|blob|binary|geo/i.test(
          column.type,
        )
      )
        return column;
      const message = `score: feature "${column.name}" of ${this.#rows} is of type ${column.type}, not a number.`;
      const hint = 'List it under "categorical_features", or cast it in the SQL.';
      throw new StrataError('score-invalid', message, this.#place, { hint });
    });
  }
}
