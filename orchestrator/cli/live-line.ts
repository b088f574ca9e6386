/** A stream that may be a terminal. */
interface Terminal {
  readonly columns?: number;
  write(text: string): unknown;
}

/** The last line of a terminal, which shows what is running at the moment. Writes nothing when it is off. */
export class LiveLine {
  readonly #terminal: Terminal;
  readonly #isOn: boolean;
  readonly #running = new Map<string, string>();
  #isDrawn = false;

  constructor(terminal: Terminal, isOn: boolean) {
    this.#terminal = terminal;
    this.#isOn = isOn;
  }

  start(key: string, name: string): void {
    this.#running.set(key, name);
    this.clear();
    this.draw();
  }

  finish(key: string): void {
    this.#running.delete(key);
  }

  end(): void {
    this.#running.clear();
    this.clear();
  }

  /** Takes the line away, so that others can be written in its place. */
  clear(): void {
    if (!this.#isDrawn) return;
    this.#terminal.write('\r\u001b[2K');
    this.#isDrawn = false;
  }

  draw(): void {
    if (!this.#isOn || this.#running.size === 0) return;
    const text = `running ${[...this.#running.values()].join(', ')}`;
    // A pseudo terminal without a size says 0.
    const width = Math.max(10, (this.#terminal.columns || 80) - 1);
    this.#terminal.write(text.length > width ? `${text.slice(0, width - 1)}…` : text);
    this.#isDrawn = true;
  }
}
