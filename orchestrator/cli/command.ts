import type { ParsedFlags } from './parsed-flags.ts';
import type { Reporter } from './reporter.ts';

/** One flag of a command: what it is called, what follows it and what it does. */
export interface Flag {
  readonly name: string;
  /** `list` takes all words up to the next flag and may be repeated. */
  readonly kind: 'boolean' | 'text' | 'number' | 'list';
  readonly short?: string;
  /** Other long or short names, such as dbt's older ones. */
  readonly aliases?: readonly string[];
  /** What stands for the value in the help. */
  readonly placeholder?: string;
  readonly describe: string;
  readonly choices?: readonly string[];
  /** Environment variable that gives the value when the flag is absent. */
  readonly env?: string;
  /** Accepted, but not shown in the help. */
  readonly hidden?: boolean;
}

/** What a command works with besides its flags. */
export interface CommandContext {
  readonly flags: ParsedFlags;
  /** Words that belong to no flag. */
  readonly positionals: readonly string[];
  readonly reporter: Reporter;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  readonly startedAt: Date;
}

/** A command of `strata`. `run` gives the exit code and loads what it needs itself, so that help stays quick. */
export interface Command {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** Words after the name, for the help and for the check that no more are given. */
  readonly positionals?: readonly string[];
  readonly flags: readonly Flag[];
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  readonly hidden?: boolean;
  run(context: CommandContext): Promise<number>;
}

/** Exit codes, also documented in the help. */
export const exitCodes = { ok: 0, nodeFailed: 1, unusable: 2, interrupted: 130, terminated: 143 } as const;
