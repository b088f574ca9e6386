import type { OutputStream } from './surroundings.ts';

/** How long a line may wait for the next ones, in milliseconds: nobody who reads a pipe or a file sees the difference. */
const waitMs = 50;

/**
 * Writes lines to a stream, those that may wait several at a time: a thousand short nodes would otherwise wake whoever
 * reads the pipe a thousand times. A terminal gets each at once.
 */
export class GatheredLines {
  readonly #stream: OutputStream;
  #waiting = '';
  #timer: NodeJS.Timeout | null = null;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  /** Writes now, after what waits. */
  write(text: string): void {
    this.#waiting += text;
    this.flush();
  }

  writeSoon(text: string): void {
    this.#waiting += text;
    if (this.#stream.isTTY === true) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), waitMs);
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const text = this.#waiting;
    this.#waiting = '';
    if (text !== '') this.#stream.write(text);
  }
}
