import { EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';

/** Where a value stands in a YAML document: keys and indexes from its root. */
export type YamlPath = readonly (string | number)[];

/** Finds lines and columns in a YAML text from the parser's events; nothing is computed before it is asked for. */
export class YamlPositions {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #children = new Map<number, readonly number[]>();
  #ends: Int32Array | undefined;
  #lineStarts: readonly number[] | undefined;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  /** The place of the key or list item at a path, or of its nearest ancestor that exists. */
  find(path: YamlPath): { line: number; column: number } {
    let node = 1;
    let place = 1;
    for (const step of path) {
      const next = this.#step(node, step);
      if (next === undefined) break;
      place = next.place;
      node = next.node;
    }
    return this.placeOf(place);
  }

  /** Line and column at which an event starts. */
  placeOf(index: number): { line: number; column: number } {
    const offset = this.#offsetOf(index);
    this.#lineStarts ??= findLineStarts(this.#text);
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  #step(node: number, step: string | number): { node: number; place: number } | undefined {
    const event = this.#events[node];
    if (event === undefined) return undefined;
    const children = this.#childrenOf(node);
    if (event.type === EVENT_ID.SEQUENCE) {
      const item = typeof step === 'number' ? children[step] : undefined;
      return item === undefined ? undefined : { node: item, place: item };
    }
    if (event.type !== EVENT_ID.MAPPING) return undefined;
    // The last of two equal keys is the one whose value counts.
    for (let index = children.length - 2; index >= 0; index -= 2) {
      const key = children[index] ?? 0;
      if (this.#scalarText(key) === String(step)) return { node: children[index + 1] ?? key, place: key };
    }
    return undefined;
  }

  #childrenOf(node: number): readonly number[] {
    const known = this.#children.get(node);
    if (known !== undefined) return known;
    this.#ends ??= findEnds(this.#events);
    const ends = this.#ends;
    const children: number[] = [];
    for (let index = node + 1; index < (ends[node] ?? 0); index = (ends[index] ?? index) + 1) children.push(index);
    this.#children.set(node, children);
    return children;
  }

  #scalarText(index: number): string | undefined {
    const event = this.#events[index];
    return event?.type === EVENT_ID.SCALAR ? this.#text.slice(event.valueStart, event.valueEnd) : undefined;
  }

  #offsetOf(index: number): number {
    const event = this.#events[index];
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return event.style === SCALAR_STYLE.PLAIN ? event.valueStart : Math.max(0, event.valueStart - 1);
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        return event.start;
      case EVENT_ID.ALIAS:
        return Math.max(0, event.anchorStart - 1);
      default:
        return 0;
    }
  }
}

/** For each event the index of the last event that belongs to it: itself, or the POP that closes it. */
function findEnds(events: readonly Event[]): Int32Array {
  const ends = new Int32Array(events.length);
  const open: number[] = [];
  for (const [index, event] of events.entries()) {
    ends[index] = index;
    if (event.type === EVENT_ID.POP) {
      const start = open.pop();
      if (start !== undefined) ends[start] = index;
    } else if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS) {
      open.push(index);
    }
  }
  return ends;
}

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
