import { setImmediate as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CellValue } from '../../orchestrator/manifest/results.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { openPostgresProject } from '../unit/run/support/postgres.ts';
import { type NodeSpec, resultOf, statuses, type TestProject } from '../unit/run/support/project.ts';

let server: TestPostgres;
let project: TestProject;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());
beforeEach(async () => {
  project = await openPostgresProject(server);
});
afterEach(() => project.close());

function facts(sql: string, config = {}): NodeSpec {
  return { name: 'facts', sql, config };
}

/** `build 3` stands in every row of the third build. */
function build(version: number): NodeSpec {
  return facts(`select i, ${version} as version from generate_series(1, 200) as numbers(i)`);
}

const named = (name: string) => project.render({ ...project.place, identifier: name });

/** A role of its own with a view on the published table, as a BI team has it. */
async function createForeignView(sql: string): Promise<void> {
  const { schema } = project.place;
  const role = `analyst_${schema}`;
  await project.execute(
    `create role ${role}; grant all on schema ${schema} to ${role}; grant select on all tables in schema ${schema} to ${role}`,
  );
  await project.execute(`set role ${role}; create view ${schema}.foreign_view as ${sql}; reset role`);
}

interface Polled {
  readonly seen: readonly string[];
  readonly errors: readonly string[];
}

/** Reads again and again while `work` goes on: every different answer in order, and every error. */
async function pollWhile(sql: string, work: () => Promise<void>): Promise<Polled> {
  const session = await project.adapter.openSession();
  const seen: string[] = [];
  const errors: string[] = [];
  let working = true;
  const polling = (async () => {
    while (working) {
      try {
        const answer = JSON.stringify((await session.query(sql)).rows);
        if (seen.at(-1) !== answer) seen.push(answer);
      } catch (error) {
        errors.push(String(error));
      }
      await pause();
    }
  })();
  await work();
  working = false;
  await polling;
  await session.close();
  return { seen, errors };
}

async function columnsOf(name: string): Promise<readonly (readonly CellValue[])[]> {
  return project.query(
    `select column_name, data_type from information_schema.columns where table_schema = '${project.place.schema}' and table_name = '${name}' order by ordinal_position`,
  );
}

