import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Adapter, Session } from '../../adapters/adapter.ts';
import type { Project } from '../../config/load-project.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { CellValue } from '../../manifest/results.ts';
import type { ChurnQuality, DemoResults, SegmentSize, TableCount, Triangle } from './demo-results.ts';
import { readPlantedAuc } from './planted-auc.ts';

const mainTables: readonly string[] = [
  ...['dim_accounts', 'dim_account_360', 'fct_orders', 'fct_cohort_retention', 'fct_rfm_scores'],
  ...['fct_account_features', 'account_clusters', 'churn_scores', 'fct_segment_membership'],
];
const LAST_AGE = 12;
const SHOWN_COHORTS = 12;

/** Where the demo's tables are, and how to ask. */
export interface DemoWarehouse {
  readonly project: Project;
  readonly manifest: Manifest;
  readonly adapter: Adapter;
  readonly cwd: string;
}

/** Asks the warehouse for what `strata start` shows. Models that were not built are left out. */
export async function collectDemoResults(warehouse: DemoWarehouse): Promise<DemoResults> {
  const session = await warehouse.adapter.openSession();
  const reader = new DemoReader(session, warehouse);
  return {
    tables: await reader.countTables(),
    triangle: await reader.readTriangle(),
    segments: await reader.readSegments(),
    churn: await reader.readChurn(),
    database: locateDatabase(warehouse),
  };
}

class DemoReader {
  readonly #session: Session;
  readonly #warehouse: DemoWarehouse;

  constructor(session: Session, warehouse: DemoWarehouse) {
    this.#session = session;
    this.#warehouse = warehouse;
  }

  async countTables(): Promise<readonly TableCount[]> {
    const known = mainTables.flatMap((name) => {
      const table = this.#find(name);
      return table === undefined ? [] : [{ name, table }];
    });
    if (known.length === 0) return [];
    const counts = known.map(({ table }, at) => `select ${at} as place, count(*) as n from ${table}`);
    const rows = await this.#query(`${counts.join('\nunion all ')}\norder by 1`);
    return known.map(({ name }, at) => ({ name, rows: Number(rows[at]?.[1] ?? 0) }));
  }

  /** The latest cohorts of the entry event that most projects have, and the line of all. */
  async readTriangle(): Promise<Triangle | null> {
    const table = this.#find('rpt_cohort_triangle');
    if (table === undefined) return null;
    const months = Array.from({ length: LAST_AGE + 1 }, (_, age) => `retention_m${age}`).join(', ');
    const rows = await this.#query(`select entry_event, cohort, cohort_size, ${months} from ${table} order by 1, 2`);
    const events = new Set(rows.map(([event]) => String(event)));
    const entryEvent = ['sign_up', 'order', ...events].find((event) => events.has(event));
    if (entryEvent === undefined) return null;
    const lines = rows
      .filter(([event]) => event === entryEvent)
      .map(([, cohort, size, ...shares]) => ({
        cohort: cohort === 'all' ? 'all' : String(cohort).slice(0, 7),
        size: Number(size),
        retention: trimEnd(shares.map(toNumber)),
      }));
    const cohorts = lines.filter(({ cohort }) => cohort !== 'all').slice(-SHOWN_COHORTS);
    return { entryEvent, lines: [...lines.filter(({ cohort }) => cohort === 'all'), ...cohorts] };
  }

  async readSegments(): Promise<readonly SegmentSize[]> {
    const table = this.#find('fct_segment_membership');
    if (table === undefined) return [];
    const columns = 'segment_name, segment_layer, objective';
    const rows = await this.#query(`select ${columns}, count(*) from ${table} group by ${columns} order by 1`);
    return rows.map(([name, layer, objective, accounts]) => ({
      ...{ name: String(name), layer: String(layer), objective: String(objective) },
      accounts: Number(accounts),
    }));
  }

  /** The latest champion in the registry, beside the truth that came with the demo data. */
  async readChurn(): Promise<ChurnQuality | null> {
    const { adapter, project } = this.#warehouse;
    if (this.#find('churn_scores') === undefined) return null;
    const { database, schema } = project.target;
    const registry = adapter.dialect.renderRelation({ database, schema, identifier: 'strata_models' });
    const [row] = await this.#query(
      `select metrics, validation_rows, cast(validation_from as varchar) from ${registry}
      where name = 'churn_scores' and status = 'champion' order by as_of desc, fitted_at desc limit 1`,
    );
    if (row === undefined) return null;
    const metrics: unknown = JSON.parse(String(row[0]));
    const auc = typeof metrics === 'object' && metrics !== null && 'auc' in metrics ? toNumber(metrics.auc) : null;
    if (auc === null) return null;
    const truth = join(project.root.dir, 'seeds', 'truth.json');
    const planted = existsSync(truth) ? readPlantedAuc(readFileSync(truth, 'utf8'), String(row[2])) : null;
    return { auc, rows: Number(row[1]), plantedAuc: planted };
  }

  #find(name: string): string | undefined {
    const { manifest, adapter } = this.#warehouse;
    const node = Object.values(manifest.nodes).find((one) => one.resource_type === 'model' && one.name === name);
    if (node === undefined) return undefined;
    const { database, schema, alias } = node;
    return adapter.dialect.renderRelation({ database, schema, identifier: alias });
  }

  async #query(sql: string): Promise<readonly (readonly CellValue[])[]> {
    return (await this.#session.query(sql)).rows;
  }
}

function toNumber(value: unknown): number | null {
  return value === null || value === undefined || Number.isNaN(Number(value)) ? null : Number(value);
}

function trimEnd(shares: readonly (number | null)[]): readonly (number | null)[] {
  const known = shares.findLastIndex((share) => share !== null);
  return shares.slice(0, known + 1);
}

function locateDatabase({ project, cwd }: DemoWarehouse): DemoResults['database'] {
  const path = resolve(project.root.dir, String(project.target.fields['path'] ?? ''));
  if (project.target.type !== 'duckdb' || !existsSync(path)) return null;
  return { path: relative(cwd, path), bytes: statSync(path).size };
}
