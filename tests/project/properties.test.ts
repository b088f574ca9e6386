import { describe, expect, it } from 'vitest';
import { listFiles, readModelProperties } from './project-files.ts';

const models = listFiles('models', '.sql');
const files = listFiles('models', '.yml').filter(({ name }) => !name.startsWith('_'));
const properties = files.flatMap((file) => readModelProperties(file).map((model) => ({ file, model })));

/** Types that every warehouse Strata knows has under this name. */
const portableTypes = [
  'varchar',
  'bigint',
  'integer',
  'double precision',
  'numeric(18,2)',
  'boolean',
  'date',
  'timestamp',
];

describe('the properties of the models', () => {
  it('stand beside each model, in a file of its name', () => {
    const described = properties.map(({ file, model }) => `${file.path.replace(/[^/]+$/, '')}${model.name}.sql`);
    expect(described.sort()).toEqual(models.map(({ path }) => path).sort());
    expect(properties.filter(({ file, model }) => file.name !== model.name)).toEqual([]);
  });

  it('begin with what one row is', () => {
    const found = properties.filter(({ model }) => !/^One row per /.test(model.description ?? ''));
    expect(found.map(({ model }) => model.name)).toEqual([]);
  });

  it('describe every column in a sentence', () => {
    const found = properties.flatMap(({ model }) =>
      (model.columns ?? [])
        .filter(({ description = '' }) => !/^\S.*[a-zA-Z0-9)]\.$/s.test(description.trim()))
        .map((column) => `${model.name}.${column.name}`),
    );
    expect(found).toEqual([]);
    expect(properties.filter(({ model }) => (model.columns ?? []).length === 0)).toEqual([]);
  });

  it('promise names and portable types of every published mart', () => {
    const marts = properties.filter(({ file }) => file.path.startsWith('models/marts/'));
    const found = marts.flatMap(({ model }) => [
      ...(model.config?.contract?.enforced === true ? [] : [model.name]),
      ...(model.columns ?? [])
        .filter(({ data_type = '' }) => !portableTypes.includes(data_type))
        .map((column) => `${model.name}.${column.name}`),
    ]);
    expect(found).toEqual([]);
    expect(marts.length).toBeGreaterThanOrEqual(9);
  });

  it('test the key of every mart and score', () => {
    const found = properties.filter(({ file, model }) => {
      const alone = (model.columns ?? []).some(({ data_tests: tests = [] }) =>
        ['unique', 'not_null'].every((test) => tests.includes(test)),
      );
      const together = (model.data_tests ?? []).some((test) => Object.hasOwn(Object(test), 'unique_combination'));
      return /^models\/(?:marts|scoring)\//.test(file.path) && !alone && !together;
    });
    expect(found.map(({ model }) => model.name)).toEqual([]);
  });
});
