import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Adapter, Session } from '../../../orchestrator/adapters/adapter.ts';
import { openAdapter, targetReaders } from '../../../orchestrator/cli/warehouses.ts';
import type { Credentials } from '../../../orchestrator/config/targets/target.ts';
import type { StrataError } from '../../../orchestrator/errors.ts';
import { runCommandLine } from '../../../orchestrator/index.ts';
import type { ExistingRelation } from '../../../orchestrator/manifest/relation.ts';
import type { ResultTable } from '../../../orchestrator/manifest/results.ts';
import type { Files, Scenario, Step } from './scenario.ts';
import type { RunningSubject } from './subjects.ts';

/** What a command did. */
export interface Outcome {
  readonly exit: number;
  readonly said: string;
}

/** A node or source as the manifest has it. */
interface Named {
  readonly name: string;
  readonly database: string | null;
  readonly relation_name: string | null;
}

/** One warehouse, connected, and the projects that are run on it. */
export class Stage {
  readonly #subject: RunningSubject;
  readonly #adapter: Adapter;
  readonly session: Session;

  private constructor(subject: RunningSubject, adapter: Adapter, session: Session) {
    this.#subject = subject;
    this.#adapter = adapter;
    this.session = session;
  }

  static async open(subject: RunningSubject): Promise<Stage> {
    const adapter = await openAdapter(readCredentials(subject.outputFor('scenarios')));
    await adapter.connect();
    return new Stage(subject, adapter, await adapter.openSession());
  }

  /** Writes a scenario's project, with a schema of its own as its target. */
  prepare(scenario: Scenario, schema: string): StagedProject {
    return new StagedProject(this.session, scenario, { schema, output: this.#subject.outputFor(schema) });
  }

  async close(): Promise<void> {
    await this.#adapter.close();
    await this.#subject.stop();
  }
}

function readCredentials(output: Readonly<Record<string, unknown>>): Credentials {
  const read = targetReaders.get(String(output['type']));
  const document = { file: 'profiles.yml', locate: () => ({ file: 'profiles.yml' }) };
  const errors: StrataError[] = [];
  const checked = read?.(output, errors, { document, projectDir: tmpdir() });
  if (checked === undefined) throw new Error(`The target cannot be read: ${errors.map(String).join('; ')}`);
  return checked.credentials;
}

interface Target {
  readonly schema: string;
  /** The target as profiles.yml has it. */
  readonly output: Readonly<Record<string, unknown>>;
}

/** A project in a folder of its own. */
export class StagedProject {
  readonly #folder = mkdtempSync(join(tmpdir(), 'strata-scenario-'));
  readonly #session: Session;
  readonly #schema: string;

  constructor(session: Session, { files, settings }: Scenario, { schema, output }: Target) {
    this.#session = session;
    this.#schema = schema;
    const project = { name: 'strata', version: '1.0', profile: 'strata', ...settings };
    const profiles = { strata: { target: 'test', outputs: { test: { ...output, threads: 4 } } } };
    // JSON is YAML too.
    this.#write({ 'dbt_project.yml': JSON.stringify(project), 'profiles.yml': JSON.stringify(profiles), ...files });
  }

  /** Runs the command of a step as `strata` would, in this process. */
  async run({ run, vars, files, interrupt }: Step): Promise<Outcome> {
    this.#write(files ?? {});
    const words = (run.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''));
    const args = vars === undefined ? words : [...words, '--vars', JSON.stringify(vars)];
    let said = '';
    const stream = {
      write: (text: string) => {
        said += text;
      },
    };
    const before = process.listeners('SIGINT');
    const env = { PATH: process.env['PATH'], HOME: this.#folder };
    const running = runCommandLine(args, { stdout: stream, stderr: stream, cwd: this.#folder, env });
    if (interrupt === true) await interruptOnce(() => /\d thread/.test(said), before);
    return { exit: await running, said };
  }

  /** How the nodes of the last command ended, by name. */
  statuses(): Readonly<Record<string, string>> {
    const { results } = this.#readArtifact('run_results.json') as { results: readonly Record<string, string>[] };
    return Object.fromEntries(results.map(({ unique_id: id, status }) => [id?.split('.')[2] ?? '', status ?? '']));
  }

  /** Everything in the relation of a node or source. */
  read(name: string): Promise<ResultTable> {
    const relation = this.#find(name).relation_name;
    return this.#session.query(`select * from ${relation}`);
  }

  /** What stands in the target's schema. */
  relations(): Promise<readonly ExistingRelation[]> {
    const [node] = this.#named();
    return this.#session.listRelations([{ database: node?.database ?? null, schema: this.#schema }]);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #find(name: string): Named {
    const found = this.#named().find((node) => node.name === name && node.relation_name !== null);
    if (found === undefined) throw new Error(`No node or source "${name}" with a relation.`);
    return found;
  }

  #named(): readonly Named[] {
    const { nodes, sources } = this.#readArtifact('manifest.json') as Record<string, Record<string, Named>>;
    return [...Object.values(nodes ?? {}), ...Object.values(sources ?? {})];
  }

  #readArtifact(name: string): unknown {
    return JSON.parse(readFileSync(join(this.#folder, 'target', name), 'utf8'));
  }

  #write(files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.#folder, path)), { recursive: true });
      writeFileSync(join(this.#folder, path), text);
    }
  }
}

/** Calls only the listeners that the command added: other parts of the test process listen for the signal too. */
async function interruptOnce(isRunning: () => boolean, before: readonly unknown[]): Promise<void> {
  for (let waited = 0; !isRunning() && waited < 20_000; waited += 50) await sleep(50);
  await sleep(1_000);
  for (const listener of process.listeners('SIGINT')) if (!before.includes(listener)) listener('SIGINT');
}
