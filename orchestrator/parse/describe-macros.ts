import { StrataError } from '../errors.ts';
import type { JsonObject } from '../manifest/json.ts';
import type { MacroInfo } from '../manifest/node.ts';
import { suggest } from '../nearest.ts';
import type { SourceFile } from './discover.ts';
import type { PropertiesFile } from './read-properties.ts';

/** A properties file with what it says. */
export interface DescribingFile {
  readonly file: SourceFile;
  readonly properties: PropertiesFile;
}

/** Adds what properties say of macros; a description of no macro is a warning, as in dbt. */
export function describeMacros(
  macros: readonly MacroInfo[],
  files: readonly DescribingFile[],
  warnings: StrataError[],
): readonly MacroInfo[] {
  if (files.every(({ properties }) => properties.macros.length === 0)) return macros;
  const described = new Map(macros.map((macro) => [macro.unique_id, macro]));
  for (const { file, properties } of files) {
    for (const { yaml, line } of properties.macros) {
      const id = `macro.${file.packageName}.${yaml.name}`;
      const macro = described.get(id) ?? described.get(`macro.${file.packageName}.test_${yaml.name}`);
      if (macro === undefined) {
        const names = macros.filter((one) => one.package_name === file.packageName).map((one) => one.name);
        const hint = suggest(yaml.name, names, 'No macro has this name.');
        const place = { file: file.display, line };
        warnings.push(new StrataError('node-not-found', `No macro "${yaml.name}" to describe.`, place, { hint }));
        continue;
      }
      described.set(macro.unique_id, {
        ...macro,
        description: yaml.description ?? '',
        meta: { ...yaml.meta, ...(yaml.config?.['meta'] as object | undefined) } as JsonObject,
        arguments: (yaml.arguments ?? []).map(({ name, type, description }) => ({
          name,
          type: type === undefined || type === null ? null : String(type),
          description: description ?? '',
        })),
        patch_path: `${file.packageName}://${file.originalPath}`,
      });
    }
  }
  return [...described.values()];
}
