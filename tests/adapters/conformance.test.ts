import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Adapter, Session } from '../../orchestrator/adapters/adapter.ts';
import { openAdapter } from '../../orchestrator/adapters/open-adapter.ts';
import type { LogicalType } from '../../orchestrator/dialects/dialect.ts';
import { type Relation, relationKey } from '../../orchestrator/manifest/relation.ts';
import type { CellValue } from '../../orchestrator/manifest/results.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

/** A warehouse under test: how to open it, and the few texts in which warehouses may differ. */
interface Subject {
  readonly name: string;
  readonly open: () => Promise<Adapter>;
  readonly slowQuery: string;
  readonly missingTable: RegExp;
}

const folder = mkdtempSync(join(tmpdir(), 'strata-conformance-'));
let server: TestPostgres;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const subjects: readonly Subject[] = [
  {
    name: 'duckdb',
    open: () => openAdapter({ type: 'duckdb', path: join(folder, 'shop.duckdb') }),
    slowQuery: 'select count(*) from range(100000) as a, range(10000000) as b where (a.range * b.range) % 7 = 3',
    missingTable: /Table with name nowhere does not exist/,
  },
  {
    name: 'postgres',
    open: () => openAdapter({ type: 'postgres', ...server, dbname: server.database }),
    slowQuery: 'select pg_sleep(60)',
    missingTable: /^relation "nowhere" does not exist\nLINE 2: {5}from nowhere\n {17}\^$/,
  },
];

