import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import * as z from 'zod/mini';
import { StrataError } from '../errors.ts';
import { asMapping, type JsonObject } from '../manifest/json.ts';
import { suggest } from '../nearest.ts';
import type { Environment } from './env-var.ts';
import type { ProjectOptions } from './flags.ts';
import { createYamlRenderer, type RenderText, renderTree } from './render-yaml.ts';
import { checkShape, freeMapping, startSentence, strictShape, text } from './shape.ts';
import { embeddedDuckDb } from './targets/duckdb.ts';
import { type CheckedConnection, type ConnectionPlace, type Credentials, targetCodes } from './targets/target.ts';
import { readYaml, type YamlDocument } from './yaml.ts';

const PROFILES_FILE = 'profiles.yml';

/** A profile of profiles.yml; its connections are checked when they are chosen. */
const profileShape = strictShape({
  target: z.nullish(text),
  outputs: freeMapping,
  config: z.nullish(freeMapping),
});

/** The connection an invocation uses. */
export interface Target {
  readonly name: string;
  readonly profileName: string;
  readonly type: string;
  readonly database: string;
  readonly schema: string;
  readonly threads: number;
  readonly credentials: Credentials;
  /** Texts of the connection that no log, error or artifact may show. */
  readonly secrets: readonly string[];
  /** What templates see as `target`; holds no secret. */
  readonly fields: JsonObject & { readonly name: string; readonly type: string; readonly profile_name: string } & {
    readonly database: string;
    readonly schema: string;
    readonly threads: number;
  };
  /** The file it was read from, or null for the embedded database that needs none. */
  readonly profilesFile: string | null;
}

/** What choosing a connection needs to know about the project. */
export interface ProfileRequest {
  readonly options: ProjectOptions;
  readonly environment: Environment;
  readonly projectName: string;
  /** `profile:` of dbt_project.yml, rendered, or `--profile`. */
  readonly profileName: string | null;
}

interface FoundProfiles {
  readonly document: YamlDocument;
  readonly path: string;
  /** Whether it is the user's file for all projects. */
  readonly isPersonal: boolean;
}

/**
 * Finds the connection as dbt does: --profiles-dir, DBT_PROFILES_DIR, the working folder, the project, ~/.dbt. Where
 * there is no profile at all the project gets a DuckDB file of its own. Throws or adds to `errors` what is wrong.
 */
export function loadTarget(request: ProfileRequest, errors: StrataError[]): Target | undefined {
  const folders = profileFolders(request);
  const found = findProfiles(folders, request);
  const asked = request.options.profile !== undefined || request.options.target !== undefined;
  if (found === undefined) {
    if (request.options.profilesDir !== undefined || asked) throw noProfilesFile(request, folders);
    return embeddedTarget(request);
  }
  const profiles = asMapping(found.document.value);
  const name = request.profileName ?? request.projectName;
  if (found.document.value !== null && found.document.value !== profiles) throw noMapping(found);
  if (!Object.hasOwn(profiles, name)) {
    if (!asked && (found.isPersonal || request.profileName === null)) return embeddedTarget(request);
    throw unknownProfile(found, name, profiles);
  }
  return readTarget(found, name, request, errors);
}

function profileFolders(request: ProfileRequest): readonly string[] {
  const { options, environment } = request;
  if (options.profilesDir !== undefined) return [options.profilesDir];
  const fromEnv = environment.readSecret('DBT_PROFILES_DIR');
  if (fromEnv !== undefined && fromEnv !== '') return [fromEnv.replace(/^~(?=\/|$)/, homedir())];
  return [...new Set([options.cwd ?? process.cwd(), options.projectDir, personalFolder()])];
}

function personalFolder(): string {
  return join(homedir(), '.dbt');
}

function findProfiles(folders: readonly string[], request: ProfileRequest): FoundProfiles | undefined {
  const folder = folders.find((candidate) => existsSync(join(candidate, PROFILES_FILE)));
  if (folder === undefined) return undefined;
  const path = join(folder, PROFILES_FILE);
  const document = readYaml(readFileSync(path, 'utf8'), displayPath(path, request.options.projectDir));
  return { document, path, isPersonal: folder === personalFolder() && folders.length > 1 };
}

function displayPath(path: string, projectDir: string): string {
  const fromProject = relative(projectDir, path);
  if (!fromProject.startsWith('..') && !isAbsolute(fromProject)) return fromProject;
  const home = homedir();
  return path.startsWith(`${home}/`) ? `~/${path.slice(home.length + 1)}` : path;
}

