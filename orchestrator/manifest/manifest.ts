import type { DocBlock, Exposure, MacroInfo, Node, SourceNode } from './node.ts';

/** Everything a project says, resolved. Keys are unique ids. */
export interface Manifest {
  readonly project_name: string;
  readonly adapter_type: string;
  readonly nodes: Readonly<Record<string, Node>>;
  readonly sources: Readonly<Record<string, SourceNode>>;
  readonly exposures: Readonly<Record<string, Exposure>>;
  readonly macros: Readonly<Record<string, MacroInfo>>;
  readonly docs: Readonly<Record<string, DocBlock>>;
  /** Nodes switched off by `enabled: false`, kept so that messages can say so. */
  readonly disabled: Readonly<Record<string, Node | SourceNode | Exposure>>;
}
