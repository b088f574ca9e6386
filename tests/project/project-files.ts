import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { load } from 'js-yaml';

const root = new URL('../../', import.meta.url).pathname;

/** A file of the SQL project. */
export interface ProjectFile {
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** Properties of one model as its yml gives them. */
export interface ModelProperties {
  readonly name: string;
  readonly description?: string;
  readonly config?: { readonly contract?: { readonly enforced?: boolean } };
  readonly columns?: readonly {
    readonly name: string;
    readonly description?: string;
    readonly data_type?: string;
    readonly data_tests?: readonly unknown[];
  }[];
  readonly data_tests?: readonly unknown[];
}

/** Files with one of the endings in a folder of the project and below, by path. */
export function listFiles(folder: string, ...endings: readonly string[]): readonly ProjectFile[] {
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort()
    .map((path) => ({
      path: `${folder}/${path}`,
      name: basename(path).replace(/\.\w+$/, ''),
      text: readFileSync(`${root}${folder}/${path}`, 'utf8'),
    }));
}

/** The properties in a model's yml. */
export function readModelProperties(file: ProjectFile): readonly ModelProperties[] {
  const document = load(file.text) as { readonly models?: readonly ModelProperties[] };
  return document.models ?? [];
}

/** SQL and Jinja without comments and without quoted text, so that words in them are not taken for code. */
export function stripText(sql: string): string {
  return sql
    .replace(/\{#[\s\S]*?#\}/g, '')
    .replace(/--.*$/gm, '')
    .replace(/'(?:[^'\n]|'')*'/g, "''")
    .replace(/"[^"\n]*"/g, '""');
}
