import type { Project } from '../config/load-project.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { DocBlock, MacroInfo } from '../manifest/node.ts';
import { MacroRegistry } from '../render/macro-registry.ts';
import type { Invocation, RenderMessage, RenderProject } from '../render/project.ts';

/** What rendering needs from outside the project. */
export interface RenderSettings {
  readonly dialect: Dialect;
  readonly invocation: Invocation;
  readonly onMessage?: ((message: RenderMessage) => void) | undefined;
}

/** Puts together what all templates of a project share. */
export function createRenderProject(
  project: Project,
  macros: Iterable<MacroInfo>,
  docs: Iterable<DocBlock>,
  settings: RenderSettings,
): RenderProject {
  const { root, packages, target, overrideVars, environment } = project;
  const { quotesNames } = settings.dialect;
  return {
    rootPackage: root.name,
    packages: new Map(packages.map(({ name, vars, version }) => [name, { name, vars, version }])),
    registry: new MacroRegistry(macros, {
      rootPackage: root.name,
      adapterType: target.type,
      dispatch: root.dispatch,
    }),
    dialect: settings.dialect,
    target: target.fields,
    overrideVars,
    quoting: { database: quotesNames, schema: quotesNames, identifier: quotesNames, ...root.quoting },
    invocation: settings.invocation,
    readEnv: (name) => environment.read(name),
    docs: new Map([...docs].map((doc) => [`${doc.package_name}.${doc.name}`, doc.block_contents])),
    onMessage: settings.onMessage ?? (() => {}),
  };
}
