import type { TargetReaders } from './targets/target.ts';

/** What the command line says about reading a project. */
export interface ProjectOptions {
  /** Folder with dbt_project.yml, absolute. */
  readonly projectDir: string;
  /** What reads the targets of each warehouse there is. */
  readonly targetReaders: TargetReaders;
  /** `--profiles-dir`, absolute. */
  readonly profilesDir?: string | undefined;
  /** `--profile`: overrides `profile:` in dbt_project.yml. */
  readonly profile?: string | undefined;
  readonly target?: string | undefined;
  readonly threads?: number | undefined;
  /** `--vars`, already read. */
  readonly vars?: Readonly<Record<string, unknown>> | undefined;
  /** `--target-path`: overrides `target-path:`. */
  readonly targetPath?: string | undefined;
  /** The folder the command was started in; the process's own unless given. */
  readonly cwd?: string | undefined;
  /** The environment; process.env unless given. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}
