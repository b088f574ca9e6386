import { expect } from 'vitest';
import { compareStep } from './run-scenario.ts';
import type { Files, Rows, Scenario } from './scenario.ts';
import type { Outcome, Stage, StagedProject } from './stage.ts';

/** Scenarios of one model each, built by one command as one project. */
export class BuiltTogether {
  readonly #project: StagedProject;
  readonly #outcome: Outcome;
  readonly #scenarios: readonly Scenario[];

  private constructor(project: StagedProject, outcome: Outcome, scenarios: readonly Scenario[]) {
    this.#project = project;
    this.#outcome = outcome;
    this.#scenarios = scenarios;
  }

  static async build(scenarios: readonly Scenario[], stage: Stage, schema: string): Promise<BuiltTogether> {
    const files = Object.assign({}, ...scenarios.map(({ files }, at) => renameModels(files, at)));
    const project = stage.prepare({ name: schema, files, steps: [] }, schema);
    return new BuiltTogether(project, await project.run({ run: 'run' }), scenarios);
  }

  /** Compares what one of the scenarios left. */
  async compare(scenario: Scenario): Promise<void> {
    const name = nameOf(this.#scenarios.indexOf(scenario));
    expect(this.#project.statuses()[name], `${name}\n${this.#outcome.said}`).toBe('success');
    for (const { run, rows } of scenario.steps) {
      const found = Object.values<Rows>(rows ?? {}).map((values) => [name, values] as const);
      // Others may have failed, which their own tests tell.
      await compareStep(
        { run, exit: this.#outcome.exit, rows: Object.fromEntries(found) },
        this.#project,
        this.#outcome,
      );
    }
  }

  remove(): void {
    this.#project.remove();
  }
}

function renameModels(files: Files, at: number): Files {
  const renamed = Object.entries(files).map(([path, text]) => [
    path.replace(/^models\/.*/, `models/${nameOf(at)}.sql`),
    text,
  ]);
  return Object.fromEntries(renamed);
}

function nameOf(at: number): string {
  return `model_${at}`;
}
