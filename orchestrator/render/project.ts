import type { Dialect } from '../dialects/dialect.ts';
import type { Json, JsonObject } from '../manifest/json.ts';
import type { MacroRegistry } from './macro-registry.ts';

/** The connection as templates see it: `target.name`, `target.schema`, … never a secret. */
export interface TargetFields {
  readonly name: string;
  readonly type: string;
  readonly profile_name: string;
  readonly database: string;
  readonly schema: string;
  readonly threads: number;
  readonly [key: string]: Json | undefined;
}

/** One package's part in rendering. */
export interface RenderPackage {
  readonly name: string;
  /** `vars:` of its dbt_project.yml. */
  readonly vars: JsonObject;
  readonly version?: string | null;
}

/** What one invocation is: shown to templates as invocation_id, run_started_at, flags and invocation_args_dict. */
export interface Invocation {
  readonly id: string;
  readonly startedAt: Date;
  /** The command: build, run, test, … */
  readonly which: string;
  readonly fullRefresh: boolean;
  readonly storeFailures: boolean;
  readonly args: JsonObject;
}

/** Everything rendering needs besides the node: the same for all nodes of an invocation. */
export interface RenderProject {
  readonly rootPackage: string;
  readonly packages: ReadonlyMap<string, RenderPackage>;
  readonly registry: MacroRegistry;
  readonly dialect: Dialect;
  readonly target: TargetFields;
  /** `--vars` and what the run itself resolves (as_of_date): these win over every project's own. */
  readonly overrideVars: JsonObject;
  readonly quoting: Quoting;
  readonly invocation: Invocation;
  /** Reads an environment variable; config/ records which ones were read. */
  readonly readEnv: (name: string) => string | undefined;
  /** Contents of docs blocks, by `package.name`. */
  readonly docs: ReadonlyMap<string, string>;
  /** What log(…, info=true) and print() say; the reporter writes it. */
  readonly onMessage: (message: RenderMessage) => void;
}

export interface RenderMessage {
  readonly level: 'debug' | 'info' | 'warn';
  readonly text: string;
  readonly node: string | null;
}

/** Which parts of a relation name are quoted (dbt's `quoting:`). */
export interface Quoting {
  readonly database: boolean;
  readonly schema: boolean;
  readonly identifier: boolean;
}
