import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Vars, Warehouse } from '../../support/warehouse.ts';

let warehouse: Warehouse;

beforeEach(() => {
  warehouse = Warehouse.duckDb();
});

afterEach(() => warehouse.remove());

const columns = { order_id: 'number', account_id: 'customer', ordered_at: 'day', gross_amount: 'amount' };

/** Variables for an order file of this name and text. */
function ordersIn(name: string, text: string, vars: Vars = {}): Vars {
  const path = join(warehouse.folder, name);
  writeFileSync(path, text);
  return {
    ...{ sources_enabled: { commerce: true }, demo_data: false, orders_file: path, orders_columns: columns },
    ...vars,
  };
}

const readOrders = 'select order_id, cast(ordered_at as varchar) from fct_orders order by order_id';

describe('an order file of somebody', () => {
  it.each([
    ['DD.MM.YYYY', 'number,customer,day,amount\n1,ann,28.10.2024,5\n2,bob,01.02.2024,6\n'],
    ['DD/MM/YYYY', 'number,customer,day,amount\n1,ann,28/10/2024,5\n2,bob,01/02/2024,6\n'],
    ['YYYYMMDD', 'number,customer,day,amount\n1,ann,20241028,5\n2,bob,20240201,6\n'],
  ])('has its dates read as %s where the variable says so', async (orders_timestamp_format, text) => {
    await warehouse.build(ordersIn('orders.csv', text, { orders_timestamp_format }), '--select', '+fct_orders');
    expect(await warehouse.rows(readOrders)).toEqual([
      ['1', '2024-10-28 00:00:00'],
      ['2', '2024-02-01 00:00:00'],
    ]);
  });

  it('has its dates read as the variable says although they could be read in another way', async () => {
    const text = 'number,customer,day,amount\n1,ann,03/12/2024,5\n2,bob,01/02/2024,6\n';
    const vars = ordersIn('orders.csv', text, { orders_timestamp_format: 'MM/DD/YYYY' });
    await warehouse.build(vars, '--select', '+fct_orders');
    expect(await warehouse.rows(readOrders)).toEqual([
      ['1', '2024-03-12 00:00:00'],
      ['2', '2024-01-02 00:00:00'],
    ]);
  });

  it('may have blanks and parentheses in its name, as browsers save it', async () => {
    const text = 'number,customer,day,amount\n1,ann,2024-10-28,5\n';
    await warehouse.build(ordersIn("ann's orders (1).csv", text), '--select', '+fct_orders');
    expect(await warehouse.rows(readOrders)).toEqual([['1', '2024-10-28 00:00:00']]);
  });

  it('without rows is told as such', async () => {
    const vars = ordersIn('orders.csv', 'number,customer,day,amount\n');
    const { code, stderr } = await warehouse.run('build', '--vars', JSON.stringify(vars));
    expect(code).toBe(1);
    expect(stderr).toContain('as_of_date is not set, and the sources that are on hold no row to take it from.');
  });
});

describe('variables that name what there is not', () => {
  const parse = (vars: Vars) => warehouse.run('parse', '--vars', JSON.stringify(vars));

  it.each<[string, Vars, string]>([
    [
      'a column',
      { orders_columns: { ...columns, acount_id: 'customer' } },
      'The variable orders_columns names "acount_id", which is no column of orders. Its columns: account_id, ordered_at,',
    ],
    [
      'too few columns',
      { orders_columns: { account_id: 'customer' } },
      'The variable orders_columns lacks "ordered_at". Say which column of your file or table it is.',
    ],
    [
      'a source',
      { sources_enabled: { comerce: true } },
      'The variable sources_enabled names "comerce", which is no source. The sources: crm, product, billing, commerce, labelled.',
    ],
    ['no day', { as_of_date: 'yesterday' }, 'The variable as_of_date is "yesterday". Write a day such as 2025-01-31.'],
    [
      'a kind of cohort',
      { cohort_kinds: [{ type: 'first', grain: 'month', clock: 'calendar' }] },
      'The type of a cohort in cohort_kinds is "first"; it must be one of first_ever, recurring.',
    ],
    [
      'a day of the week',
      { week_start: 'sonntag' },
      'week_start is "sonntag"; it must be one of monday, tuesday, wednesday, thursday, friday, saturday, sunday.',
    ],
    [
      'no priority',
      { segments: [{ name: 'a', where: 'true', objective: 'o', strategy: 's', owner: 'x', priority: 'high' }] },
      'The segment "a" has the priority "high". Write a number in vars.yml, or none for an overlay.',
    ],
    [
      'a table',
      { sources_enabled: { product: ['event'] } },
      'The variable sources_enabled names "event", which is no table of product. Its tables: users, events.',
    ],
  ])('%s: nothing is run', async (_, vars, message) => {
    const { code, stderr } = await parse(vars);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('segments of somebody', () => {
  const accounts = 'account_id,signup_at,employees\na1,2025-01-01,5\na2,2025-01-02,500\n';
  const large = { name: 'large', where: 'employees > 100', objective: 'o', strategy: 's', owner: 'sales' };
  const small = { ...large, name: 'small', where: 'employees <= 100', strategy: 't' };

  it.each([
    ['primary only', [large, small].map((segment, priority) => ({ ...segment, priority }))],
    ['overlays only', [large, small]],
  ])('may be %s', async (_, segments) => {
    const path = join(warehouse.folder, 'accounts.csv');
    writeFileSync(path, accounts);
    const accounts_columns = { account_id: 'account_id', signup_at: 'signup_at', employees: 'employees' };
    const sources = { sources_enabled: { crm: ['accounts'] }, demo_data: false, accounts_file: path };
    await warehouse.build({ ...sources, accounts_columns, segments });
    expect(await warehouse.rows('select account_id, segment_name from fct_segment_membership order by 1')).toEqual([
      ['a1', 'small'],
      ['a2', 'large'],
    ]);
  });
});
