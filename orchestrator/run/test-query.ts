import { isMapping } from '../manifest/json.ts';
import type { Node } from '../manifest/node.ts';
import type { NodeStatus } from '../manifest/results.ts';

/** How a test counts and judges its failing rows. */
export interface TestSettings {
  readonly severity: 'error' | 'warn';
  readonly failCalc: string;
  readonly warnIf: string;
  readonly errorIf: string;
  readonly limit: number | null;
}

/** A test's verdict. */
export interface Verdict {
  readonly status: Extract<NodeStatus, 'pass' | 'warn' | 'fail'>;
  readonly failures: number;
  readonly message: string | null;
}

/** A test's settings with dbt's defaults. */
export function readTestSettings(node: Node): TestSettings {
  const { config } = node;
  return {
    severity: String(config['severity'] ?? 'error').toLowerCase() === 'warn' ? 'warn' : 'error',
    failCalc: String(config['fail_calc'] ?? 'count(*)'),
    warnIf: String(config['warn_if'] ?? '!= 0'),
    errorIf: String(config['error_if'] ?? '!= 0'),
    limit: readLimit(config['limit']),
  };
}

function readLimit(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  const limit = Number(isMapping(value) ? Number.NaN : value);
  return Number.isInteger(limit) && limit >= 0 ? limit : null;
}

/** One query that gives a test's failures and whether they are too many: columns failures, should_warn, should_error. */
export function renderTestQuery(sql: string, settings: TestSettings): string {
  const { failCalc, warnIf, errorIf } = settings;
  return [
    'select',
    `    ${failCalc} as failures,`,
    `    ${failCalc} ${warnIf} as should_warn,`,
    `    ${failCalc} ${errorIf} as should_error`,
    `from (\n${limitRows(sql, settings.limit)}\n) as dbt_internal_test`,
  ].join('\n');
}

/** A test's failing rows, no more than its limit. A query within another may not end with a semicolon. */
export function limitRows(sql: string, limit: number | null): string {
  const query = sql.replace(/;[\s;]*$/, '');
  return limit === null ? query : `${query}\nlimit ${limit}`;
}

/** What a test's three figures mean, as dbt reads them: severity warn never fails, and what passes counts no failures. */
export function judge(
  failures: number,
  exceeds: { readonly warn: boolean; readonly error: boolean },
  settings: TestSettings,
): Verdict {
  const count = `Got ${failures} ${failures === 1 ? 'result' : 'results'}`;
  if (settings.severity === 'error' && exceeds.error) {
    return { status: 'fail', failures, message: `${count}, configured to fail if ${settings.errorIf}` };
  }
  if (exceeds.warn) return { status: 'warn', failures, message: `${count}, configured to warn if ${settings.warnIf}` };
  return { status: 'pass', failures: 0, message: null };
}
