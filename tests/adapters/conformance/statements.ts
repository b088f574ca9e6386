import { expect, test } from 'vitest';
import { type Relation, relationKey } from '../../../orchestrator/manifest/relation.ts';
import { type Lab, listNames } from './lab.ts';

/** What the dialect writes, the warehouse understands in the same sense. */
export function checkStatements(lab: Lab): void {
  const relationOf = async (identifier: string, sql: string) => {
    await lab.session.execute(lab.dialect.createTableAs(lab.at(identifier), sql, { orReplace: true }));
    return lab.at(identifier);
  };
  const sorted = (relation: Relation) => lab.read(`select * from ${lab.dialect.renderRelation(relation)} order by 1`);
  const changes = "select 2 as id, 'new' as name, 9 as kept union all select 3, 'three', 9";
  const before = "select 1 as id, 'one' as name, 0 as kept union all select 2, 'two', 0";

  test.skipIf(!lab.dialect.supportsMerge)('merge updates what matches and inserts the rest', async () => {
    const [target, source] = [await relationOf('m_target', before), await relationOf('m_source', changes)];
    const spec = { target, source, uniqueKey: ['id'], columns: ['id', 'name', 'kept'], updateColumns: ['name'] };
    await lab.session.execute(lab.dialect.merge({ ...spec, predicates: ['DBT_INTERNAL_DEST.id < 100'] }));
    expect(await sorted(target)).toEqual([
      [1, 'one', 0],
      [2, 'new', 0],
      [3, 'three', 9],
    ]);
  });

  lab.test('rows whose key is in another table are deleted and counted', async () => {
    const [target, source] = [await relationOf('d_target', before), await relationOf('d_source', changes)];
    const spec = { target, source, uniqueKey: ['id'], predicates: [] };
    expect((await lab.session.execute(lab.dialect.deleteMatching(spec))).rowsAffected).toBe(1);
    expect(await sorted(target)).toEqual([[1, 'one', 0]]);
    await lab.session.execute(lab.dialect.insertSelect(target, ['name', 'id'], "select 5 as id, 'five' as name"));
    expect(await sorted(target)).toEqual([
      [1, 'one', 0],
      [5, 'five', null],
    ]);
    expect((await lab.session.execute(lab.dialect.deleteAll(target))).rowsAffected).toBe(2);
  });

  lab.test('columns are added, retyped and dropped', async () => {
    const target = await relationOf('altered', 'select 1 as id, 2 as gone');
    await lab.session.execute(lab.dialect.addColumn(target, { name: 'note', type: 'varchar' }));
    await lab.session.execute(lab.dialect.alterColumnType(target, { name: 'id', type: 'bigint' }));
    await lab.session.execute(lab.dialect.dropColumn(target, 'gone'));
    const columns = (await lab.session.listColumns([target])).get(relationKey(target)) ?? [];
    expect(listNames(columns)).toEqual(['id', 'note']);
    expect(lab.dialect.isSameType(columns[0]?.type ?? '', 'bigint')).toBe(true);
  });

  lab.test('a contract refuses null, and its column order is the table', async () => {
    const columns = [
      { name: 'id', type: 'bigint', constraints: ['not null'] },
      { name: 'name', type: 'varchar', constraints: [] },
    ];
    const good = lab.dialect.createTableAs(lab.at('contract'), "select 'a' as name, 1 as id", { columns });
    await lab.session.execute(good);
    expect(await lab.read(`select * from ${lab.render('contract')}`)).toEqual([[1, 'a']]);
    const bad = lab.dialect.createTableAs(lab.at('broken'), "select 'a' as name, null as id", { columns });
    await expect(lab.session.execute(bad)).rejects.toMatchObject({ code: 'database-error' });
  });

  test.skipIf(!lab.dialect.supportsIndexes)('an index refuses what its table must not hold', async () => {
    const target = await relationOf('indexed', 'select 1 as id, 2 as day');
    await lab.session.execute(lab.dialect.createIndex(target, { columns: ['id'], unique: true, method: null }));
    const again = lab.dialect.insertSelect(target, ['id'], 'select 1');
    await expect(lab.session.execute(again)).rejects.toMatchObject({ code: 'database-error' });
  });

  lab.test('a view reads its table, whose columns may have comments', async () => {
    const target = await relationOf('looked_at', 'select 1 as id, 2 as day');
    const texts = [
      { column: 'id', text: "it's the key" },
      { column: 'day', text: 'a \\ day' },
    ];
    for (const sql of lab.dialect.commentColumns(target, texts, 'table')) await lab.session.execute(sql);
    await lab.session.execute(
      lab.dialect.createView(lab.at('seen'), `select id from ${lab.render('looked_at')} -- all`),
    );
    expect(await lab.read(`select * from ${lab.render('seen')}`)).toEqual([[1]]);
    await lab.session.execute(lab.dialect.drop(lab.at('seen'), 'view'));
  });

  lab.test('create table as says how many rows it made', async () => {
    const sql = lab.dialect.createTableAs(lab.at('counted'), 'select 1 as id union all select 2');
    expect((await lab.session.execute(sql)).rowsAffected).toBe(2);
  });
}
