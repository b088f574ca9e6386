import { readdirSync, readFileSync } from 'node:fs';
import type { CellValue } from '../../../../orchestrator/manifest/results.ts';
import type { Files, Scenario } from '../scenario.ts';

const folder = new URL('../../../../macros/cross_db/', import.meta.url);

/** The macros of this repository that hide differences between warehouses, as files of a scenario. */
export const ownMacros: Files = Object.fromEntries(
  readdirSync(folder).map((name) => [`macros/cross_db/${name}`, readFileSync(new URL(name, folder), 'utf8')]),
);

/** An expression with its value. */
export type Check = readonly [sql: string, value: CellValue];

export interface MacroOptions {
  /** What the expressions read; nothing where it is left out. */
  readonly from?: string;
  readonly files?: Files;
}

/** Shows a macro by values that its documentation gives, or that follow from it by hand. */
export function checkMacro(name: string, checks: readonly Check[], { from, files = {} }: MacroOptions = {}): Scenario {
  const columns = checks.map(([sql], at) => `    ${sql} as c${at}`).join(',\n');
  const source = from === undefined ? '' : `from ${from}\n`;
  return {
    name,
    files: { ...files, 'models/checked.sql': `{{ config(materialized='table') }}\nselect\n${columns}\n${source}` },
    steps: [{ run: 'run', rows: { checked: [checks.map(([, value]) => value)] } }],
  };
}

/** A day as a literal of type date. */
export const day = (text: string) => `cast('${text}' as date)`;
/** A point in time as a literal of the warehouse's type for it. */
export const moment = (text: string) => `cast('${text}' as {{ dbt.type_timestamp() }})`;
/** An argument of a macro from an expression. */
export const argument = (sql: string) =>
  `"${sql.replace('{{ dbt.type_timestamp() }}', '" ~ dbt.type_timestamp() ~ "')}"`;
/** An expression as a date, whatever type the warehouse gave it. */
export const asDate = (sql: string) => `cast(${sql} as date)`;
