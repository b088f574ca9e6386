import type { MacroInfo } from '../manifest/node.ts';
import type { SourceFile } from './discover.ts';
import { type MacroBlock, toMacro } from './read-macros.ts';

const TAG = /\{%-?\s*(?:(macro|test)\s+(\w+)\s*\(|(endmacro|endtest)\b)[\s\S]*?%\}/g;

/**
 * Finds the macros of a built-in file by their tags alone, each at the start of a line: these files are known to be
 * well-formed, and most of their macros are never called, so there is no need to understand them in every run.
 */
export function splitMacros(file: SourceFile): readonly MacroInfo[] {
  const macros: MacroInfo[] = [];
  let open: { readonly kind: string; readonly name: string; readonly at: number } | undefined;
  for (const { 0: tag, 1: kind, 2: name, 3: end, index } of file.text.matchAll(TAG)) {
    if (kind !== undefined && name !== undefined) open = { kind, name, at: index };
    else if (open !== undefined && end !== undefined) {
      macros.push(toMacro(file, cutBlock(file.text, open, index + tag.length)));
      open = undefined;
    }
  }
  return macros;
}

function cutBlock(text: string, open: { kind: string; name: string; at: number }, end: number): MacroBlock {
  const name = open.kind === 'test' ? `test_${open.name}` : open.name;
  return { name, source: text.slice(open.at, end), line: countLines(text, open.at) };
}

/** The line a position is in. */
function countLines(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
