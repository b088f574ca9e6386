import type { Project } from '../config/load-project.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Exposure, Node, SourceNode } from '../manifest/node.ts';
import type { Resources } from './link.ts';
import type { ProjectFiles } from './read-files.ts';

/** The manifest of linked resources. */
export function toManifest(project: Project, files: ProjectFiles, resources: Resources): Manifest {
  const disabled: Record<string, Node | SourceNode | Exposure> = {};
  return {
    project_name: project.root.name,
    adapter_type: project.target.type,
    nodes: index(resources.nodes, disabled),
    sources: index(resources.sources, disabled),
    exposures: index(resources.exposures, disabled),
    macros: Object.fromEntries(files.macros.map((macro) => [macro.unique_id, macro])),
    docs: Object.fromEntries(files.docs.map((doc) => [doc.unique_id, doc])),
    disabled,
  };
}

function index<Member extends Node | SourceNode | Exposure>(
  members: readonly Member[],
  disabled: Record<string, Node | SourceNode | Exposure>,
): Record<string, Member> {
  const enabled: Record<string, Member> = {};
  for (const member of members) {
    if (member.config.enabled) enabled[member.unique_id] = member;
    else disabled[member.unique_id] = member;
  }
  return enabled;
}
