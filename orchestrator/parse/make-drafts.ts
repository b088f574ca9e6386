import { hash } from 'node:crypto';
import { parseTemplate } from '../jinja/template.ts';
import type { Checksum, ExecutableType } from '../manifest/node.ts';
import { dbtBlocks } from '../render/macro-registry.ts';
import type { FileKind, SourceFile } from './discover.ts';
import { type Draft, fileFields, foldersOf, stripCode } from './draft.ts';
import type { Patches, ReadFile } from './patches.ts';
import type { DescribedKind } from './read-properties.ts';

const TYPES: ReadonlyMap<FileKind, { readonly type: ExecutableType; readonly described: DescribedKind }> = new Map([
  ['model', { type: 'model', described: 'model' }],
  ['seed', { type: 'seed', described: 'seed' }],
  ['analysis', { type: 'analysis', described: 'analysis' }],
  ['singular-test', { type: 'test', described: 'test' }],
]);

/** The nodes a file defines: one, or each snapshot block of a snapshot file. Throws `template-syntax`. */
export function makeDrafts(file: SourceFile, patches: Patches): readonly Draft[] {
  if (file.kind === 'snapshot') return makeSnapshots(file, patches);
  const kind = TYPES.get(file.kind);
  return kind === undefined ? [] : [makeDraft(file, kind, patches)];
}

function makeDraft(
  file: SourceFile,
  { type, described }: { readonly type: ExecutableType; readonly described: DescribedKind },
  patches: Patches,
): Draft {
  const patch = patches.take(file.packageName, described, file.name);
  const { code, line } = stripCode(file.text);
  const name = patch?.version === undefined ? file.name : patch.entry.yaml.name;
  const version = patch?.version?.v ?? null;
  const folders = file.kind === 'analysis' ? ['analysis', ...foldersOf(file.path)] : foldersOf(file.path);
  return {
    ...fileFields(file),
    type,
    name,
    version,
    uniqueId: `${type}.${file.packageName}.${name}${version === null ? '' : `.v${version}`}`,
    path: file.kind === 'analysis' ? `analysis/${file.path}` : file.path,
    fqn: [file.packageName, ...folders, name, ...(version === null ? [] : [`v${version}`])],
    rawCode: type === 'seed' ? '' : code,
    line,
    checksum: type === 'seed' ? { name: 'sha256', checksum: file.hash } : checksumOf(code),
    patch,
  };
}

function makeSnapshots(file: SourceFile, patches: Patches): readonly Draft[] {
  const { blocks } = parseTemplate(file.text, { file: file.display, blocks: dbtBlocks });
  return blocks
    .filter((block) => block.kind === 'snapshot')
    .map((block) => {
      return {
        ...fileFields(file),
        type: 'snapshot',
        name: block.name,
        version: null,
        uniqueId: `snapshot.${file.packageName}.${block.name}`,
        fqn: [file.packageName, ...foldersOf(file.path), file.name, block.name],
        rawCode: block.body,
        line: block.line,
        checksum: checksumOf(file.text.trim()),
        patch: patches.take(file.packageName, 'snapshot', block.name),
      } as const;
    });
}

/** dbt's checksum of a node's code. */
export function checksumOf(code: string): Checksum {
  return { name: 'sha256', checksum: hash('sha256', code) };
}

/** The snapshots that properties define by a `relation:` instead of a file. */
export function makeYamlSnapshots({ file, properties }: ReadFile, patches: Patches): readonly Draft[] {
  return properties.described
    .filter((entry) => entry.kind === 'snapshot' && typeof entry.yaml.relation === 'string')
    .map((entry) => {
      const { name, relation } = entry.yaml;
      const rawCode = `select * from {{ ${relation} }}`;
      return {
        ...fileFields(file),
        type: 'snapshot',
        name,
        version: null,
        uniqueId: `snapshot.${file.packageName}.${name}`,
        fqn: [file.packageName, ...foldersOf(file.path), name],
        rawCode,
        line: entry.line,
        checksum: checksumOf(rawCode),
        patch: patches.take(file.packageName, 'snapshot', name),
      } as const;
    });
}
