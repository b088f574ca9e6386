import { expect } from 'vitest';
import type { CellValue } from '../../../orchestrator/manifest/results.ts';
import type { Rows, Scenario, Step } from './scenario.ts';
import type { Outcome, Stage, StagedProject } from './stage.ts';

/** Runs the steps of a scenario and compares what each left. */
export async function runScenario(scenario: Scenario, stage: Stage, schema: string): Promise<void> {
  const project = stage.prepare(scenario, schema);
  try {
    for (const step of scenario.steps) await runStep(step, project);
  } finally {
    project.remove();
  }
}

async function runStep(step: Step, project: StagedProject): Promise<void> {
  await compareStep(step, project, await project.run(step));
}

/** Compares what a command said and left with what its step states. */
export async function compareStep(step: Step, project: StagedProject, { exit, said }: Outcome): Promise<void> {
  const where = `${step.run}\n${said}`;
  expect(exit, where).toBe(step.exit ?? 0);
  for (const part of step.says ?? []) expect(said.toLowerCase()).toContain(part.toLowerCase());
  if (step.statuses !== undefined) expect(project.statuses(), where).toEqual(step.statuses);
  for (const [name, rows] of Object.entries(step.rows ?? {})) {
    expect(sortRows((await project.read(name)).rows), `${name} after ${where}`).toEqual(sortRows(rows));
  }
  for (const [name, columns] of Object.entries(step.columns ?? {})) {
    const found = (await project.read(name)).columns.map((column) => column.name);
    const isExact = columns.some((column) => column !== column.toLowerCase());
    expect(isExact ? found : found.map((column) => column.toLowerCase()), where).toEqual(columns);
  }
  if (step.relations !== undefined) {
    const found = await project.relations();
    const types = Object.fromEntries(found.map(({ identifier, type }) => [identifier.toLowerCase(), type]));
    expect(types, where).toEqual(step.relations);
  }
}

function sortRows(rows: Rows): Rows {
  const keyed = rows.map((row) => ({ row, key: JSON.stringify(row, describeBigint) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row);
}

function describeBigint(_: string, value: CellValue): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
