/**
 * How many threads DuckDB gets for itself when this many of our statements run at once. Each statement works on the
 * thread that calls it, so DuckDB's own take what cores are left, and at least half of them, lest a single large
 * statement be slow. More only wakes threads: 600 small tables took 2.1 s instead of 0.7 s (two cores, four sessions).
 */
export function countThreads(cores: number, running: number): number {
  return Math.max(1, Math.floor(cores / 2), cores - running + 1);
}

/** Watches how many statements run at once and lowers DuckDB's threads as that grows; never back, so it settles. */
export class ThreadLimiter {
  readonly #cores: number;
  readonly #apply: (threads: number) => Promise<unknown>;
  #running = 0;
  #peak = 1;

  constructor(cores: number, apply: (threads: number) => Promise<unknown>) {
    this.#cores = cores;
    this.#apply = apply;
  }

  /** Runs a statement. A change of threads is not awaited: it waits for tasks under way, and is only a matter of speed. */
  async watch<T>(work: () => Promise<T>): Promise<T> {
    this.#running++;
    this.#notePeak();
    try {
      return await work();
    } finally {
      this.#running--;
    }
  }

  #notePeak(): void {
    if (this.#running <= this.#peak) return;
    const before = countThreads(this.#cores, this.#peak);
    this.#peak = this.#running;
    const threads = countThreads(this.#cores, this.#peak);
    if (threads < before) this.#apply(threads).catch(() => undefined);
  }
}
