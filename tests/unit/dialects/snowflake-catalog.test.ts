import { describe, expect, test } from 'vitest';
import { snowflakeDialect as dialect } from '../../../orchestrator/dialects/snowflake.ts';

const orders = { database: 'shop', schema: 'main', identifier: 'orders' };

describe('the catalog', () => {
  test('relations of each database come from its own catalog', () => {
    const schemas = [orders, { database: 'SHOP', schema: "o'neil" }, { database: null, schema: 'main' }];
    const query = (catalog: string, names: string) => [
      "select table_catalog, table_schema, table_name, case table_type when 'VIEW' then 'view' when 'MATERIALIZED VIEW' then 'materialized_view'",
      "    when 'EXTERNAL TABLE' then 'external' else 'table' end",
      `from ${catalog}.tables`,
      `where upper(table_schema) in (${names})`,
    ];
    expect(dialect.listRelations(schemas)).toBe(
      [
        ...query('"SHOP".information_schema', "'MAIN', 'O''NEIL'"),
        'union all',
        ...query('information_schema', "'MAIN'"),
        'order by 1, 2, 3',
      ].join('\n'),
    );
  });

  test('no schemas give no relations', () => {
    expect(dialect.listRelations([])).toBe('select null, null, null, null where false');
  });

  test('columns come in their order with their lengths and digits', () => {
    expect(dialect.listColumns([orders])).toBe(
      [
        "select table_schema, table_name, column_name, case data_type when 'TEXT' then 'varchar(' || character_maximum_length || ')'",
        "    when 'NUMBER' then 'number(' || numeric_precision || ',' || numeric_scale || ')'",
        '    else lower(data_type) end',
        'from (',
        '    select table_schema, table_name, column_name, ordinal_position, data_type,',
        '        character_maximum_length, numeric_precision, numeric_scale',
        '    from "SHOP".information_schema.columns',
        "    where (upper(table_schema), upper(table_name)) in (('MAIN', 'ORDERS'))",
        ') as found',
        'order by table_schema, table_name, ordinal_position',
      ].join('\n'),
    );
  });
});
