import { type Place, StrataError } from '../errors.ts';
import { parseTemplate, type Template } from '../jinja/template.ts';
import type { JsonObject } from '../manifest/json.ts';
import type { Node, RefArgs } from '../manifest/node.ts';
import { suggest } from '../nearest.ts';
import { builtinPackage } from '../render/builtin-folder.ts';
import { extractNode } from '../render/extract.ts';
import type { Extracted } from '../render/extracted.ts';
import { dbtBlocks } from '../render/macro-registry.ts';
import { addNames } from './build-node.ts';
import { checkConfig } from './check-config.ts';
import { listOf } from './config-merge.ts';
import { digest, type SourceFile } from './discover.ts';
import { foldersOf } from './draft.ts';
import { explainError } from './explain-error.ts';
import { resolveConfig } from './node-config.ts';
import type { ParseContext } from './parse-context.ts';
import type { TestYaml } from './properties-schema.ts';
import type { RenderValue } from './render-properties.ts';
import { checkTestArguments } from './test-arguments.ts';
import { readTest, type TestSpec, type TestTarget, testCode } from './test-builder.ts';
import { hashTest } from './test-names.ts';

/** A generic test as declared: what on, where, with which tags of its surroundings. */
export interface TestDeclaration {
  readonly written: TestYaml;
  readonly target: TestTarget;
  readonly file: SourceFile;
  readonly render: RenderValue;
  readonly line: number;
  readonly columnName: string | null;
  readonly tags: readonly string[];
  readonly attachedNode: string | null;
  /** `models.a` or `sources.raw`. */
  readonly fileKeyName: string;
}

const NONE = { name: 'none', checksum: '' } as const;

/** Makes the node of a declared test. What is wrong is added to the errors. */
export function buildTest(context: ParseContext, declared: TestDeclaration): Node | undefined {
  const place = { file: declared.file.display, line: declared.line };
  try {
    return build(context, declared, place);
  } catch (error) {
    if (!(error instanceof StrataError)) throw error;
    const template = { packageName: declared.file.packageName, code: '', place };
    const traced = new StrataError(error.code, error.message, error.place, {
      hint: error.hint?.replace(`${SHARED_TEMPLATE}:1`, `${place.file}:${place.line}`),
      cause: error.cause,
    });
    context.errors.push(explainError(traced, context, template));
    return undefined;
  }
}

function build(context: ParseContext, declared: TestDeclaration, place: Place & { file: string; line: number }) {
  const { file } = declared;
  const written = readTest(declared.written, declared.target, declared.columnName);
  const spec = { ...written, config: declared.render(written.config, declared.line) };
  const macro = context.render.registry.findTest(spec.name, spec.namespace, file.packageName);
  if (macro === undefined) throw unknownTest(context, spec, place);
  checkTestArguments(spec, { macro, parameters: context.render.registry.block(macro).parameters });
  const { custom, errors } = { custom: context.customConfigKeys, errors: context.errors };
  checkConfig(spec.config, { kind: 'test', custom, subject: `test "${spec.name}"`, place }, errors);
  const fqn = [file.packageName, ...foldersOf(file.originalPath).slice(1), spec.fullName];
  const code = testCode(spec);
  const draft = draftTest(declared, spec, fqn, `${code.call}${code.config}`);
  const extracted = extractTest(context, draft, { call: code.call, macroId: macro.unique_id, place });
  const owner = { packageName: file.packageName, type: 'test', fqn } as const;
  const config = resolveConfig(context, owner, { yaml: {}, calls: [...extracted.configCalls, spec.config] });
  const declaredTags = [...new Set([...declared.tags, ...listOf(spec.config['tags']).map(String)])].sort();
  const tags = [...new Set([...declaredTags, ...config.tags])];
  const linked = {
    refs: extracted.refs,
    sources: extracted.sources,
    depends_on: { nodes: [], macros: [...new Set([macro.unique_id, ...extracted.macros])] },
  };
  return addNames(context, { ...draft, ...linked, config, tags, meta: config.meta }, place);
}

type TestDraft = ReturnType<typeof draftTest>;

