import { StrataError } from '../errors.ts';
import type { Node } from '../manifest/node.ts';

const TOKEN =
  /\b[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|;/g;
const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;

/**
 * Refuses a model whose SQL goes on after its first statement: the rest would run by itself beside what publishes the
 * model, and could change anything. Throws `model-invalid`.
 */
export function checkSingleStatement(node: Node, sql: string): void {
  if (!sql.includes(';')) return;
  for (const match of sql.matchAll(TOKEN)) {
    if (match[0] !== ';') continue;
    const rest = sql.slice(match.index + 1);
    if (rest.replace(COMMENTS, '').replace(/[\s;]/g, '') === '') return;
    const line = sql.slice(0, match.index).split('\n').length;
    throw new StrataError(
      'model-invalid',
      `${node.name} holds more than one statement: its compiled SQL goes on after the ";" of line ${line}.`,
      { file: node.original_file_path },
      { hint: 'Keep the one that selects the rows, and put others into a pre-hook or a post-hook.' },
    );
  }
}
