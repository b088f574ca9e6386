import { describe, expect, it } from 'vitest';
import { operationNode } from '../../../orchestrator/compile/call-macro.ts';
import { checkSingleStatement } from '../../../orchestrator/compile/single-statement.ts';
import type { RenderProject } from '../../../orchestrator/render/project.ts';

const project = { target: { database: 'shop', schema: 'main' }, rootPackage: 'shop' } as unknown as RenderProject;
const node = { ...operationNode('orders', '', { project }), original_file_path: 'models/orders.sql' };
const check = (sql: string) => () => checkSingleStatement(node, sql);

describe('checkSingleStatement', () => {
  it.each([
    'select 1',
    'select 1;',
    'select 1;\n-- done;\n/* or; not */ ;',
    "select ';' as a, 'it''s; ' as b",
    'select 1 as "a;b"',
    '-- one; two\nselect 1',
    '/* one; two */ select 1',
    'select $$a;b$$, $x$c;d$x$',
    "select e'it\\'s; fine'",
  ])('takes %j', (sql) => {
    expect(check(sql)).not.toThrow();
  });

  it.each([
    ['select 1; select 2', 1],
    ["select ';'\n; drop table orders", 2],
    ['select 1 -- ;\n;\n/* x */ delete from orders', 2],
  ])('refuses %j with the line of the semicolon', (sql, line) => {
    expect(check(sql)).toThrow(
      expect.objectContaining({
        code: 'model-invalid',
        message: `orders holds more than one statement: its compiled SQL goes on after the ";" of line ${line}.`,
        place: { file: 'models/orders.sql' },
      }),
    );
  });
});
