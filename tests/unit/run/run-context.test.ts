import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NodeCompiler } from '../../../orchestrator/run/compiler.ts';
import { openDuckDbProject } from './support/duckdb.ts';
import type { TestProject } from './support/project.ts';

let project: TestProject;
beforeEach(async () => {
  project = await openDuckDbProject();
});
afterEach(() => project.close());

/** A compiler that leaves the run's date to the warehouse, as a project with its own macro for it does. */
function datedCompiler(place: TestProject['place']): NodeCompiler & { readonly asked: () => number } {
  let date = 'open';
  let times = 0;
  return {
    // biome-ignore lint/correctness/useYield: only the date is asked of the warehouse
    *compileNode(node) {
      return { sql: `select '${date}' as as_of, '${node.name}' as name` };
    },
    // biome-ignore lint/correctness/useYield: only the date is asked of the warehouse
    *compileHook(_, template) {
      return template;
    },
    queryComment: () => null,
    fileExpression: () => null,
    readFrom: () => undefined,
    asOf: null,
    targetSchema: place,
    *resolveAsOf() {
      times += 1;
      const sql = 'select max(day)::varchar from shop.days where (select count(*) from range(20000000) t) > 0';
      const answer = (yield { kind: 'query', sql }) as { readonly rows: readonly (readonly string[])[] };
      date = answer.rows[0]?.[0] ?? 'none';
      return date;
    },
    asked: () => times,
  };
}

describe("a run's as_of_date", () => {
  it('is asked for once, after all seeds, and is the same for every node on any number of threads', async () => {
    const compiler = datedCompiler(project.place);
    const models = Array.from({ length: 12 }, (_, at) => ({ name: `model_${at}` }));
    const days = { name: 'days', type: 'seed' as const, csv: 'day\n2024-01-31\n2024-02-29\n' };
    const results = await project.run([...models, days], { compiler, threads: 3 });
    const all = models.map(({ name }) => `select as_of from shop.${name}`).join(' union ');
    expect(await project.query(all)).toEqual([['2024-02-29']]);
    expect(compiler.asked()).toBe(1);
    expect(results.args).toEqual({ as_of_date: '2024-02-29' });
  });
});