function readTarget(
  found: FoundProfiles,
  name: string,
  request: ProfileRequest,
  errors: StrataError[],
): Target | undefined {
  const { document } = found;
  const written = asMapping(document.value)[name];
  const profile = checkShape(profileShape, written, errors, {
    document,
    base: [name],
    subject: `profile "${name}"`,
    codes: targetCodes,
  });
  if (profile === undefined) return undefined;
  const render = createYamlRenderer(document, {
    env: (variable) => request.environment.readSecret(variable),
    vars: request.options.vars ?? {},
  });
  const { outputs } = profile;
  const chosen =
    request.options.target ??
    String(renderTree(profile.target ?? 'default', (source) => render(source, [name, 'target']), errors));
  if (!Object.hasOwn(outputs, chosen)) throw unknownTarget(found, name, chosen, Object.keys(outputs));
  const base = [name, 'outputs', chosen];
  const subject = `target "${chosen}" of profile "${name}"`;
  const output = renderTree(
    outputs[chosen],
    (source, path) => renderPassword(source, [...base, ...path], render),
    errors,
  );
  const { projectDir } = request.options;
  const checked = readOutput(output, errors, request.options, { document, base, subject, projectDir });
  if (checked === undefined) return undefined;
  return buildTarget(checked, { name: chosen, profileName: name, profilesFile: found.path, options: request.options });
}

function readOutput(
  output: unknown,
  errors: StrataError[],
  { targetReaders }: ProjectOptions,
  place: ConnectionPlace,
): CheckedConnection | undefined {
  const { type } = asMapping(output);
  const read = typeof type === 'string' ? targetReaders.get(type) : undefined;
  if (read !== undefined) return read(output, errors, place);
  errors.push(unsupportedType(type, [...targetReaders.keys()], place));
  return undefined;
}

function unsupportedType(type: unknown, supported: readonly string[], place: ConnectionPlace): StrataError {
  const subject = startSentence(place.subject ?? '');
  const list = `Supported types: ${supported.join(', ')}.`;
  const at = place.document.locate([...(place.base ?? []), 'type']);
  if (typeof type !== 'string') {
    return new StrataError('profile-invalid', `${subject} has no "type".`, at, { hint: list });
  }
  const hint = [suggest(type, supported), list].filter((part) => part !== undefined).join(' ');
  return new StrataError('profile-invalid', `${subject} has the unsupported type "${type}".`, at, { hint });
}

/** A password may hold braces that are no template: then it is meant as it stands. */
function renderPassword(source: string, path: readonly (string | number)[], render: RenderText): unknown {
  const key = path.at(-1);
  if (key !== 'password' && key !== 'pass') return render(source, path);
  try {
    return render(source, path);
  } catch (error) {
    if (error instanceof StrataError && error.code === 'template-syntax') return source;
    throw error;
  }
}

function buildTarget(
  checked: CheckedConnection,
  chosen: { name: string; profileName: string; profilesFile: string | null; options: ProjectOptions },
): Target {
  const threads = chosen.options.threads ?? checked.credentials.threads;
  const credentials = { ...checked.credentials, threads };
  const { database, secrets } = checked;
  const { type, schema } = credentials;
  const own = { type, threads, name: chosen.name, target_name: chosen.name, profile_name: chosen.profileName };
  return {
    name: chosen.name,
    profileName: chosen.profileName,
    type,
    database,
    schema,
    threads,
    credentials,
    secrets,
    fields: { ...checked.fields, ...own, database, schema },
    profilesFile: chosen.profilesFile,
  };
}

/** The DuckDB file a project has when nobody configured a connection. */
function embeddedTarget(request: ProfileRequest): Target {
  const { projectName, options } = request;
  const chosen = { name: 'dev', profileName: request.profileName ?? projectName, profilesFile: null, options };
  return buildTarget(embeddedDuckDb(projectName, options.projectDir), chosen);
}

function noProfilesFile(request: ProfileRequest, folders: readonly string[]): StrataError {
  const { profile, target } = request.options;
  const asked =
    profile !== undefined ? ` for profile "${profile}"` : target !== undefined ? ` for target "${target}"` : '';
  return new StrataError(
    'profile-not-found',
    `No ${PROFILES_FILE} found${asked}.`,
    {},
    {
      hint: `Looked in ${folders.map((folder) => displayPath(join(folder, PROFILES_FILE), request.options.projectDir)).join(', ')}.`,
    },
  );
}

function noMapping({ document }: FoundProfiles): StrataError {
  return new StrataError('profile-invalid', 'The file must be a mapping of profiles.', document.locate([]), {
    hint: 'Write the name of the profile, and below it "target:" and "outputs:".',
  });
}

function unknownProfile(found: FoundProfiles, name: string, profiles: Record<string, unknown>): StrataError {
  const names = Object.keys(profiles).filter((key) => key !== 'config');
  const list = names.length === 0 ? 'The file has none.' : `Profiles there: ${names.join(', ')}.`;
  const hint = [suggest(name, names), list].filter((part) => part !== undefined).join(' ');
  return new StrataError('profile-not-found', `No profile "${name}".`, { file: found.document.file }, { hint });
}

function unknownTarget(found: FoundProfiles, profile: string, target: string, names: readonly string[]): StrataError {
  const list = names.length === 0 ? 'It has no outputs.' : `Its targets: ${names.join(', ')}.`;
  const hint = [suggest(target, names), list].filter((part) => part !== undefined).join(' ');
  const place = found.document.locate([profile, 'outputs']);
  return new StrataError('profile-not-found', `Profile "${profile}" has no target "${target}".`, place, { hint });
}
