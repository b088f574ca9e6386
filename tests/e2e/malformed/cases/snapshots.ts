import { inFile, type MalformedCase } from '../malformed-case.ts';

const inS = inFile('snapshots/s.sql');

/** Snapshots that cannot be read. */
export const snapshots: readonly MalformedCase[] = [
  inS(
    'a snapshot without end',
    "{% snapshot s %}\nselect * from {{ ref('orders') }}\n",
    'Error: snapshots/s.sql:1:1: The block is not closed: no {% endsnapshot %} follows.',
  ),
  inS(
    'a snapshot with an unknown ref',
    "{% snapshot s %}{{ config(unique_key='order_id', strategy='check', check_cols='all') }}\nselect * from {{ ref('ordrs') }}\n{% endsnapshot %}\n",
    'Error: snapshots/s.sql:2:22: ref("ordrs") not found. Did you mean "orders"?',
  ),
  inS(
    'a snapshot with a misspelt setting',
    "{% snapshot s %}{{ config(unique_kye='order_id', strategy='check', check_cols='all') }}\nselect * from {{ ref('orders') }}\n{% endsnapshot %}\n",
    'Error: snapshots/s.sql:1: Unknown setting "unique_kye" of snapshot "s". Did you mean "unique_key"?',
  ),
  inS(
    'a snapshot without name',
    '{% snapshot %}\nselect 1 as id\n{% endsnapshot %}\n',
    "Error: snapshots/s.sql:1:13: Expected a name, got '%}'.",
  ),
];
