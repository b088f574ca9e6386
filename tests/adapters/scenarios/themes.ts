import { audits } from './list/audits.ts';
import { cancelling } from './list/cancelling.ts';
import { contracts } from './list/contracts.ts';
import { dataTests } from './list/data-tests.ts';
import { hooks } from './list/hooks.ts';
import { incremental } from './list/incremental.ts';
import { jsonTables } from './list/json-tables.ts';
import { castMacros } from './list/macros-casts.ts';
import { dateMacros } from './list/macros-dates.ts';
import { jsonMacros } from './list/macros-json.ts';
import { numberMacros } from './list/macros-numbers.ts';
import { projectMacros } from './list/macros-project.ts';
import { textMacros } from './list/macros-texts.ts';
import { unionMacros } from './list/macros-unions.ts';
import { valueMacros } from './list/macros-values.ts';
import { materializations } from './list/materializations.ts';
import { names } from './list/names.ts';
import { schemaChanges } from './list/schema-changes.ts';
import { seeds } from './list/seeds.ts';
import { texts } from './list/texts.ts';
import type { Theme } from './scenario.ts';

/** Every scenario, in the order of docs/warehouses.md. */
export const themes: readonly Theme[] = [
  materializations,
  incremental,
  schemaChanges,
  audits,
  dataTests,
  hooks,
  contracts,
  seeds,
  names,
  texts,
  cancelling,
  dateMacros,
  valueMacros,
  castMacros,
  projectMacros,
  numberMacros,
  unionMacros,
  jsonMacros,
  jsonTables,
  textMacros,
];
