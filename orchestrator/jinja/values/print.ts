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
  return representation(value, []);
}

function representation(value: Value, outer: readonly object[]): string {
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
  const inner = [...outer, value];
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
