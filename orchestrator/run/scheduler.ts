import type { RunPlan } from './plan.ts';
import { ReadyQueue } from './ready-queue.ts';

/** What the scheduler does with jobs; the keys are their unique ids. */
export interface JobRunner {
  /** Runs a job on one of the workers and says whether what depends on it may run. Never throws. */
  run(id: string, worker: number): Promise<boolean>;
  /** Called once for each job that will not run. `cause` is the failed job it depends on, null when the run ended early. */
  skip(id: string, cause: string | null): void;
  /** Does what can be done for a job before a worker is free: renders it. */
  prepare(id: string): void;
}

export interface ScheduleOptions {
  readonly workers: number;
  readonly failFast: boolean;
  readonly signal: AbortSignal;
}

/** Runs all jobs of a plan, parents first, the longest way to go first; ends when nothing runs any more. */
export function schedule(plan: RunPlan, runner: JobRunner, options: ScheduleOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    new Schedule(plan, runner, options, { resolve, reject }).start();
  });
}

interface Ending {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

class Schedule {
  readonly #plan: RunPlan;
  readonly #runner: JobRunner;
  readonly #options: ScheduleOptions;
  readonly #ending: Ending;
  readonly #waiting = new Map<string, number>();
  readonly #ready: ReadyQueue;
  readonly #idle: number[] = [];
  readonly #left: Set<string>;
  #running = 0;
  #stopped = false;

  constructor(plan: RunPlan, runner: JobRunner, options: ScheduleOptions, ending: Ending) {
    this.#plan = plan;
    this.#runner = runner;
    this.#options = options;
    this.#ending = ending;
    this.#ready = new ReadyQueue(plan.priorities);
    this.#left = new Set(plan.jobs.keys());
    for (let worker = options.workers - 1; worker >= 0; worker -= 1) this.#idle.push(worker);
  }

  start(): void {
    for (const [id, parents] of this.#plan.graph.parents) {
      this.#waiting.set(id, parents.length);
      if (parents.length === 0) this.#ready.push(id);
    }
    this.#options.signal.addEventListener('abort', () => this.#dispatch(), { once: true });
    this.#dispatch();
  }

  #dispatch(): void {
    if (this.#options.signal.aborted) this.#stopped = true;
    while (!this.#stopped && this.#idle.length > 0 && this.#ready.size > 0) this.#startNext();
    if (this.#stopped) this.#skipRest();
    if (this.#running === 0 && (this.#stopped || this.#ready.size === 0)) this.#ending.resolve();
    else this.#prepareAhead();
  }

  #startNext(): void {
    const id = this.#ready.pop();
    const worker = this.#idle.pop();
    if (id === undefined || worker === undefined) return;
    this.#left.delete(id);
    this.#running += 1;
    this.#runner.run(id, worker).then((ok) => this.#finish(id, worker, ok), this.#ending.reject);
  }

  #finish(id: string, worker: number, ok: boolean): void {
    this.#running -= 1;
    this.#idle.push(worker);
    if (ok) this.#release(id);
    else {
      this.#skipBelow(id);
      if (this.#options.failFast) this.#stopped = true;
    }
    this.#dispatch();
  }

  #release(id: string): void {
    for (const child of this.#plan.graph.children.get(id) ?? []) {
      const left = (this.#waiting.get(child) ?? 0) - 1;
      this.#waiting.set(child, left);
      if (left === 0 && this.#left.has(child)) this.#ready.push(child);
    }
  }

  #skipBelow(failed: string): void {
    const pending = [failed];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      for (const child of this.#plan.graph.children.get(id) ?? []) {
        if (!this.#left.delete(child)) continue;
        this.#runner.skip(child, failed);
        pending.push(child);
      }
    }
  }

  #skipRest(): void {
    for (const id of this.#left) this.#runner.skip(id, null);
    this.#left.clear();
  }

  /** While all workers wait for the warehouse, the main thread renders what they will run next. */
  #prepareAhead(): void {
    const next = this.#ready.peek(this.#options.workers);
    if (next.length === 0) return;
    setImmediate(() => {
      if (this.#stopped) return;
      for (const id of next) if (this.#left.has(id)) this.#runner.prepare(id);
    });
  }
}
