import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { environmentOf } from '../../scripts/emulators/python-tool.mjs';
import { ensureEmulator } from '../../scripts/emulators/tools.mjs';

/** A statement to be read; one with a relation is known to those after it by its columns. */
export interface ReadableStatement {
  readonly name: string;
  /** Empty where there are only columns. */
  readonly sql: string;
  readonly relation?: { readonly database: string | null; readonly schema: string; readonly identifier: string };
  /** Columns of the relation where its query does not say them. */
  readonly columns?: readonly string[];
}

/** What the reader says of a statement. */
export interface Reading {
  readonly name: string;
  readonly problems: readonly string[];
  /** As Snowflake would name them. */
  readonly columns: readonly string[];
}

const program = fileURLToPath(new URL('./snowflake_reader.py', import.meta.url));
const installed = await ensureEmulator('snowflake');

/** Why there is no reader here; undefined where there is one. */
export const readerMissing: string | undefined = installed.reason;
if (readerMissing !== undefined) {
  process.stderr.write(`Snowflake's SQL is not read by an independent reader: ${readerMissing}.\n`);
}

/** Reads statements in their order with sqlglot's Snowflake reader. */
export async function readSnowflake(statements: readonly ReadableStatement[]): Promise<readonly Reading[]> {
  if (installed.reason !== undefined) throw new Error(installed.reason);
  const env = environmentOf(installed.folder);
  const child = spawn(installed.python, [program], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(statements));
  const parts: Buffer[] = [];
  for await (const part of child.stdout) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

/** The problems found, a line each. */
export function listProblems(readings: readonly Reading[]): readonly string[] {
  return readings.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`));
}
