import { checkTextLength } from '../runtime/failures.ts';
import { isHostObject, Markup, PyDecimal, PyDict, PyFloat, PySet, PyTuple, Undefined, type Value } from './model.ts';
import { formatFloat, quoteString } from './text.ts';

/** Python's `str()`. */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value instanceof Undefined) return '';
  if (value instanceof Markup || value instanceof PyDecimal) return value.text;
  if (isHostObject(value)) return value.toText();
  return toRepr(value);
}

/** Python's `repr()`. */
export function toRepr(value: Value): string {
  return representation(value, { outer: [], written: { length: 0 } });
}

/** Where in a value the text is being written. */
interface Inside {
  /** The values around this one. */
  readonly outer: readonly object[];
  /** How much text all parts have so far: a list may hold one long text many times. */
  readonly written: { length: number };
}

/** What a list counts besides its items: enough that lists of lists of lists end before they take minutes. */
const containerCost = 50;

function representation(value: Value, inside: Inside): string {
  if (typeof value === 'string') checkTextLength(inside.written.length + value.length);
  const text = representPart(value, inside);
  const isPart = typeof value !== 'object' || isHostObject(value);
  inside.written.length += isPart ? text.length : containerCost;
  checkTextLength(inside.written.length);
  return text;
}

function representPart(value: Value, { outer, written }: Inside): string {
  switch (typeof value) {
    case 'string':
      return quoteString(value);
    case 'number':
      return Number.isInteger(value) ? formatInteger(value) : formatFloat(value);
    case 'bigint':
      return String(value);
    case 'boolean':
      return value ? 'True' : 'False';
  }
  if (value === null) return 'None';
  if (value === undefined || value instanceof Undefined) return 'Undefined';
  if (value instanceof PyDecimal) return `Decimal('${value.text}')`;
  if (value instanceof PyFloat) return formatFloat(value.value);
  if (value instanceof Markup) return `Markup(${quoteString(value.text)})`;
  if (isHostObject(value)) return value.toRepr();
  if (outer.includes(value)) return value instanceof PyDict ? '{...}' : value instanceof PyTuple ? '(...)' : '[...]';
  const inner = { outer: [...outer, value], written };
  if (value instanceof PyDict) {
    const entries = value
      .entries()
      .map(([key, item]) => `${representation(key, inner)}: ${representation(item, inner)}`);
    return `{${entries.join(', ')}}`;
  }
  const items = Array.from(value, (item) => representation(item, inner));
  if (value instanceof PySet) return items.length === 0 ? 'set()' : `{${items.join(', ')}}`;
  if (value instanceof PyTuple) return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
  return `[${items.join(', ')}]`;
}

function formatInteger(value: number): string {
  return Math.abs(value) < 1e21 ? String(value) : String(BigInt(value));
}
