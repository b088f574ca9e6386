import type { Rows, Scenario, Theme } from '../adapters/scenarios/scenario.ts';

/** The one query of a scenario, as a template, and the rows it must give. */
export interface ScenarioQuery {
  readonly name: string;
  readonly template: string;
  readonly rows: Rows;
}

/** What scenarios of one model each ask, for readers of SQL that no warehouse runs. */
export function listQueries(...themes: readonly Theme[]): readonly ScenarioQuery[] {
  return themes.flatMap(({ scenarios }) => scenarios.map(readQuery));
}

function readQuery({ name, files, steps }: Scenario): ScenarioQuery {
  const template = files['models/checked.sql'];
  const rows = steps[0]?.rows?.['checked'];
  if (template === undefined || rows === undefined) throw new Error(`"${name}" is not of one model.`);
  return { name, template: template.replace("{{ config(materialized='table') }}", ''), rows };
}
