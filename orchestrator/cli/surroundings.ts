/** A stream that a command line writes to: process.stdout and process.stderr are such. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Where a command line runs: the streams it writes to, its folder and its environment. */
export interface Surroundings {
  /** Results. */
  readonly stdout: OutputStream;
  /** What is said about them: progress, warnings, errors. */
  readonly stderr: OutputStream;
  /** Absolute. Where a project is looked for unless `--project-dir` names one. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}
