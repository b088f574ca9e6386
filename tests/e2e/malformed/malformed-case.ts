/** A project with a mistake, the command line that meets it and all that is said about it. */
export interface MalformedCase {
  readonly name: string;
  /** Files put over those of the sound project; null takes one away. */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
  /** Words after `strata`; `build` unless given. */
  readonly command?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The exit code: 1 where a node failed because the warehouse refused its SQL, otherwise 2. */
  readonly code?: 1 | undefined;
  /** Lines of stderr, all of them. The project's folder, where a message names it, is `<project>`; times are `N.NNs`. */
  readonly stderr: readonly string[];
  /** Also run as a process of its own, in a project without a database file. */
  readonly asProcess?: boolean;
}

/** The sound project that every case changes: a seed and two models. */
export const soundProject: Readonly<Record<string, string>> = {
  'dbt_project.yml': 'name: shop\nversion: "1.0"\n',
  'seeds/raw_orders.csv': 'order_id,customer_id,amount\n1,1,10.5\n2,2,20\n',
  'models/orders.sql': "select order_id, customer_id, amount\nfrom {{ ref('raw_orders') }}\n",
  'models/customers.sql': "select customer_id, sum(amount) as spent\nfrom {{ ref('orders') }}\ngroup by 1\n",
};

/** Makes cases that change one file. */
export function inFile(path: string) {
  return (name: string, text: string, ...stderr: readonly string[]): MalformedCase => ({
    name,
    files: { [path]: text },
    stderr,
  });
}

/** Makes cases that change nothing but the command line. */
export function withCommand(name: string, command: readonly string[], ...stderr: readonly string[]): MalformedCase {
  return { name, command, stderr };
}

/** Makes a case whose model `customers` the warehouse refuses, with the lines said about it. */
export function refusedByDuckDb(name: string, sql: string, ...reason: readonly string[]): MalformedCase {
  const stderr = [
    ...['Target dev (duckdb), schema main', '1 node, 1 thread', '1 of 1 ERROR model main.customers (N.NNs)'],
    ...['', 'Done in N.NNs. PASS=0 WARN=0 ERROR=1 SKIP=0 TOTAL=1'],
    ...['', 'ERROR model main.customers (models/customers.sql)'],
    ...reason.map((line) => (line === '' ? '' : `  ${line}`)),
    '  compiled: target/compiled/shop/models/customers.sql',
  ];
  return { name, files: { 'models/customers.sql': sql }, command: ['build', '--select', 'customers'], code: 1, stderr };
}
