import type { Dialect } from '../dialects/dialect.ts';
import { readList } from './config.ts';
import { execute, type Job, type Steps } from './step.ts';

/** Runs a model's `sql_header` in its session, where what that sets or defines holds for the statements after it. */
export function* runHeader({ node }: Job, dialect: Dialect): Steps<void> {
  if (!dialect.supportsSessionState) return;
  for (const sql of readList(node, 'sql_header')) yield* execute(sql);
}

/** The statement that runs a model's query, with the `sql_header` in front where sessions keep nothing. */
export function putHeader(statement: string, { node }: Job, dialect: Dialect): string {
  if (dialect.supportsSessionState) return statement;
  const header = readList(node, 'sql_header').map((sql) => sql.trim().replace(/;+$/, ''));
  return [...header, statement].join(';\n');
}
