import type { Template } from '../jinja/template.ts';
import type { ManifestLookup } from '../manifest/lookup.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Node } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import type { RenderProject } from '../render/project.ts';

/** What compiling needs besides the node. One per invocation; an audit adds overrides. */
export interface CompileEnv {
  readonly project: RenderProject;
  readonly manifest: Manifest;
  readonly lookup: ManifestLookup;
  /** Unique ids of the selected resources, for `selected_resources`. */
  readonly selected: readonly string[];
  /** Folder that relative paths of files behind sources start from. */
  readonly projectFolder: string;
  /** Relations to read in place of a node's or source's own: the table being audited, a source's landing table. */
  readonly relationOverrides: ReadonlyMap<string, Relation>;
  readonly templates: TemplateStore;
  /** The comment every statement of a node carries. */
  readonly queryComment: QueryComment | null;
}

/** `query-comment:` of dbt_project.yml: a template, and whether it goes behind the statement. */
export interface QueryComment {
  readonly template: string;
  readonly append: boolean;
}

/** Parsed templates by node, shared between parsing and running so that each text is parsed once. */
export interface TemplateStore {
  templateOf(node: Pick<Node, 'unique_id' | 'raw_code' | 'original_file_path' | 'line'>): Template;
}
