/** A raw table: the source it comes from and its columns in file order. */
export interface RawTable {
  readonly source: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/** The raw tables the generator writes, in the order their files are made. */
export const rawTables = [
  {
    source: 'crm',
    name: 'raw_accounts',
    columns: [
      'account_id',
      'account_name',
      'industry',
      'country',
      'employees',
      'annual_revenue',
      'sales_segment',
      'owner',
      'lead_source',
      'signup_at',
      '_loaded_at',
    ],
  },
  {
    source: 'crm',
    name: 'raw_account_history',
    columns: [
      'history_id',
      'account_id',
      'valid_from',
      'industry',
      'employees',
      'annual_revenue',
      'sales_segment',
      'owner',
      '_loaded_at',
    ],
  },
  { source: 'product', name: 'raw_users', columns: ['user_id', 'account_id', 'role', 'created_at', '_loaded_at'] },
  {
    source: 'product',
    name: 'raw_events',
    columns: ['event_id', 'user_id', 'account_id', 'event_name', 'event_at', '_loaded_at'],
  },
  {
    source: 'billing',
    name: 'raw_plans',
    columns: ['plan_id', 'plan_name', 'tier', 'billing_interval', 'unit_amount', 'currency', '_loaded_at'],
  },
  {
    source: 'billing',
    name: 'raw_subscriptions',
    columns: [
      'subscription_id',
      'account_id',
      'plan_id',
      'status',
      'quantity',
      'discount_percent',
      'started_at',
      'ended_at',
      'cancellation_type',
      'cancellation_reason',
      '_loaded_at',
    ],
  },
  {
    source: 'billing',
    name: 'raw_subscription_changes',
    columns: [
      'change_id',
      'subscription_id',
      'account_id',
      'change_type',
      'changed_at',
      'old_plan_id',
      'new_plan_id',
      'old_quantity',
      'new_quantity',
      '_loaded_at',
    ],
  },
  {
    source: 'commerce',
    name: 'raw_orders',
    columns: [
      'order_id',
      'account_id',
      'ordered_at',
      'status',
      'currency',
      'gross_amount',
      'discount_amount',
      'refund_amount',
      '_loaded_at',
    ],
  },
] as const satisfies readonly RawTable[];

export type RawTableName = (typeof rawTables)[number]['name'];

/** Text or a figure per raw table. */
export type PerTable<T> = Record<RawTableName, T>;

/** A value for every raw table, made by the function given. */
export function forEachTable<T>(make: (table: RawTable) => T): PerTable<T> {
  return Object.fromEntries(rawTables.map((table) => [table.name, make(table)])) as PerTable<T>;
}
