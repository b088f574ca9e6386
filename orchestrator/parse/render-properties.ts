import { createYamlRenderer, type RenderText, renderTree } from '../config/render-yaml.ts';
import { StrataError } from '../errors.ts';
import { suggest } from '../nearest.ts';
import type { RenderProject } from '../render/project.ts';
import { findVar } from '../render/vars.ts';
import type { SourceFile } from './discover.ts';
import type { ParseContext } from './parse-context.ts';

/** Renders the templates in values of one properties file; a value of a file without any is returned as it is. */
export type RenderValue = <Value>(value: Value, line: number) => Value;

/** Makes the function that renders parts of a properties file. Mistakes are added to the errors of the parse. */
export function createPropertiesRenderer(context: ParseContext, file: SourceFile): RenderValue {
  if (!file.text.includes('{{') && !file.text.includes('{%')) return (value) => value;
  return (value, line) => {
    const place = { file: file.display, line };
    const render = createYamlRenderer({ file: file.display, value, locate: () => place }, yamlContext(context, file));
    return renderTree(value, keepHooks(render), context.errors, isRenderedByTest) as typeof value;
  };
}

function yamlContext(context: ParseContext, file: SourceFile) {
  const { project, render } = context;
  return {
    env: (name: string) => project.environment.read(name),
    vars: { ...project.root.vars, ...project.overrideVars },
    findVar: (name: string) => findVar(render, file.packageName, name),
    findDoc: (names: readonly string[]) => findDoc(render, file.packageName, names),
    target: render.target,
  };
}

/** Arguments of tests are rendered when the test runs. */
function isRenderedByTest(path: readonly (string | number)[]): boolean {
  const key = path.at(-1);
  return key === 'tests' || key === 'data_tests';
}

/** Hooks in properties keep their templates, as in dbt_project.yml. */
function keepHooks(render: RenderText): RenderText {
  return (source, path) =>
    path.some((key) => /^(pre|post)[-_]hook$/.test(String(key))) ? source : render(source, path);
}

function findDoc(render: RenderProject, packageName: string, names: readonly string[]): string {
  const [first = '', second] = names;
  const candidates =
    second === undefined
      ? [packageName, render.rootPackage, ...render.packages.keys()].map((owner) => `${owner}.${first}`)
      : [`${first}.${second}`];
  for (const candidate of candidates) {
    const found = render.docs.get(candidate);
    if (found !== undefined) return found;
  }
  const name = second ?? first;
  const known = [...render.docs.keys()].map((key) => key.slice(key.indexOf('.') + 1));
  throw new StrataError(
    'doc-not-found',
    `doc("${names.join('", "')}") not found.`,
    {},
    {
      hint: suggest(name, known, 'Add {% docs … %} with this name to a Markdown file.'),
    },
  );
}
