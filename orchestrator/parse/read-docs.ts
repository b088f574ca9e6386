import { createGlobals, Scope } from '../jinja/scope.ts';
import { RenderState } from '../jinja/state.ts';
import { parseTemplate } from '../jinja/template.ts';
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
    block_contents: renderContents(file, contents.trim()),
  }));
}

/** As in dbt, a block's own templates are rendered, so examples of them stand between raw tags. */
function renderContents(file: SourceFile, contents: string): string {
  if (!contents.includes('{{') && !contents.includes('{%')) return contents;
  return parseTemplate(contents, { file: file.display }).render(new Scope(createGlobals()), new RenderState());
}
