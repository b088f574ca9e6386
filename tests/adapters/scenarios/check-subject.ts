import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { declareCheck, findExemption } from '../support/exemption.ts';
import { type Column, readColumn, writeColumn } from './docs-table.ts';
import { Runner } from './runner.ts';
import type { Subject } from './subjects.ts';
import { themes } from './themes.ts';

const scenarios = themes.flatMap((theme) => theme.scenarios);

/**
 * Declares the tests of one warehouse: every scenario, and that docs/warehouses.md says
 * what was shown. With STRATA_WRITE_DOCS=1 the page is brought up to date instead.
 */
export function checkSubject(subject: Subject): void {
  const { title, verifiedBy, unsupported } = subject;
  describe.skipIf(subject.missing !== undefined)(title, () => {
    const shown = new Set<string>();
    checkScenarios(subject, shown);

    test('every exemption is of a scenario that exists', () => {
      const names = scenarios.map(({ name }) => name);
      expect(Object.keys(unsupported).filter((name) => !names.includes(name))).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
    });

    test('docs/warehouses.md says what was shown', ({ skip }) => {
      if (shown.size + Object.keys(unsupported).length < scenarios.length) skip('not every scenario ran');
      const reasons = Object.keys(unsupported).map((name) => [name, findExemption(name, unsupported)?.reason ?? '']);
      const column: Column = { title, verifiedBy, shown, unsupported: Object.fromEntries(reasons) };
      if (process.env['STRATA_WRITE_DOCS'] === '1') writeColumn(column);
      expect(readColumn(title)).toEqual(column);
    });
  });
}

function checkScenarios(subject: Subject, shown: Set<string>): void {
  const runner = new Runner(subject);
  beforeAll(() => runner.open());
  afterAll(() => runner.close());
  for (const theme of themes) {
    describe(theme.title, () => {
      for (const scenario of theme.scenarios) {
        declareCheck(scenario.name, subject.unsupported, async () => {
          await runner.show(theme, scenario);
          shown.add(scenario.name);
        });
      }
    });
  }
}
