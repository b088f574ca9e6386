import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { environmentOf } from '../../scripts/emulators/python-tool.mjs';
import { ensureZetaSql } from '../../scripts/emulators/zetasql.mjs';

type Path = readonly string[];
type TypedColumn = readonly [name: string, type: string];

/** What the analyzer is asked; a query or a table `into` or under a name is known to the requests after it. */
export type AnalyzerRequest =
  | { readonly sql: string; readonly into?: Path }
  | { readonly table: Path; readonly columns: readonly TypedColumn[] }
  | { readonly evaluate: string };

/** What it says: the columns of a query, the rows of one it ran as JSON texts, or what is wrong. */
export interface AnalyzerReply {
  readonly columns?: readonly TypedColumn[];
  readonly rows?: readonly string[];
  readonly error?: string;
}

const program = fileURLToPath(new URL('./bigquery_analyzer.py', import.meta.url));
const installed = await ensureZetaSql();

/** Why there is no analyzer here; undefined where there is one. */
export const analyzerMissing: string | undefined = installed.reason;
if (analyzerMissing !== undefined) {
  process.stderr.write(`BigQuery's SQL is not read by Google's analyzer: ${analyzerMissing}.\n`);
}

/** Has requests answered in their order. */
export async function analyze(requests: readonly AnalyzerRequest[]): Promise<readonly AnalyzerReply[]> {
  if (installed.reason !== undefined) throw new Error(installed.reason);
  const env = environmentOf(installed.folder);
  const child = spawn(installed.python, [program], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
  const parts: Buffer[] = [];
  for await (const part of child.stdout) parts.push(part);
  const lines = Buffer.concat(parts).toString('utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}
