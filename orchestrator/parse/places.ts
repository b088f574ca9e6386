import type { Place } from '../errors.ts';
import type { Exposure, Node, SourceNode } from '../manifest/node.ts';

type Member = Node | SourceNode | Exposure;

/** Where resources stand, for messages: files as seen from the root project. */
export class PlaceOf {
  readonly #prefixes: ReadonlyMap<string, string>;

  /** `prefixes` gives each package's folder as seen from the root project. */
  constructor(prefixes: ReadonlyMap<string, string>) {
    this.#prefixes = prefixes;
  }

  /** A file of a package. */
  file(packageName: string, originalPath: string): string {
    return `${this.#prefixes.get(packageName) ?? ''}${originalPath.replace(/^\.\//, '')}`;
  }

  /** Where a resource begins. */
  of(member: Member): Place {
    return { file: this.file(member.package_name, member.original_file_path), line: member.line };
  }

  /** The line of a resource's code that names something in quotes, or its first one. */
  find(member: Member, name: string): Place {
    const place = this.of(member);
    if (member.resource_type === 'source' || member.resource_type === 'exposure') return place;
    if (member.resource_type === 'test' && member.test_metadata !== undefined) return place;
    const at = [`'${name}'`, `"${name}"`].map((quoted) => member.raw_code.indexOf(quoted)).find((index) => index >= 0);
    if (at === undefined) return place;
    const before = member.raw_code.slice(0, at).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    return { file: place.file, line: member.line + before.length - 1, column };
  }
}
