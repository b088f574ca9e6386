import { StrataError } from '../errors.ts';
import { type BlockDefinition, parseTemplate } from '../jinja/template.ts';
import type { MacroInfo } from '../manifest/node.ts';
import { dbtBlocks } from '../render/macro-registry.ts';
import type { SourceFile } from './discover.ts';

/** Finds the macros, generic tests and materializations of a file. Throws `template-syntax`. */
export function readMacros(file: SourceFile): readonly MacroInfo[] {
  if (!file.text.includes('{%')) return [];
  const { blocks } = parseTemplate(file.text, { file: file.display, blocks: dbtBlocks });
  return blocks.flatMap((block) => {
    const name = macroName(block);
    return name === undefined ? [] : [toMacro(file, { name, source: block.source, line: block.line })];
  });
}

function macroName(block: BlockDefinition): string | undefined {
  switch (block.kind) {
    case 'macro':
      return block.name;
    case 'test':
    case 'data_test':
      return `test_${block.name}`;
    case 'materialization':
      return `materialization_${block.name}_${String(block.options.get('adapter') ?? 'default')}`;
    default:
      return undefined;
  }
}

/** A block that is a macro, under the macro's own name. */
export interface MacroBlock {
  readonly name: string;
  readonly source: string;
  readonly line: number;
}

/** The manifest's entry of a macro. */
export function toMacro(file: SourceFile, { name, source, line }: MacroBlock): MacroInfo {
  return {
    unique_id: `macro.${file.packageName}.${name}`,
    resource_type: 'macro',
    name,
    package_name: file.packageName,
    path: file.originalPath,
    original_file_path: file.originalPath,
    macro_sql: source,
    line,
    depends_on: { macros: [] },
    description: '',
    meta: {},
    arguments: [],
    patch_path: null,
  };
}

/** Two macros of one package with the same name: the second is reported. */
export function findDuplicateMacros(macros: readonly MacroInfo[]): StrataError[] {
  const seen = new Map<string, MacroInfo>();
  return macros.flatMap((macro) => {
    const first = seen.get(macro.unique_id);
    seen.set(macro.unique_id, macro);
    if (first === undefined) return [];
    const place = { file: macro.original_file_path, line: macro.line };
    return [
      new StrataError('duplicate-name', `Macro "${macro.name}" is defined twice.`, place, {
        hint: `The other one is at ${first.original_file_path}:${first.line}.`,
      }),
    ];
  });
}
