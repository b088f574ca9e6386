/** A raw table of the demo data: its columns, and how rows of it are made that must not count. */
interface CanaryTable {
  readonly table: string;
  readonly key: string;
  /** When it happened; plans have no such column. */
  readonly moment: string | null;
  readonly columns: readonly string[];
  /** What a later version of a row says. */
  readonly change: Readonly<Record<string, string>>;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const tables: readonly CanaryTable[] = [
  {
    table: 'raw_accounts',
    key: 'account_id',
    moment: 'signup_at',
    columns: words(`account_id account_name industry country employees annual_revenue sales_segment owner lead_source
      signup_at _loaded_at`),
    change: { industry: "'changed'", employees: '1', owner: "'changed'" },
  },
  {
    table: 'raw_account_history',
    key: 'history_id',
    moment: 'valid_from',
    columns: words(`history_id account_id valid_from industry employees annual_revenue sales_segment owner
      _loaded_at`),
    change: { industry: "'changed'", employees: '1' },
  },
  {
    table: 'raw_users',
    key: 'user_id',
    moment: 'created_at',
    columns: words('user_id account_id role created_at _loaded_at'),
    change: { role: "'changed'" },
  },
  {
    table: 'raw_events',
    key: 'event_id',
    moment: 'event_at',
    columns: words('event_id user_id account_id event_name event_at _loaded_at'),
    change: { event_name: "'report_created'" },
  },
  {
    table: 'raw_plans',
    key: 'plan_id',
    moment: null,
    columns: words('plan_id plan_name tier billing_interval unit_amount currency _loaded_at'),
    change: { tier: 'tier + 1', unit_amount: '2 * unit_amount' },
  },
  {
    table: 'raw_subscriptions',
    key: 'subscription_id',
    moment: 'started_at',
    columns: words(`subscription_id account_id plan_id status quantity discount_percent started_at ended_at
      cancellation_type cancellation_reason _loaded_at`),
    change: { status: "'cancelled'", quantity: '1', discount_percent: '90', cancellation_type: "'voluntary'" },
  },
  {
    table: 'raw_subscription_changes',
    key: 'change_id',
    moment: 'changed_at',
    columns: words(`change_id subscription_id account_id change_type changed_at old_plan_id new_plan_id old_quantity
      new_quantity _loaded_at`),
    change: { change_type: "'cancelled'", new_quantity: '0' },
  },
  {
    table: 'raw_orders',
    key: 'order_id',
    moment: 'ordered_at',
    columns: words(`order_id account_id ordered_at status currency gross_amount discount_amount refund_amount
      _loaded_at`),
    change: { status: "'cancelled'", gross_amount: '2 * gross_amount' },
  },
];

/** Statements that take out all rows that landed after the start of a day. */
export function forgetAfter(day: string): string {
  return tables.map(({ table }) => `delete from ${table} where _loaded_at > timestamp '${day} 00:00:00'`).join(';\n');
}

/**
 * Statements that add rows which say something else and must not count on a day: landed a second too late though dated
 * before; a later version of what was known; dated on the day though landed before; dated and landed later.
 */
export function insertCanaries(day: string): string {
  const tooLate = `timestamp '${day} 00:00:01'`;
  const later = `timestamp '${day} 00:00:00' + interval '5 days'`;
  return tables
    .flatMap((one) => {
      const { key, moment, change } = one;
      const newVersion = copyRows(one, day, { ...change, _loaded_at: tooLate });
      if (moment === null) return [newVersion];
      const renamed = (kind: string) => ({ ...change, [key]: `${key} || '-${kind}'` });
      return [
        newVersion,
        copyRows(one, day, { ...renamed('late'), _loaded_at: tooLate }),
        copyRows(one, day, { ...renamed('early'), [moment]: `timestamp '${day} 00:00:00'` }),
        copyRows(one, day, { ...renamed('future'), [moment]: later, _loaded_at: later }),
      ];
    })
    .join(';\n');
}

/** Copies what landed in the two months before a day (of plans: all), with some columns replaced. */
function copyRows({ table, columns, moment }: CanaryTable, day: string, values: CanaryTable['change']): string {
  const since = moment === null ? '' : ` and _loaded_at >= timestamp '${day} 00:00:00' - interval '60 days'`;
  return `insert into ${table} (${columns.join(', ')})
select ${columns.map((name) => values[name] ?? name).join(', ')}
from ${table}
where _loaded_at <= timestamp '${day} 00:00:00'${since} and ${columns[0]} not like '%-%'`;
}
