import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommandLine } from '../../../orchestrator/cli/main.ts';
import { withoutTimes } from '../cli-runner.ts';
import { type MalformedCase, soundProject } from './malformed-case.ts';

/** What a command line said and left behind. */
export interface CaseOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: readonly string[];
  /** Files outside target/ with a digest of their content, before and after. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Runs a command line on the given project folder. */
export type Run = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>>) => Promise<RunOutput>;

export interface RunOutput {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Lays out a case's project, with the published database of the sound one if there is one, and runs its command. */
export async function runCase(one: MalformedCase, run: Run, database?: string): Promise<CaseOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'strata-malformed-'));
  try {
    writeFiles(folder, { ...soundProject, ...one.files });
    if (database !== undefined) cpSync(database, join(folder, 'shop.duckdb'));
    const before = describeFiles(folder);
    const { code, stdout, stderr } = await run(one.command ?? ['build'], folder, one.env ?? {});
    const lines = withoutTimes(stderr).replaceAll(folder, '<project>').trimEnd().split('\n');
    return { code, stdout, stderr: lines, before, after: describeFiles(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command line within this process. */
export const runInProcess: Run = async (args, cwd, env) => {
  let stdout = '';
  let stderr = '';
  const code = await runCommandLine(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    ...{ cwd, env },
  });
  return { code, stdout, stderr };
};

/** Builds the sound project into a folder and gives the path of its database. */
export async function publishSoundProject(folder: string): Promise<string> {
  writeFiles(folder, soundProject);
  const { code, stderr } = await runInProcess(['build'], folder, {});
  if (code !== 0) throw new Error(`The sound project does not build:\n${stderr}`);
  return join(folder, 'shop.duckdb');
}

function writeFiles(folder: string, files: NonNullable<MalformedCase['files']>): void {
  for (const [path, content] of Object.entries(files)) {
    if (content === null) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function describeFiles(folder: string, prefix = ''): readonly string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) return path === 'target' ? [] : describeFiles(folder, `${path}/`);
    return [
      `${path} ${createHash('sha1')
        .update(readFileSync(join(folder, path)))
        .digest('hex')}`,
    ];
  });
}
