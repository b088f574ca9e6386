import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkCancelling } from './conformance/cancelling.ts';
import { checkCatalog, checkTemporaryTables } from './conformance/catalog.ts';
import { checkErrors } from './conformance/errors.ts';
import { Lab } from './conformance/lab.ts';
import { checkLoading } from './conformance/loading.ts';
import { checkNumbers } from './conformance/numbers.ts';
import { checkSessions } from './conformance/sessions.ts';
import { checkStatements } from './conformance/statements.ts';
import { subjects } from './conformance/subjects.ts';
import { checkTransactions } from './conformance/transactions.ts';
import { checkValues } from './conformance/values.ts';

const themes: Readonly<Record<string, (lab: Lab) => void>> = {
  values: checkValues,
  loading: checkLoading,
  numbers: checkNumbers,
  catalog: checkCatalog,
  'temporary tables': checkTemporaryTables,
  'statements of the dialect': checkStatements,
  errors: checkErrors,
  transactions: checkTransactions,
  cancelling: checkCancelling,
  'several sessions': checkSessions,
};

for (const subject of subjects) {
  describe.skipIf(subject.missing !== undefined)(subject.dialect.name, () => {
    const lab = new Lab(subject);
    beforeAll(() => lab.open());
    afterAll(() => lab.close());

    for (const [theme, check] of Object.entries(themes)) describe(theme, () => check(lab));

    test('every exemption is of a check that exists', () => {
      expect(Object.keys(subject.exempt).filter((name) => !lab.names.has(name))).toEqual([]);
    });
  });
}