function draftTest(declared: TestDeclaration, spec: TestSpec, fqn: readonly string[], rawCode: string) {
  const { file } = declared;
  const metadata = { namespace: spec.namespace, name: spec.name, kwargs: spec.kwargs as JsonObject };
  const hash = hashTest(spec.fullName, metadata);
  return {
    unique_id: `test.${file.packageName}.${spec.fullName}.${hash}`,
    name: spec.fullName,
    resource_type: 'test',
    package_name: file.packageName,
    path: `${spec.shortName}.sql`,
    original_file_path: file.originalPath,
    fqn,
    checksum: NONE,
    unrendered_config: spec.config as JsonObject,
    description: spec.description,
    columns: {},
    raw_code: rawCode,
    language: 'sql',
    patch_path: null,
    line: declared.line,
    constraints: [],
    contract: { enforced: false },
    test_metadata: metadata,
    column_name: declared.columnName,
    attached_node: declared.attachedNode,
    file_key_name: declared.fileKeyName,
  } as const;
}

interface TestCall {
  readonly call: string;
  readonly macroId: string;
  readonly place: { readonly file: string; readonly line: number };
}

/** The built-in tests refer to nothing but what their arguments say, so they need not run to be known. */
const PLAIN_TESTS = new Set(
  ['unique', 'not_null', 'accepted_values', 'relationships'].map((name) => `macro.${builtinPackage}.test_${name}`),
);

function extractTest(context: ParseContext, draft: TestDraft, call: TestCall): Extracted {
  const plain = PLAIN_TESTS.has(call.macroId) ? readPlainTest(draft) : undefined;
  if (plain !== undefined) return plain;
  const key = `test:${draft.unique_id}:${call.place.file}:${call.place.line}:${digest(draft.raw_code)}`;
  return context.cache.reuse(key, () => {
    const { database, schema } = context.render.target;
    const names = { database, schema, alias: draft.name, original_file_path: call.place.file, config: {} };
    return extractNode(testTemplate(call.call), { ...draft, ...names }, context.render);
  });
}

function readPlainTest(draft: TestDraft): Extracted | undefined {
  const refs: RefArgs[] = [];
  const sources: [string, string][] = [];
  for (const [name, value] of Object.entries(draft.test_metadata.kwargs)) {
    const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
    for (const text of texts) {
      if (
        typeof text !== 'string' ||
        (name !== 'model' && name !== 'to' && !text.includes('{') && !/\w\s*\(/.test(text))
      ) {
        continue;
      }
      const call = readCall(name === 'model' ? text.slice('{{ get_where_subquery('.length, -') }}'.length) : text);
      if (call === undefined) return undefined;
      if (call.kind === 'ref') refs.push(call.ref);
      else sources.push(call.source);
    }
  }
  return { refs, sources, configCalls: [], macros: [] };
}

type Call =
  | { readonly kind: 'ref'; readonly ref: RefArgs }
  | { readonly kind: 'source'; readonly source: [string, string] };

const CALL = /^\s*(?:\{\{\s*)?(ref|source)\(\s*(['"])([^'"{}]+)\2\s*(?:,\s*(['"])([^'"{}]+)\4\s*)?\)\s*(?:\}\}\s*)?$/;

/** A plain ref() or source() call with literal arguments. */
function readCall(text: string): Call | undefined {
  const match = CALL.exec(text);
  if (match === null) return undefined;
  const [, name, , first = '', , second] = match;
  if (name === 'source') return second === undefined ? undefined : { kind: 'source', source: [first, second] };
  const ref = { name: second ?? first, package: second === undefined ? null : first, version: null };
  return { kind: 'ref', ref };
}

/** Tests of one kind share their template, which is in no file. */
const SHARED_TEMPLATE = 'a generic test';
const templates = new Map<string, Template>();

function testTemplate(call: string): Template {
  const known = templates.get(call) ?? parseTemplate(call, { file: SHARED_TEMPLATE, blocks: dbtBlocks });
  templates.set(call, known);
  return known;
}

function unknownTest(context: ParseContext, spec: TestSpec, place: Place): StrataError {
  const full = spec.namespace === null ? spec.name : `${spec.namespace}.${spec.name}`;
  return new StrataError('test-not-found', `Test "${full}" not found.`, place, {
    hint: suggest(spec.name, context.testNames, 'Define it with {% test … %} in tests/generic/ or macros/.'),
  });
}
