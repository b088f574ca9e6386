import { afterAll, beforeAll, describe, test } from 'vitest';
import { runScenario } from './run-scenario.ts';
import { Stage } from './stage.ts';
import type { Subject } from './subjects.ts';
import { themes } from './themes.ts';

/** Declares the tests of one warehouse: every scenario, each in a schema of its own. */
export function checkSubject(subject: Subject): void {
  describe(subject.title, () => {
    let stage: Stage;
    let schemas = 0;
    beforeAll(async () => {
      stage = await Stage.open(await subject.start());
    });
    afterAll(() => stage.close());

    describe.each(themes)('$title', ({ scenarios }) => {
      for (const scenario of scenarios) {
        const reason = subject.unsupported[scenario.name];
        const title = reason === undefined ? scenario.name : `${scenario.name}: ${reason}`;
        test.skipIf(reason !== undefined)(title, () => {
          schemas += 1;
          return runScenario(scenario, stage, `scenario_${schemas}`);
        });
      }
    });
  });
}
