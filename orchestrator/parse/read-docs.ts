import type { DocBlock } from '../manifest/node.ts';
import type { SourceFile } from './discover.ts';

const DOCS_BLOCK = /\{%-?\s*docs\s+([A-Za-z_]\w*)\s*-?%\}([\s\S]*?)\{%-?\s*enddocs\s*-?%\}/g;

/** Finds the docs blocks of a Markdown file; everything else in it is only text. */
export function readDocs(file: SourceFile): readonly DocBlock[] {
  return [...file.text.matchAll(DOCS_BLOCK)].map(([, name = '', contents = '']) => ({
    unique_id: `doc.${file.packageName}.${name}`,
    name,
    package_name: file.packageName,
    path: file.path,
    original_file_path: file.originalPath,
    block_contents: contents.trim(),
  }));
}
