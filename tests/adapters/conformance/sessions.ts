import { expect } from 'vitest';
import type { Lab } from './lab.ts';

/** Sessions work at the same time. */
export function checkSessions(lab: Lab): void {
  lab.test('four create forty tables each at the same time', async () => {
    const sessions = await Promise.all([1, 2, 3, 4].map(() => lab.adapter.openSession()));
    await Promise.all(
      sessions.map(async (each, thread) => {
        for (let count = 0; count < 40; count++) {
          await each.begin();
          const sql = lab.dialect.createTableAs(lab.at(`t_${thread}_${count}`), `select ${count} as id`);
          await each.execute(sql);
          await each.query(`select count(*) from ${lab.render(`t_${thread}_${count}`)} where id is null`);
          await each.commit();
        }
      }),
    );
    await Promise.all(sessions.map((each) => each.close()));
    const relations = await lab.session.listRelations([lab.at('')]);
    expect(relations.filter(({ identifier }) => /^t_\d_\d+$/i.test(identifier))).toHaveLength(160);
  });
}
