import { expect } from 'vitest';
import { relationKey } from '../../../orchestrator/manifest/relation.ts';
import { type Lab, listNames } from './lab.ts';

/** Relations and columns are listed as they are, whatever their names. */
export function checkCatalog(lab: Lab): void {
  lab.test('tables and views of a schema, and columns of several relations in one go', async () => {
    await lab.session.execute(lab.dialect.createSchema({ database: null, schema: 'catalog_lab' }));
    await lab.session.execute(
      'create table catalog_lab.b_table (id integer, amount numeric(10, 2), seen_at timestamp)',
    );
    await lab.session.execute('create view catalog_lab.a_view as select id as key from catalog_lab.b_table');
    const relations = await lab.session.listRelations([{ database: null, schema: 'catalog_lab' }]);
    expect(relations.map((relation) => [relationKey(relation), relation.type])).toEqual([
      ['catalog_lab.a_view', 'view'],
      ['catalog_lab.b_table', 'table'],
    ]);
    const missing = { database: null, schema: 'catalog_lab', identifier: 'missing' };
    const columns = await lab.session.listColumns([...relations, missing]);
    expect([...columns.keys()].sort()).toEqual(['catalog_lab.a_view', 'catalog_lab.b_table']);
    const names = (key: string) => listNames(columns.get(key));
    expect(names('catalog_lab.a_view')).toEqual(['key']);
    expect(names('catalog_lab.b_table')).toEqual(['id', 'amount', 'seen_at']);
    const types = columns.get('catalog_lab.b_table') ?? [];
    const expected = ['integer', 'numeric(10,2)', 'timestamp'];
    expect(types.map(({ type }, index) => lab.dialect.isSameType(type, expected[index] ?? ''))).toEqual([
      true,
      true,
      true,
    ]);
  });

  lab.test('nothing asked, nothing found', async () => {
    expect(await lab.session.listRelations([])).toEqual([]);
    expect(await lab.session.listColumns([])).toEqual(new Map());
    expect(await lab.session.listRelations([{ database: null, schema: 'no_such_schema' }])).toEqual([]);
  });

  lab.test('columns of a query without running it', async () => {
    const columns = await lab.session.describeQuery(
      "with t as (select 1 as id) select id, cast(1.5 as numeric(10, 2)) as amount, 'x' as name from t -- all",
    );
    expect(listNames(columns)).toEqual(['id', 'amount', 'name']);
    expect(lab.dialect.isSameType(columns[1]?.type ?? '', 'numeric(10,2)')).toBe(true);
  });

  lab.test('names with quotes, spaces, capitals and other scripts', async () => {
    const odd = lab.at('Straße "of" gold; drop');
    await lab.session.execute(lab.dialect.createTable(odd, [{ name: 'Ünïcode "c"', type: 'integer' }]));
    expect(await lab.session.load(odd, [{ name: 'Ünïcode "c"', type: 'integer' }], [[1]])).toBe(1);
    expect((await lab.session.listColumns([odd])).get(relationKey(odd))?.map(({ name }) => name)).toEqual([
      'Ünïcode "c"',
    ]);
    await lab.session.execute(lab.dialect.comment(odd, 'table', "it's"));
    await lab.session.execute(lab.dialect.rename(odd, 'table', 'Größe'));
    expect(await lab.read(`select * from ${lab.render('Größe')}`)).toEqual([[1]]);
  });
}

/** Temporary tables belong to their session. */
export function checkTemporaryTables(lab: Lab): void {
  lab.test('a temporary table is seen by its session alone, with its columns', async () => {
    const temporary = lab.dialect.temporaryRelation('scratch', lab.at('scratch'));
    await lab.session.execute(lab.dialect.createTableAs(temporary, 'select 1 as id', { temporary: true }));
    const columns = (await lab.session.listColumns([temporary])).get(relationKey(temporary));
    expect(listNames(columns)).toEqual(['id']);
    const other = await lab.adapter.openSession();
    await expect(other.query(`select * from ${lab.dialect.renderRelation(temporary)}`)).rejects.toThrow();
    await other.close();
    await lab.session.execute(lab.dialect.drop(temporary, 'table'));
  });
}
