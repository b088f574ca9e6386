import type { Session } from '../../../orchestrator/adapters/adapter.ts';
import type { Dialect, LogicalType } from '../../../orchestrator/dialects/dialect.ts';
import type { CellValue } from '../../../orchestrator/manifest/results.ts';
import { createRandom } from '../../../orchestrator/scoring/random.ts';

/** Loads rows into a new table of the schema `scores`. */
export async function loadTable(
  session: Session,
  dialect: Dialect,
  name: string,
  table: {
    readonly columns: readonly (readonly [string, LogicalType])[];
    readonly rows: readonly (readonly CellValue[])[];
  },
): Promise<void> {
  const relation = { database: null, schema: 'scores', identifier: name };
  const columns = table.columns.map(([column, type]) => ({ name: column, type: dialect.typeName(type) }));
  await session.execute(dialect.createTable(relation, columns));
  await session.load(relation, columns, table.rows);
}

const dates = ['2025-01-01', '2025-02-01', '2025-03-01', '2025-04-01', '2025-05-01', '2025-06-01'];
const plans = ['free', 'pro', "team's", null];

/** Keys whose order differs between collations. */
function nameAccount(i: number): string {
  return `${['a', 'B', '_c', 'D-', 'é'][i % 5]}${i}`;
}

interface Account {
  readonly inputs: readonly CellValue[];
  readonly risk: number;
}

function drawAccount(random: () => number): Account {
  const visits = random() < 0.1 ? null : Math.floor(random() ** 2 * 50);
  const tenure = random() * 1000;
  const plan = plans[Math.floor(random() * 4)] ?? null;
  const isAdmin = random() < 0.3;
  const z = 1 - 0.08 * (visits ?? 10) - tenure / 700 + (plan === 'free' ? 1 : 0) - (isAdmin ? 0.5 : 0);
  return { inputs: [visits, tenure, plan, isAdmin], risk: 1 / (1 + Math.exp(-z)) };
}

const inputColumns = [
  ['visits', 'integer'],
  ['tenure_days', 'float'],
  ['plan', 'string'],
  ['is_admin', 'boolean'],
] as const;

/** 300 accounts observed on six dates, and whether they churned in the month after. */
export function drawTraining(): {
  readonly columns: readonly (readonly [string, LogicalType])[];
  readonly rows: readonly (readonly CellValue[])[];
} {
  const random = createRandom(3);
  const rows = dates.flatMap((date) =>
    Array.from({ length: 300 }, (_, i) => {
      const { inputs, risk } = drawAccount(random);
      return [nameAccount(i), date, ...inputs, random() < risk];
    }),
  );
  return {
    columns: [['account_id', 'string'], ['observed_on', 'date'], ...inputColumns, ['churned', 'boolean']],
    rows,
  };
}

/** 200 accounts to score, some of them with a plan never seen, missing values or not eligible. */
export function drawFeatures(): ReturnType<typeof drawTraining> {
  const random = createRandom(4);
  const rows = Array.from({ length: 200 }, (_, i) => {
    const { inputs } = drawAccount(random);
    const [visits = null, tenure = null, plan = null, isAdmin = null] = inputs;
    return [nameAccount(i), visits, i === 7 ? null : tenure, i % 50 === 0 ? 'new plan' : plan, isAdmin, i % 10 !== 3];
  });
  return { columns: [['account_id', 'string'], ...inputColumns, ['is_eligible', 'boolean']], rows };
}
