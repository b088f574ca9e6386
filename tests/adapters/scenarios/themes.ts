import { audits } from './list/audits.ts';
import { dataTests } from './list/data-tests.ts';
import { incremental } from './list/incremental.ts';
import { materializations } from './list/materializations.ts';
import { schemaChanges } from './list/schema-changes.ts';
import type { Theme } from './scenario.ts';

/** Every scenario, in the order of docs/warehouses.md. */
export const themes: readonly Theme[] = [materializations, incremental, schemaChanges, audits, dataTests];
