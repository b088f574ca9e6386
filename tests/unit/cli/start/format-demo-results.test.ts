import { describe, expect, it } from 'vitest';
import type { DemoResults } from '../../../../orchestrator/cli/start/demo-results.ts';
import { formatDemoResults } from '../../../../orchestrator/cli/start/format-demo-results.ts';
import { readPlantedAuc } from '../../../../orchestrator/cli/start/planted-auc.ts';
import { noColors } from '../sample-run.ts';

const results: DemoResults = {
  tables: [
    { name: 'dim_accounts', rows: 600 },
    { name: 'fct_orders', rows: 12_670 },
  ],
  triangle: {
    entryEvent: 'sign_up',
    lines: [
      { cohort: 'all', size: 1600, retention: [1, 0.5, 0.333] },
      { cohort: '2025-01', size: 31, retention: [1, 0.4499, 0.29] },
      { cohort: '2025-02', size: 28, retention: [0.964, null, 0] },
      { cohort: '2025-03', size: 9, retention: [] },
    ],
  },
  segments: [
    { name: 'nurture', layer: 'primary', accounts: 400, objective: 'Keep them' },
    { name: 'big_spenders', layer: 'overlay', accounts: 1000, objective: 'References' },
    { name: 'save', layer: 'primary', accounts: 3, objective: 'Call them' },
    { name: 'grow', layer: 'primary', accounts: 800, objective: 'More seats' },
    { name: 'none', layer: 'primary', accounts: 0, objective: 'Nobody' },
  ],
  churn: { auc: 0.8071, rows: 1526, plantedAuc: 0.818057 },
  database: { path: 'strata.duckdb', bytes: 6_123_456 },
};

describe('formatDemoResults', () => {
  it('shows what was made', () => {
    expect(formatDemoResults(results, noColors)).toBe(`Tables
  dim_accounts     600 rows
  fct_orders    12,670 rows

Retention in %, by month of sign-up and months since
  cohort   size    m0   m1   m2
  all     1,600   100   50   33
  2025-01    31   100   45   29
  2025-02    28    96         0
  2025-03     9

Segments, by number of accounts
  grow            800  ████████████████      More seats
  nurture         400  ████████              Keep them
  save              3  █                     Call them
  none              0                        Nobody
  big_spenders  1,000  ████████████████████  References (overlay)

Churn model
  AUC 0.807 on 1,526 later observations; the probabilities planted in the data have 0.818: no model does better but by chance

Where it is
  strata.duckdb (6.1 MB), a DuckDB file

Try next
  npx strata show --select fct_segment_membership --limit 20   who is in which segment, and what to do
  npx strata ls --select +churn_scores                         what the churn scores are made from
  docs/your-data.md                                            the same from your own order file`);
  });

  it('leaves out what was not built', () => {
    const empty: DemoResults = { tables: [], triangle: null, segments: [], churn: null, database: null };
    expect(formatDemoResults(empty, noColors).split('\n')[0]).toBe('Try next');
  });

  it('names no best AUC where none is known', () => {
    const own: DemoResults = { ...results, churn: { auc: 0.8, rows: 5, plantedAuc: null } };
    expect(formatDemoResults(own, noColors)).toContain('\n  AUC 0.800 on 5 later observations\n');
  });
});

describe('readPlantedAuc', () => {
  const truth = JSON.stringify({
    churn: { planted_auc: { all_dates: { realised: 0.8275 }, last_quarter: { from: '2025-07-01', realised: 0.818 } } },
  });

  it.each([
    ['2025-08-01', 0.818],
    ['2025-07-01 00:00:00', 0.818],
    ['2025-06-30', 0.8275],
    ['', 0.8275],
  ])('from %s on: %s', (from, auc) => {
    expect(readPlantedAuc(truth, from)).toBe(auc);
  });

  it('is unknown in a file of another form', () => {
    expect(readPlantedAuc('{"churn":{}}', '2025-08-01')).toBeNull();
    expect(readPlantedAuc('[]', '2025-08-01')).toBeNull();
  });
});