describe.each(subjects)('$name', (subject) => {
  let adapter: Adapter;
  let session: Session;

  beforeAll(async () => {
    adapter = await subject.open();
    await adapter.connect();
    session = await adapter.openSession();
    await session.execute(adapter.dialect.createSchema(at('anything')));
  });

  afterAll(() => adapter.close());

  const at = (identifier: string): Relation => ({ database: null, schema: 'lab', identifier });
  const render = (identifier: string) => adapter.dialect.renderRelation(at(identifier));
  const read = async (sql: string) => (await session.query(sql)).rows;
  const createTable = async (identifier: string, types: Readonly<Record<string, LogicalType>>) => {
    const columns = Object.entries(types).map(([name, type]) => ({ name, type: adapter.dialect.typeName(type) }));
    await session.execute(adapter.dialect.createTable(at(identifier), columns));
    return columns;
  };

  describe('values', () => {
    test('every type comes back as the same cell', async () => {
      const { rows } = await session.query(`
        select true, cast(7 as smallint), 7, cast(7 as bigint), cast(9007199254740993 as bigint),
            cast(0.1 as real), cast(0.1 as double precision), cast(1.50 as numeric(10, 2)),
            cast(-0.05 as numeric(10, 2)), 'naïve ☃ 𝕏', date '2024-02-29', timestamp '2024-02-29 23:59:59.5',
            timestamp '2024-02-29 00:00:00', timestamp with time zone '2024-02-29 23:00:00+02', time '10:00:00',
            interval '1 year 2 months 3 days 4 hours', null, cast('NaN' as double precision)`);
      expect(rows).toEqual([
        [
          true,
          7,
          7,
          7,
          9007199254740993n,
          0.1,
          0.1,
          '1.50',
          '-0.05',
          'naïve ☃ 𝕏',
          '2024-02-29',
          '2024-02-29 23:59:59.5',
          '2024-02-29 00:00:00',
          '2024-02-29 21:00:00+00',
          '10:00:00',
          '1 year 2 mons 3 days 04:00:00',
          null,
          Number.NaN,
        ],
      ]);
    });

    test('sums of integers and counts are numbers where that is exact', async () => {
      const rows = await read('select sum(cast(x as integer)), count(*) from (values (1), (2)) as t (x)');
      expect(rows).toEqual([[3, 2]]);
    });

    test('lists are JSON text', async () => {
      expect(await read("select array[1, 2, null], array['a', 'b,c']")).toEqual([['[1,2,null]', '["a","b,c"]']]);
    });

    test('literals of the dialect read back as they were', async () => {
      const values: CellValue[] = [null, true, 42, -1.5, "it's \\ \n ☃", 9007199254740993n, Number.NaN];
      const rows = await read(`select ${values.map(adapter.dialect.renderLiteral).join(', ')}`);
      expect(rows.map((row) => row.map((cell) => (cell === '-1.5' ? -1.5 : cell)))).toEqual([values]);
    });

    test('the last of several statements answers', async () => {
      expect(await read('select 1; select 2')).toEqual([[2]]);
    });

    test('a query without rows has columns', async () => {
      const { columns, rows } = await session.query("select 1 as id, 'x' as name limit 0");
      expect(columns.map(({ name }) => name)).toEqual(['id', 'name']);
      expect(rows).toEqual([]);
    });

    test('no session depends on the time zone of the machine', async () => {
      expect(await read("select cast(timestamp with time zone '2024-01-01 00:30:00+01' as date)")).toEqual([
        ['2023-12-31'],
      ]);
    });
  });

  describe('loading', () => {
    const types: Readonly<Record<string, LogicalType>> = {
      flag: 'boolean',
      small: 'integer',
      big: 'bigint',
      ratio: 'float',
      amount: 'numeric',
      name: 'string',
      day: 'date',
      at: 'timestamp',
    };

    test('cells given as text or as values arrive typed', async () => {
      const columns = await createTable('typed', types);
      const rows: CellValue[][] = [
        [true, 1, 2, 0.5, '12.5', 'tab\tnewline\nback\\slash "quote"', '2024-02-29', '2024-02-29 23:59:59.123456'],
        ['false', '-1', 9007199254740993n, '-1e-3', '-0.0000005', '', '1969-12-31', '1969-12-31 23:59:59.5'],
        ['t', '0', '0', 'NaN', '1e3', '\\N', '2024-01-01', '2024-01-01T00:00:00'],
        [null, null, null, null, null, null, null, null],
      ];
      expect(await session.load(at('typed'), columns, rows)).toBe(4);
      expect(await read(`select * from ${render('typed')}`)).toEqual([
        [true, 1, 2, 0.5, '12.500000', 'tab\tnewline\nback\\slash "quote"', '2024-02-29', '2024-02-29 23:59:59.123456'],
        [false, -1, 9007199254740993n, -0.001, '-0.000001', '', '1969-12-31', '1969-12-31 23:59:59.5'],
        [true, 0, 0, Number.NaN, '1000.000000', '\\N', '2024-01-01', '2024-01-01 00:00:00'],
        [null, null, null, null, null, null, null, null],
      ]);
    });

    test('10,000 rows in order, from a generator', async () => {
      const columns = await createTable('many', { id: 'integer', label: 'string' });
      const rows = (function* () {
        for (let id = 0; id < 10_000; id++) yield [id, id % 10 === 0 ? null : `label ${id}`];
      })();
      expect(await session.load(at('many'), columns, rows)).toBe(10_000);
      const sums = 'select count(*), count(label), sum(id), min(label), max(label) from';
      expect(await read(`${sums} ${render('many')}`)).toEqual([[10_000, 9_000, 49_995_000, 'label 1', 'label 9999']]);
    });

    test('a part of the columns in another order, and types that only the warehouse reads', async () => {
      await session.execute(`create table ${render('partial')} (id integer, doc json, starts_at time, name varchar)`);
      const columns = [
        { name: 'name', type: 'varchar' },
        { name: 'starts_at', type: 'time' },
        { name: 'doc', type: 'json' },
      ];
      expect(await session.load(at('partial'), columns, [['x', '10:30:00', '{"a":1}']])).toBe(1);
      expect(await read(`select * from ${render('partial')}`)).toEqual([[null, '{"a":1}', '10:30:00', 'x']]);
    });

    test('no rows', async () => {
      const columns = await createTable('none', { id: 'integer' });
      expect(await session.load(at('none'), columns, [])).toBe(0);
    });

    test('a bad cell fails with its column and value and leaves nothing', async () => {
      const columns = await createTable('bad', { id: 'integer' });
      const rows = [...Array.from({ length: 5_000 }, (_, id) => [id]), ['seven']];
      await expect(session.load(at('bad'), columns, rows)).rejects.toMatchObject({
        code: 'database-error',
        message: expect.stringMatching(/(?=.*5001)(?=.*\bid\b)(?=.*"seven")/s),
      });
      expect(await read(`select count(*) from ${render('bad')}`)).toEqual([[0]]);
    });

    test('inside a transaction it is rolled back with it', async () => {
      const columns = await createTable('undone', { id: 'integer' });
      await session.begin();
      await session.load(at('undone'), columns, [[1], [2]]);
      expect(await read(`select count(*) from ${render('undone')}`)).toEqual([[2]]);
      await session.rollback();
      expect(await read(`select count(*) from ${render('undone')}`)).toEqual([[0]]);
    });
  });

  describe('numbers', () => {
    test('columns become arrays in row order, null NaN', async () => {
      await session.execute(
        `create table ${render('numbers')} as select * from (values
            (1, cast(0.5 as double precision), cast(1.25 as numeric(10, 2)), true, cast(null as bigint)),
            (2, null, -2.5, false, 5)) as t (i, d, n, b, e)`,
      );
      const columns = await session.readNumbers(`select * from ${render('numbers')} order by i desc -- last`);
      expect(columns).toEqual([
        Float64Array.of(2, 1),
        Float64Array.of(Number.NaN, 0.5),
        Float64Array.of(-2.5, 1.25),
        Float64Array.of(0, 1),
        Float64Array.of(5, Number.NaN),
      ]);
    });

    test('more rows than a block holds', async () => {
      const digits = '(values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))';
      const sql = `
        select a.x + 10 * b.x + 100 * c.x + 1000 * d.x as n
        from ${digits} as a (x), ${digits} as b (x), ${digits} as c (x), ${digits} as d (x)
        order by 1`;
      const [numbers = new Float64Array()] = await session.readNumbers(sql);
      expect(numbers).toEqual(Float64Array.from({ length: 10_000 }, (_, n) => n));
    });

    test('no rows give empty arrays', async () => {
      expect(await session.readNumbers('select 1 as a, 2 as b limit 0')).toEqual([
        new Float64Array(),
        new Float64Array(),
      ]);
    });
  });

  describe('catalog', () => {
    test('tables and views of a schema, and columns of several relations in one go', async () => {
      await session.execute(adapter.dialect.createSchema({ database: null, schema: 'catalog_lab' }));
      await session.execute('create table catalog_lab.b_table (id integer, amount numeric(10, 2), seen_at timestamp)');
      await session.execute('create view catalog_lab.a_view as select id as key from catalog_lab.b_table');
      const relations = await session.listRelations([{ database: null, schema: 'catalog_lab' }]);
      expect(relations.map(({ schema, identifier, type }) => [schema, identifier, type])).toEqual([
        ['catalog_lab', 'a_view', 'view'],
        ['catalog_lab', 'b_table', 'table'],
      ]);
      const missing = { database: null, schema: 'catalog_lab', identifier: 'missing' };
      const columns = await session.listColumns([...relations, missing]);
      expect([...columns.keys()].sort()).toEqual(['catalog_lab.a_view', 'catalog_lab.b_table']);
      const names = (key: string) => columns.get(key)?.map(({ name }) => name);
      expect(names('catalog_lab.a_view')).toEqual(['key']);
      expect(names('catalog_lab.b_table')).toEqual(['id', 'amount', 'seen_at']);
      const types = columns.get('catalog_lab.b_table') ?? [];
      const expected = ['integer', 'numeric(10,2)', 'timestamp'];
      expect(types.map(({ type }, index) => adapter.dialect.isSameType(type, expected[index] ?? ''))).toEqual([
        true,
        true,
        true,
      ]);
    });

    test('nothing asked, nothing found', async () => {
      expect(await session.listRelations([])).toEqual([]);
      expect(await session.listColumns([])).toEqual(new Map());
      expect(await session.listRelations([{ database: null, schema: 'no_such_schema' }])).toEqual([]);
    });

    test('columns of a query without running it', async () => {
      const columns = await session.describeQuery(
        "with t as (select 1 as id) select id, cast(1.5 as numeric(10, 2)) as amount, 'x' as name from t -- all",
      );
      expect(columns.map(({ name }) => name)).toEqual(['id', 'amount', 'name']);
      expect(adapter.dialect.isSameType(columns[1]?.type ?? '', 'numeric(10,2)')).toBe(true);
    });

    test('a temporary table is seen by its session alone, with its columns', async () => {
      const temporary = adapter.dialect.temporaryRelation('scratch');
      await session.execute(adapter.dialect.createTableAs(temporary, 'select 1 as id', { temporary: true }));
      expect((await session.listColumns([temporary])).get(relationKey(temporary))?.map(({ name }) => name)).toEqual([
        'id',
      ]);
      const other = await adapter.openSession();
      await expect(other.query(`select * from ${adapter.dialect.renderRelation(temporary)}`)).rejects.toThrow();
      await other.close();
      await session.execute(adapter.dialect.drop(temporary, 'table'));
    });

    test('names with quotes, spaces, capitals and other scripts', async () => {
      const odd = at('Straße "of" gold; drop');
      await session.execute(adapter.dialect.createTable(odd, [{ name: 'Ünïcode "c"', type: 'integer' }]));
      expect(await session.load(odd, [{ name: 'Ünïcode "c"', type: 'integer' }], [[1]])).toBe(1);
      expect((await session.listColumns([odd])).get(relationKey(odd))?.map(({ name }) => name)).toEqual([
        'Ünïcode "c"',
      ]);
      await session.execute(adapter.dialect.comment(odd, 'table', "it's"));
      await session.execute(adapter.dialect.rename(odd, 'table', 'Größe'));
      expect(await read(`select * from ${render('Größe')}`)).toEqual([[1]]);
    });
  });

  describe('statements of the dialect', () => {
    const relationOf = async (identifier: string, sql: string) => {
      await session.execute(adapter.dialect.createTableAs(at(identifier), sql, { orReplace: true }));
      return at(identifier);
    };
    const sorted = (relation: Relation) => read(`select * from ${adapter.dialect.renderRelation(relation)} order by 1`);
    const changes = "select 2 as id, 'new' as name, 9 as kept union all select 3, 'three', 9";
    const before = "select 1 as id, 'one' as name, 0 as kept union all select 2, 'two', 0";

    test('merge updates what matches and inserts the rest', async () => {
      const [target, source] = [await relationOf('m_target', before), await relationOf('m_source', changes)];
      const spec = { target, source, uniqueKey: ['id'], columns: ['id', 'name', 'kept'], updateColumns: ['name'] };
      await session.execute(adapter.dialect.merge({ ...spec, predicates: ['DBT_INTERNAL_DEST.id < 100'] }));
      expect(await sorted(target)).toEqual([
        [1, 'one', 0],
        [2, 'new', 0],
        [3, 'three', 9],
      ]);
    });

    test('rows whose key is in another table are deleted and counted', async () => {
      const [target, source] = [await relationOf('d_target', before), await relationOf('d_source', changes)];
      const spec = { target, source, uniqueKey: ['id'], predicates: [] };
      expect((await session.execute(adapter.dialect.deleteMatching(spec))).rowsAffected).toBe(1);
      expect(await sorted(target)).toEqual([[1, 'one', 0]]);
      await session.execute(adapter.dialect.insertSelect(target, ['name', 'id'], "select 5 as id, 'five' as name"));
      expect(await sorted(target)).toEqual([
        [1, 'one', 0],
        [5, 'five', null],
      ]);
      expect((await session.execute(adapter.dialect.deleteAll(target))).rowsAffected).toBe(2);
    });

    test('columns are added, retyped and dropped', async () => {
      const target = await relationOf('altered', 'select 1 as id, 2 as gone');
      await session.execute(adapter.dialect.addColumn(target, { name: 'note', type: 'varchar' }));
      await session.execute(adapter.dialect.alterColumnType(target, { name: 'id', type: 'bigint' }));
      await session.execute(adapter.dialect.dropColumn(target, 'gone'));
      const columns = (await session.listColumns([target])).get(relationKey(target)) ?? [];
      expect(columns.map(({ name }) => name)).toEqual(['id', 'note']);
      expect(adapter.dialect.isSameType(columns[0]?.type ?? '', 'bigint')).toBe(true);
    });

    test('a contract refuses null, and its column order is the table', async () => {
      const columns = [
        { name: 'id', type: 'bigint', constraints: ['not null'] },
        { name: 'name', type: 'varchar', constraints: [] },
      ];
      const good = adapter.dialect.createTableAs(at('contract'), "select 'a' as name, 1 as id", { columns });
      await session.execute(good);
      expect(await read(`select * from ${render('contract')}`)).toEqual([[1, 'a']]);
      const bad = adapter.dialect.createTableAs(at('broken'), "select 'a' as name, null as id", { columns });
      await expect(session.execute(bad)).rejects.toMatchObject({ code: 'database-error' });
    });

    test('indexes, comments, views', async () => {
      const target = await relationOf('indexed', 'select 1 as id, 2 as day');
      await session.execute(adapter.dialect.createIndex(target, { columns: ['id'], unique: true, method: null }));
      await session.execute(adapter.dialect.commentColumn(target, 'id', 'the key'));
      await session.execute(adapter.dialect.createView(at('seen'), `select id from ${render('indexed')} -- all`));
      expect(await read(`select * from ${render('seen')}`)).toEqual([[1]]);
      await session.execute(adapter.dialect.drop(at('seen'), 'view'));
    });

    test('create table as says how many rows it made', async () => {
      const sql = adapter.dialect.createTableAs(at('counted'), 'select 1 as id union all select 2');
      expect((await session.execute(sql)).rowsAffected).toBe(2);
    });
  });

  describe('errors', () => {
    test('a refused statement carries the code and says where', async () => {
      await expect(session.query('select *\n    from nowhere')).rejects.toMatchObject({
        code: 'database-error',
        message: expect.stringMatching(subject.missingTable),
      });
    });

    test('a failed transaction can be rolled back and the session goes on', async () => {
      await session.begin();
      await expect(session.execute('select * from nowhere')).rejects.toThrow();
      await session.rollback();
      await session.rollback();
      expect(await read('select 1')).toEqual([[1]]);
    });

    test('DDL is rolled back', async () => {
      await session.begin();
      await session.execute(`create table ${render('fleeting')} (id integer)`);
      await session.rollback();
      await expect(read(`select * from ${render('fleeting')}`)).rejects.toThrow();
    });

    test('a session that was closed rolls back what it had open', async () => {
      const other = await adapter.openSession();
      await other.begin();
      await other.execute(`create table ${render('orphan')} (id integer)`);
      await other.close();
      await other.rollback();
      await other.close();
      await expect(read(`select * from ${render('orphan')}`)).rejects.toThrow();
    });
  });

  describe('cancelling', () => {
    test('a slow query stops soon, fails as cancelled, and the session goes on', async () => {
      const started = Date.now();
      const failure = session.query(subject.slowQuery).catch((error: unknown) => error);
      setTimeout(() => session.cancel(), 100);
      expect(await failure).toMatchObject({ code: 'cancelled', message: 'The statement was cancelled.' });
      expect(Date.now() - started).toBeLessThan(3000);
      expect(await read('select 1')).toEqual([[1]]);
    });

    test('cancelled at once it stops too', async () => {
      const failure = session.query(subject.slowQuery).catch((error: unknown) => error);
      await session.cancel();
      expect(await failure).toMatchObject({ code: 'cancelled' });
    });

    test('with nothing running it does nothing', async () => {
      await session.cancel();
      expect(await read('select 1')).toEqual([[1]]);
    });

    test('closing the adapter stops what runs', async () => {
      const other = await subject.open();
      await other.connect();
      const busy = await other.openSession();
      const failure = busy.query(subject.slowQuery).catch((error: unknown) => error);
      await other.close();
      await other.close();
      expect(await failure).toMatchObject({ code: 'cancelled' });
    });
  });

  describe('several sessions', () => {
    test('four create forty tables each at the same time', async () => {
      const sessions = await Promise.all([1, 2, 3, 4].map(() => adapter.openSession()));
      await Promise.all(
        sessions.map(async (each, thread) => {
          for (let count = 0; count < 40; count++) {
            await each.begin();
            const sql = adapter.dialect.createTableAs(at(`t_${thread}_${count}`), `select ${count} as id`);
            await each.execute(sql);
            await each.query(`select count(*) from ${render(`t_${thread}_${count}`)} where id is null`);
            await each.commit();
          }
        }),
      );
      await Promise.all(sessions.map((each) => each.close()));
      const relations = await session.listRelations([at('')]);
      expect(relations.filter(({ identifier }) => /^t_\d_\d+$/.test(identifier))).toHaveLength(160);
    });

    test('a reader sees the old rows until the writer commits', async () => {
      await session.execute(`create table ${render('shared')} as select 1 as id`);
      const writer = await adapter.openSession();
      await writer.begin();
      await writer.execute(`delete from ${render('shared')}; insert into ${render('shared')} values (2)`);
      expect(await read(`select id from ${render('shared')}`)).toEqual([[1]]);
      await writer.commit();
      expect(await read(`select id from ${render('shared')}`)).toEqual([[2]]);
      await writer.close();
    });

    test('a conflict between two transactions may be tried again, another error not', async () => {
      const [one, two] = [await adapter.openSession(), await adapter.openSession()];
      await session.execute(`create table ${render('contested')} as select 1 as id`);
      const serializable = adapter.dialect.supportsBoundViews ? 'set transaction isolation level repeatable read' : '';
      for (const each of [one, two]) {
        await each.begin();
        await each.execute(`${serializable}; select * from ${render('contested')}`.replace(/^; /, ''));
      }
      await one.execute(`update ${render('contested')} set id = 2`);
      const second = two.execute(`update ${render('contested')} set id = 3`).catch((error: unknown) => error);
      await one.commit();
      const failure = await second;
      expect(failure).toMatchObject({ code: 'database-error' });
      expect(adapter.isRetryable(failure)).toBe(true);
      await two.rollback();
      const other = await two.query('select * from nowhere').catch((error: unknown) => error);
      expect(adapter.isRetryable(other)).toBe(false);
      await Promise.all([one.close(), two.close()]);
    });
  });
});
