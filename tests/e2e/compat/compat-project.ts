import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, Sandbox } from '../cli-runner.ts';

const projectFile = 'name: shop\nversion: "1.0"\nprofile: shop\n';
const profiles =
  'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 2}\n';

/** A small dbt project in a folder of its own, run by the command line on DuckDB. */
export class CompatProject {
  readonly #sandbox: Sandbox;

  constructor(files: Readonly<Record<string, string>>) {
    this.#sandbox = new Sandbox({ 'dbt_project.yml': projectFile, 'profiles.yml': profiles, ...files });
  }

  /** Runs a command, such as `build --select orders`. */
  run(line: string): Promise<Outcome> {
    return this.#sandbox.run(line);
  }

  write(files: Readonly<Record<string, string>>): void {
    this.#sandbox.write(files);
  }

  /** What the last command left of each node: `model.shop.orders success`. */
  statuses(): string[] {
    const { results } = JSON.parse(readFileSync(join(this.#sandbox.work, 'target/run_results.json'), 'utf8'));
    return results
      .map(({ unique_id: id, status }: Record<string, string>) => `${id} ${status}`.replace(/\.[0-9a-f]{10} /, ' '))
      .sort();
  }

  /** The rows a query gives, through `strata show`. */
  async rows(sql: string): Promise<unknown[]> {
    const { stdout, stderr } = await this.#sandbox.run(`show --quiet --output json --inline "${sql}"`);
    if (stdout === '') throw new Error(stderr);
    const shown = JSON.parse(stdout);
    return shown.rows ?? shown.show ?? shown;
  }

  remove(): void {
    this.#sandbox.remove();
  }
}