describe("somebody else's view on a published table", () => {
  it('survives 20 rebuilds; a reader polling it sees whole builds in order and never an error', async () => {
    await project.run([build(0)]);
    await createForeignView(`select version, count(*) as rows from ${named('facts')} group by 1`);
    const { seen, errors } = await pollWhile(
      `select version, rows from ${named('foreign_view')} order by 1`,
      async () => {
        for (let version = 1; version <= 20; version += 1) {
          expect(statuses(await project.run([build(version)]))).toEqual(['facts: success']);
        }
      },
    );
    expect(errors).toEqual([]);
    const versions = seen.map((answer) => JSON.parse(answer));
    expect(versions.every((rows) => rows.length === 1 && rows[0][1] === 200)).toBe(true);
    expect(versions.map((rows) => rows[0][0])).toEqual([...versions.map((rows) => rows[0][0])].sort((a, b) => a - b));
    expect(await project.rows('foreign_view')).toEqual([[20, 200]]);
  });

  it('survives 20 rebuilds that add, drop and move columns, without an error for a reader polling it', async () => {
    const shapes = ['version, i, i + 1 as extra', 'i, version', "'x' as note, version, i", 'i, 1.5 as extra, version'];
    const shaped = (version: number) =>
      facts(
        `select ${shapes[version % shapes.length]} from (select i, ${version} as version from generate_series(1, 200) as n(i)) as b`,
      );
    await project.run([shaped(0)]);
    await createForeignView(`select version, count(i) as rows from ${named('facts')} group by 1`);
    const { seen, errors } = await pollWhile(`select * from ${named('foreign_view')}`, async () => {
      for (let version = 1; version <= 20; version += 1) {
        expect(statuses(await project.run([shaped(version)]))).toEqual(['facts: success']);
      }
    });
    expect(errors).toEqual([]);
    expect(seen.every((answer) => /^\[\[\d+,200\]\]$/.test(answer))).toBe(true);
    expect(await project.rows('foreign_view')).toEqual([[20, 200]]);
  });

  it('blocks a type it needs from being widened, and goes on reading the old rows', async () => {
    await project.run([facts('select 1 as id, 2 as spare')]);
    await createForeignView(`select id from ${named('facts')}`);
    const free = await project.run([facts('select 2 as id, 3::bigint as spare')]);
    expect(statuses(free)).toEqual(['facts: success']);
    const widened = await project.run([facts('select 3::bigint as id, 3::bigint as spare')]);
    expect(resultOf(widened, 'facts').message).toContain('column "id" would vanish or change type, which view');
    expect(await project.rows('foreign_view')).toEqual([[2]]);
  });

  it('keeps its columns while others are added and dropped', async () => {
    await project.run([facts('select 1 as id, 2 as needed, 3 as spare')]);
    await createForeignView(`select needed from ${named('facts')}`);
    await project.run([facts("select 'new' as label, 5 as needed, 4.5 as id")]);
    expect(await project.rows('foreign_view')).toEqual([[5]]);
    expect(await columnsOf('facts')).toEqual([
      ['needed', 'integer'],
      ['label', 'text'],
      ['id', 'numeric'],
    ]);
  });

  it('blocks a rebuild that would take a column from it, by name, and nothing is dropped', async () => {
    await project.run([facts('select 1 as id, 2 as needed')]);
    await createForeignView(`select needed from ${named('facts')}`);
    const results = await project.run([facts('select 7 as id')]);
    const { schema } = project.place;
    expect(resultOf(results, 'facts').message).toBe(
      `${schema}.facts was not replaced: column "needed" would vanish or change type, which view ${schema}.foreign_view (owner analyst_${schema}) still needs. Nothing was dropped.`,
    );
    expect(await project.rows('facts')).toEqual([[1, 2]]);
    expect(await project.rows('foreign_view')).toEqual([[2]]);
    expect(await project.relations()).toEqual(['facts:table', 'foreign_view:view']);
  });

  it('blocks a table that would become a view, and a change of type', async () => {
    await project.run([facts('select 1 as id')]);
    await createForeignView(`select id from ${named('facts')}`);
    const asView = await project.run([facts('select 2 as id', { materialized: 'view' })]);
    expect(resultOf(asView, 'facts').message).toContain('the table would become a view, which view');
    const asText = await project.run([facts("select 'x' as id")]);
    expect(resultOf(asText, 'facts').message).toContain('column "id" would vanish or change type');
    expect(await project.rows('foreign_view')).toEqual([[1]]);
  });

  it('goes on reading a view of ours whose columns grow', async () => {
    const config = { materialized: 'view' };
    await project.run([facts('select 1 as id', config)]);
    await createForeignView(`select id from ${named('facts')}`);
    await project.run([facts("select 2 as id, 'x' as label", config)]);
    expect(await project.rows('foreign_view')).toEqual([[2]]);
  });

  it('keeps the old rows when the audit of the new ones fails', async () => {
    await project.run([build(1)]);
    await createForeignView(`select distinct version from ${named('facts')}`);
    const audit: NodeSpec = {
      name: 'no_two',
      type: 'test',
      sql: 'select * from {facts} where version = 2',
      reads: ['facts'],
    };
    await project.run([build(2), audit]);
    expect(await project.rows('foreign_view')).toEqual([[1]]);
  });
});

describe("the project's own views", () => {
  it('are made again from their present queries when their table loses a column', async () => {
    const view = (sql: string): NodeSpec => ({
      name: 'report',
      sql,
      reads: ['facts'],
      config: { materialized: 'view' },
    });
    await project.run([facts('select 1 as id, 2 as spare'), view('select * from {facts}')]);
    const results = await project.run([facts('select 5 as id'), view('select * from {facts}')]);
    expect(statuses(results)).toEqual(['facts: success', 'report: success']);
    expect(await project.rows('report')).toEqual([[5]]);
    expect(await columnsOf('report')).toEqual([['id', 'integer']]);
  });
});

describe('a table that no view reads', () => {
  it('is swapped 20 times without an error for a reader polling it', async () => {
    await project.run([build(0)]);
    const { seen, errors } = await pollWhile(`select version, count(*) from ${named('facts')} group by 1`, async () => {
      for (let version = 1; version <= 20; version += 1) await project.run([build(version)]);
    });
    expect(errors).toEqual([]);
    expect(seen.every((answer) => /^\[\[\d+,200\]\]$/.test(answer))).toBe(true);
  });
});
