import { BuiltTogether } from './build-together.ts';
import { runScenario } from './run-scenario.ts';
import type { Scenario, Theme } from './scenario.ts';
import { Stage } from './stage.ts';
import type { Subject } from './subjects.ts';

/** Runs scenarios on one warehouse, each in a schema of its own. */
export class Runner {
  readonly #subject: Subject;
  readonly #built = new Map<Theme, BuiltTogether>();
  #stage: Stage | null = null;
  #schemas = 0;

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  async open(): Promise<void> {
    this.#stage = await Stage.open(await this.#subject.start());
  }

  /** Runs a scenario of a theme and compares what it left. */
  async show(theme: Theme, scenario: Scenario): Promise<void> {
    if (this.#stage === null) throw new Error('The warehouse is used before it is open.');
    const isAlone = theme.isBuiltTogether !== true || this.#isExempt(scenario);
    if (isAlone) return runScenario(scenario, this.#stage, this.#nextSchema());
    const built = this.#built.get(theme) ?? (await this.#build(theme, this.#stage));
    return built.compare(scenario);
  }

  async close(): Promise<void> {
    for (const built of this.#built.values()) built.remove();
    await this.#stage?.close();
  }

  async #build(theme: Theme, stage: Stage): Promise<BuiltTogether> {
    const supported = theme.scenarios.filter((scenario) => !this.#isExempt(scenario));
    const built = await BuiltTogether.build(supported, stage, this.#nextSchema());
    this.#built.set(theme, built);
    return built;
  }

  #isExempt({ name }: Scenario): boolean {
    return this.#subject.unsupported[name] !== undefined;
  }

  #nextSchema(): string {
    this.#schemas += 1;
    return `scenario_${this.#schemas}`;
  }
}
