/** Jobs that may start, the one with the highest priority first; equal ones in the order they came. */
export class ReadyQueue {
  readonly #priorities: ReadonlyMap<string, number>;
  readonly #heap: { readonly id: string; readonly priority: number; readonly arrival: number }[] = [];
  #arrivals = 0;

  constructor(priorities: ReadonlyMap<string, number>) {
    this.#priorities = priorities;
  }

  get size(): number {
    return this.#heap.length;
  }

  push(id: string): void {
    this.#heap.push({ id, priority: this.#priorities.get(id) ?? 0, arrival: this.#arrivals });
    this.#arrivals += 1;
    this.#siftUp(this.#heap.length - 1);
  }

  pop(): string | undefined {
    const top = this.#heap[0];
    const last = this.#heap.pop();
    if (top === undefined || last === undefined) return undefined;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#siftDown(0);
    }
    return top.id;
  }

  /** Some of the jobs near the front: the first is the next one, the others are among the next. */
  peek(count: number): readonly string[] {
    return this.#heap.slice(0, count).map((entry) => entry.id);
  }

  #siftUp(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #siftDown(from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      let first = at;
      if (this.#isBefore(left, first)) first = left;
      if (this.#isBefore(left + 1, first)) first = left + 1;
      if (first === at) return;
      this.#swap(at, first);
      at = first;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const left = this.#heap[a];
    const right = this.#heap[b];
    if (left === undefined || right === undefined) return false;
    if (left.priority !== right.priority) return left.priority > right.priority;
    return left.arrival < right.arrival;
  }

  #swap(a: number, b: number): void {
    const left = this.#heap[a];
    const right = this.#heap[b];
    if (left === undefined || right === undefined) return;
    this.#heap[a] = right;
    this.#heap[b] = left;
  }
}
