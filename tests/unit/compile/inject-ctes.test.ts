import { describe, expect, test } from 'vitest';
import { injectCtes } from '../../../orchestrator/compile/inject-ctes.ts';

const cte = { name: '__dbt__cte__a', sql: 'select 1 as id' };

describe('injecting ephemeral models', () => {
  test('a statement without a with clause gets one', () => {
    expect(injectCtes('select * from __dbt__cte__a', [cte])).toBe(
      'with __dbt__cte__a as (\nselect 1 as id\n)\nselect * from __dbt__cte__a',
    );
  });

  test('they go before the common table expressions a statement has', () => {
    const sql = '-- with a comment\nWITH x as (select * from __dbt__cte__a) select * from x';
    expect(injectCtes(sql, [cte])).toBe(
      '-- with a comment\nwith __dbt__cte__a as (\nselect 1 as id\n), x as (select * from __dbt__cte__a) select * from x',
    );
  });

  test('a recursive list stays recursive', () => {
    const sql = '/* note */ with recursive x as (select 1) select * from x';
    expect(injectCtes(sql, [cte])).toBe(
      '/* note */ with recursive __dbt__cte__a as (\nselect 1 as id\n), x as (select 1) select * from x',
    );
  });

  test('a column called with_tax is no with clause', () => {
    expect(injectCtes('with_tax', [cte])).toBe('with __dbt__cte__a as (\nselect 1 as id\n)\nwith_tax');
  });

  test('nothing to inject leaves the text alone', () => {
    expect(injectCtes('select 1', [])).toBe('select 1');
  });
});
