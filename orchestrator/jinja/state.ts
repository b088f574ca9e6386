import { StrataError } from '../errors.ts';
import type { CallSite, Macro } from './macro.ts';

/** Bounds that keep a runaway template from taking the process with it. */
export interface Limits {
  /** Iterations of all loops of one render. */
  readonly iterations: number;
  /** Characters of one text. */
  readonly output: number;
  /** Macros and recursive loops inside one another. */
  readonly depth: number;
}

const defaultLimits: Limits = { iterations: 5_000_000, output: 50_000_000, depth: 150 };

/** One macro being run: where it was called and which it is. */
export interface StackEntry {
  readonly macro: Macro;
  readonly site: CallSite | undefined;
}

/** Settings of a render state. */
export interface RenderStateOptions {
  readonly limits?: Partial<Limits> | undefined;
  /** Called for each macro that runs, before its body. */
  readonly onMacroCall?: ((macro: Macro) => void) | undefined;
  /** The host's own, such as the node being rendered. */
  readonly data?: unknown;
}

/** What one render has used up so far, and the macros it is in. */
export class RenderState {
  readonly limits: Limits;
  readonly onMacroCall: ((macro: Macro) => void) | undefined;
  readonly data: unknown;
  /** The macros being run, outermost first. */
  readonly stack: StackEntry[] = [];
  #iterations = 0;
  #depth = 0;

  constructor(options: RenderStateOptions = {}) {
    this.limits = { ...defaultLimits, ...options.limits };
    this.onMacroCall = options.onMacroCall;
    this.data = options.data;
  }

  /** Counts one iteration of a loop that has written so many characters. */
  countIteration(written: number): void {
    this.#iterations += 1;
    if (this.#iterations > this.limits.iterations) {
      throw new StrataError('template-limit', `The template ran more than ${this.limits.iterations} loop iterations.`);
    }
    if (written > this.limits.output) this.#failOutput();
  }

  /** Checks the length of a text that was written. */
  checkOutput(text: string): string {
    if (text.length > this.limits.output) this.#failOutput();
    return text;
  }

  /** Goes one macro or recursive loop deeper. */
  enter(): void {
    if (this.#depth >= this.limits.depth) {
      throw new StrataError(
        'template-limit',
        `Macros or recursive loops are nested more than ${this.limits.depth} deep.`,
        {},
        { hint: 'Does a macro call itself without an end?' },
      );
    }
    this.#depth += 1;
  }

  /** Comes back from `enter`. */
  leave(): void {
    this.#depth -= 1;
  }

  #failOutput(): never {
    throw new StrataError('template-limit', `The template wrote more than ${this.limits.output} characters.`);
  }
}
