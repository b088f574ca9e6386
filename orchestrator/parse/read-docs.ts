import { StrataError } from '../errors.ts';
import { createGlobals, Scope } from '../jinja/scope.ts';
import { RenderState } from '../jinja/state.ts';
import { parseTemplate } from '../jinja/template.ts';
import type { DocBlock } from '../manifest/node.ts';
import type { SourceFile } from './discover.ts';

const DOCS_TAG = /\{%-?\s*(docs\s+([A-Za-z_]\w*)|enddocs)\s*-?%\}/g;

/**
 * Finds the docs blocks of a Markdown file; everything else in it is only text. Throws `template-syntax` for a block
 * that is not closed and `duplicate-name` for a second one of the same name.
 */
export function readDocs(file: SourceFile): readonly DocBlock[] {
  const blocks = new Map<string, DocBlock>();
  let open: { readonly name: string; readonly from: number; readonly at: number } | undefined;
  for (const { 0: tag, 2: name, index } of file.text.matchAll(DOCS_TAG)) {
    if (name !== undefined && open === undefined) {
      if (blocks.has(name)) throw defined(name, file, index);
      open = { name, from: index + tag.length, at: index };
    } else if (name === undefined && open !== undefined) {
      blocks.set(open.name, toBlock(file, open.name, file.text.slice(open.from, index)));
      open = undefined;
    }
  }
  if (open !== undefined) throw notClosed(open.name, file, open.at);
  return [...blocks.values()];
}

function toBlock(file: SourceFile, name: string, contents: string): DocBlock {
  return {
    unique_id: `doc.${file.packageName}.${name}`,
    name,
    package_name: file.packageName,
    path: file.path,
    original_file_path: file.originalPath,
    block_contents: renderContents(file, contents.trim()),
  };
}

/** As in dbt, a block's own templates are rendered, so examples of them stand between raw tags. */
function renderContents(file: SourceFile, contents: string): string {
  if (!contents.includes('{{') && !contents.includes('{%')) return contents;
  return parseTemplate(contents, { file: file.display }).render(new Scope(createGlobals()), new RenderState());
}

/** Two docs blocks of one package with the same name, in different files: the second is reported. */
export function findDuplicateDocs(docs: readonly DocBlock[]): readonly StrataError[] {
  const seen = new Map<string, DocBlock>();
  return docs.flatMap((doc) => {
    const first = seen.get(doc.unique_id);
    seen.set(doc.unique_id, doc);
    if (first === undefined) return [];
    const hint = `The other one is in ${first.original_file_path}.`;
    const place = { file: doc.original_file_path };
    return [new StrataError('duplicate-name', `Docs block "${doc.name}" is defined twice.`, place, { hint })];
  });
}

function notClosed(name: string, file: SourceFile, at: number): StrataError {
  const hint = 'Write {% enddocs %} after it.';
  return new StrataError('template-syntax', `Docs block "${name}" is not closed.`, placeOf(file, at), { hint });
}

function defined(name: string, file: SourceFile, at: number): StrataError {
  const hint = 'Rename one of them, or remove it.';
  return new StrataError('duplicate-name', `Docs block "${name}" is defined twice.`, placeOf(file, at), { hint });
}

function placeOf(file: SourceFile, at: number) {
  const before = file.text.slice(0, at).split('\n');
  return { file: file.display, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
