import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../orchestrator/dialects/dialect.ts';
import { duckDbDialect } from '../../../orchestrator/dialects/duckdb.ts';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';
import { snowflakeDialect } from '../../../orchestrator/dialects/snowflake.ts';
import { StrataError } from '../../../orchestrator/errors.ts';
import { prepareSeed } from '../../../orchestrator/run/load-seed.ts';
import { makeNode } from './support/project.ts';

function load(csv: string, config: Readonly<Record<string, unknown>> = {}, dialect: Dialect = duckDbDialect) {
  const node = makeNode({ name: 'countries', type: 'seed', config }, { database: 'db', schema: 'shop' });
  const { columns, rows } = prepareSeed(node, csv, dialect);
  return { columns: columns.map(({ name, type }) => `${name} ${type}`), rows: [...rows] };
}

function fault(csv: string, config: Readonly<Record<string, unknown>> = {}): string {
  try {
    load(csv, config);
  } catch (error) {
    if (error instanceof StrataError) return `${error.code} ${error.format()}`;
    throw error;
  }
  throw new Error('no error');
}

describe('a seed file', () => {
  it('gives columns of the same kinds on every warehouse', () => {
    const csv = 'id,name,share,since,seen,live,big\n1,Ö,0.5,2024-01-02,2024-01-02T03:04:05,true,3000000000\n';
    const rows = [[1, 'Ö', 0.5, '2024-01-02', '2024-01-02 03:04:05', true, 3000000000]];
    expect(load(csv)).toEqual({
      columns: [
        'id integer',
        'name varchar',
        'share double',
        'since date',
        'seen timestamp',
        'live boolean',
        'big bigint',
      ],
      rows,
    });
    expect(load(csv, {}, postgresDialect)).toEqual({
      columns: [
        'id integer',
        'name text',
        'share double precision',
        'since date',
        'seen timestamp',
        'live boolean',
        'big bigint',
      ],
      rows,
    });
  });

  it('keeps the case of its columns where the warehouse keeps that of relations, or as quote_columns says', () => {
    const names = (dialect: Dialect, config: Readonly<Record<string, unknown>>) =>
      load('Id,note\n1,a\n', config, dialect).columns;
    expect(names(postgresDialect, {})).toEqual(['Id integer', 'note text']);
    expect(names(postgresDialect, { quote_columns: false })).toEqual(['id integer', 'note text']);
    expect(names(snowflakeDialect, {})).toEqual(['ID integer', 'NOTE varchar']);
    expect(names(snowflakeDialect, { quote_columns: ['note'] })).toEqual(['ID integer', 'note varchar']);
  });

  it('may have a byte order mark, Windows line ends, quotes, breaks in values and no final line end', () => {
    const csv = '\uFEFFid,note\r\n1,"a ""b"", c"\r\n2,"two\r\nlines"\r\n3,5" pipe';
    expect(load(csv).rows).toEqual([
      [1, 'a "b", c'],
      [2, 'two\r\nlines'],
      [3, '5" pipe'],
    ]);
  });

  it('may have another delimiter', () => {
    expect(load('a;b\n1;2,5\n', { delimiter: ';' })).toEqual({ columns: ['a integer', 'b integer'], rows: [[1, 25]] });
    expect(load('a\tb\n1\tx\n', { delimiter: '\\t' }).rows).toEqual([[1, 'x']]);
  });

  it('may have no rows', () => {
    expect(load('id,name\n')).toEqual({ columns: ['id integer', 'name integer'], rows: [] });
  });

  it('keeps leading zeros where a text type is asked for, and gives other types to the warehouse as text', () => {
    const config = { column_types: { code: 'varchar(5)', Price: 'decimal(10,2)', day: 'date', n: 'bigint' } };
    expect(load('code,price,day,n\n007,1.50,2024-01-01,8\n', config)).toEqual({
      columns: ['code varchar(5)', 'price decimal(10,2)', 'day date', 'n bigint'],
      rows: [['007', '1.50', '2024-01-01', 8]],
    });
  });

  it('keeps names as they are written, as dbt does, unless they are not to be quoted', () => {
    expect(load('Id,Full Name\n1,x\n').columns).toEqual(['Id integer', 'Full Name varchar']);
    expect(load('Id,Full Name\n1,x\n', { quote_columns: false }).columns).toEqual(['id integer', 'full name varchar']);
    expect(load('Id,Full Name\n1,x\n', { quote_columns: ['Id'] }).columns).toEqual(['Id integer', 'full name varchar']);
  });

  it('names a column without name by a letter', () => {
    expect(load(',x\n0,1\n').columns).toEqual(['a integer', 'x integer']);
  });
});

describe('a bad seed file', () => {
  it('with too many values says which line and column', () => {
    expect(fault('id,name\n1,a\n2,"b\nb"\n3,c,d\n')).toBe(
      'seed-invalid seeds/countries.csv:5:3: Seed cannot be loaded: the row has 3 values and the header 2. Quote values that hold the delimiter, and write empty values between delimiters.',
    );
  });

  it('with too few values says so', () => {
    expect(fault('id,name\n\n1\n')).toContain(
      'seeds/countries.csv:3:2: Seed cannot be loaded: the row has 1 value and the header 2.',
    );
  });

  it('with an open quote says where', () => {
    expect(fault('id,name\n1,"abc\n2,d\n')).toContain(
      'Seed cannot be loaded: a quote is opened and never closed. Close the quote',
    );
  });

  it('with a name twice says which columns', () => {
    expect(fault('id,name,ID\n')).toBe(
      'seed-invalid seeds/countries.csv:1:3: Seed cannot be loaded: columns 1 and 3 are both called "ID". Rename one of them.',
    );
  });

  it('with a value that is none of the type asked for says where and what', () => {
    expect(fault('id,n\n1,2\n2,x\n', { column_types: { n: 'integer' } })).toBe(
      'seed-invalid seeds/countries.csv:3:2: Seed cannot be loaded: column "n" is integer and cannot hold "x". Correct the value or the column_types of the seed.',
    );
  });

  it('that is empty says so', () => {
    expect(fault('')).toBe(
      'seed-invalid seeds/countries.csv:1: Seed cannot be loaded: the file is empty. Write a header line with the column names.',
    );
  });
});
