import { describe, expect, it } from 'vitest';
import { describePeriods, describeWindow, readPeriods, splitPeriods } from '../../../orchestrator/scoring/periods.ts';

const columns = ['observed_on', 'row_count', 'positives', 'wrong_labels'].map((name) => ({ name, type: '' }));

function months(count: number) {
  return Array.from({ length: count }, (_, i) => ({
    observedOn: `2025-${String(i + 1).padStart(2, '0')}-01`,
    rows: 10 + i,
    positives: i,
  }));
}

describe('readPeriods', () => {
  it('reads dates, rows and positives', () => {
    const rows = [['2025-01-01', 10n, 3, 0]];
    expect(readPeriods({ columns, rows }, 'churned', {})).toEqual([
      { observedOn: '2025-01-01', rows: 10, positives: 3 },
    ]);
  });

  it('refuses labels that are neither 0 nor 1', () => {
    const rows = [
      ['2025-01-01', 10, 3, 0],
      ['2025-02-01', 10, 30, 4],
    ];
    expect(() => readPeriods({ columns, rows }, 'churned', {})).toThrow(
      'score: the label "churned" has 4 rows that are neither 0 nor 1.',
    );
  });
});

describe('splitPeriods', () => {
  it.each([
    [2, 0.25, 1],
    [4, 0.25, 1],
    [8, 0.25, 2],
    [12, 0.25, 3],
    [3, 0.9, 2],
    [1, 0.25, 0],
    [0, 0.25, 0],
  ])('of %i dates holds out a share of %f, the latest %i', (count, fraction, held) => {
    const { training, validation } = splitPeriods(months(count), fraction);
    expect(validation).toEqual(months(count).slice(count - held));
    expect(training).toEqual(months(count).slice(0, count - held));
  });
});

describe('describeWindow', () => {
  it('gives both parts of the split', () => {
    expect(describeWindow(splitPeriods(months(4), 0.25))).toEqual({
      rows: 33,
      positives: 3,
      validationRows: 13,
      from: '2025-01-01',
      to: '2025-03-01',
      validationFrom: '2025-04-01',
      validationTo: '2025-04-01',
    });
  });
});

describe('describePeriods', () => {
  it('counts history from the first observation to as_of', () => {
    expect(describePeriods(months(4), '2025-05-01', true)).toEqual({
      positives: 6,
      negatives: 40,
      dates: 4,
      historyDays: 120,
    });
  });

  it('knows no dates where there is no time column', () => {
    const periods = [{ observedOn: null, rows: 5, positives: 2 }];
    expect(describePeriods(periods, '2025-05-01', false)).toEqual({
      positives: 2,
      negatives: 3,
      dates: null,
      historyDays: null,
    });
  });
});
