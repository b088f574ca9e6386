import { describe, expect, test } from 'vitest';
import { judge, limitRows, readTestSettings, renderTestQuery } from '../../../orchestrator/run/test-query.ts';
import { modelNode } from '../../support/render.ts';

const settingsOf = (config: Readonly<Record<string, unknown>> = {}) => readTestSettings(modelNode('t', '', config));

describe('the query of a test', () => {
  test('counts failing rows, by default all of them', () => {
    expect(renderTestQuery('select 1 as id', settingsOf())).toBe(
      'select\n    count(*) as failures,\n    count(*) != 0 as should_warn,\n    count(*) != 0 as should_error\n' +
        'from (\nselect 1 as id\n) as dbt_internal_test',
    );
  });

  test('counts as the settings say, over no more rows than the limit', () => {
    const settings = settingsOf({ fail_calc: 'sum(n)', warn_if: '> 1', error_if: '> 10', limit: 5 });
    expect(renderTestQuery('select 1 as n', settings)).toBe(
      'select\n    sum(n) as failures,\n    sum(n) > 1 as should_warn,\n    sum(n) > 10 as should_error\n' +
        'from (\nselect 1 as n\nlimit 5\n) as dbt_internal_test',
    );
    expect(limitRows('select 1', 0)).toBe('select 1\nlimit 0');
    expect(limitRows('select 1', null)).toBe('select 1');
  });

  test('may end with a semicolon, as queries written by hand do', () => {
    expect(limitRows('select 1;\n', null)).toBe('select 1');
    expect(limitRows("select ';'\n", 3)).toBe("select ';'\n\nlimit 3");
  });
});

describe('the verdict', () => {
  test.each([
    [{}, true, true, 'fail', 'Got 2 results, configured to fail if != 0'],
    [{}, false, false, 'pass', null],
    [{ severity: 'WARN' }, true, true, 'warn', 'Got 2 results, configured to warn if != 0'],
    [{ severity: 'warn', error_if: '> 1' }, false, true, 'pass', null],
    [{ error_if: '> 10' }, true, false, 'warn', 'Got 2 results, configured to warn if != 0'],
    [{ warn_if: '> 10', error_if: '> 1' }, false, true, 'fail', 'Got 2 results, configured to fail if > 1'],
  ])('of %j, to warn %s, to fail %s, is %s', (config, warn, error, status, message) => {
    expect(judge(2, { warn, error }, settingsOf(config))).toEqual({
      status,
      failures: status === 'pass' ? 0 : 2,
      message,
    });
  });

  test('speaks of one result as one', () => {
    expect(judge(1, { warn: true, error: true }, settingsOf()).message).toBe(
      'Got 1 result, configured to fail if != 0',
    );
  });
});
