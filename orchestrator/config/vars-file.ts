import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StrataError } from '../errors.ts';
import type { JsonObject } from '../manifest/json.ts';
import { readYaml } from './yaml.ts';

const VARS_FILE = 'vars.yml';

/** Variables of vars.yml and the file's text. */
export interface VarsFile {
  readonly vars: JsonObject;
  readonly text: string;
}

/**
 * Reads vars.yml beside dbt_project.yml: variables by name, as under `vars:`, with or without that key around them.
 * A variable set in both files is an error, so neither hides the other. Throws `yaml-syntax` or `yaml-invalid`.
 */
export function readVarsFile(dir: string, displayPrefix: string, projectVars: JsonObject): VarsFile {
  const path = join(dir, VARS_FILE);
  if (!existsSync(path)) return { vars: projectVars, text: '' };
  const text = readFileSync(path, 'utf8');
  const document = readYaml(text, `${displayPrefix}${VARS_FILE}`, { keepFloats: true });
  const top = document.value ?? {};
  const isWrapped = isMapping(top) && Object.keys(top).length === 1 && isMapping(top['vars']);
  const vars = isWrapped ? (top['vars'] as JsonObject) : top;
  if (!isMapping(vars)) {
    throw new StrataError(
      'yaml-invalid',
      `${VARS_FILE} must be a mapping of variables to values.`,
      document.locate([]),
    );
  }
  const twice = Object.keys(vars).find((name) => Object.hasOwn(projectVars, name) && !isMapping(vars[name]));
  if (twice !== undefined) {
    throw new StrataError(
      'yaml-invalid',
      `Variable "${twice}" is set both here and in dbt_project.yml.`,
      document.locate(isWrapped ? ['vars', twice] : [twice]),
      { hint: 'Remove one of them.' },
    );
  }
  return { vars: mergeSections(projectVars, vars as JsonObject), text };
}

/** Adds variables to others; sections of the same package are joined, not replaced. */
function mergeSections(base: JsonObject, added: JsonObject): JsonObject {
  const merged: Record<string, JsonObject[string]> = { ...base };
  for (const [name, value] of Object.entries(added)) {
    const existing = merged[name];
    merged[name] = isMapping(existing) && isMapping(value) ? ({ ...existing, ...value } as JsonObject) : value;
  }
  return merged;
}

/** A float is an object too here, since variables keep `1.0` apart from `1`. */
function isMapping(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}
