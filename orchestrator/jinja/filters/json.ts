import { requireInteger } from '../methods/method.ts';
import { compareValues } from '../runtime/compare.ts';
import { checkTextLength, runtimeError } from '../runtime/failures.ts';
import { repeatText } from '../runtime/operators.ts';
import { Markup, PyDict, PyFloat, typeName, type Value } from '../values/model.ts';
import { formatFloat } from '../values/text.ts';

/** A value as Python's `json.dumps(sort_keys=True)` writes it. */
export function writeJson(value: Value, indent: Value): string {
  const isCompact = indent === undefined || indent === null;
  const unit = isCompact
    ? ''
    : typeof indent === 'string'
      ? indent
      : repeatText(' ', Math.max(0, requireInteger(indent)));
  return write(value, { unit: isCompact ? undefined : unit, prefix: '\n', written: { length: 0 } });
}

interface Layout {
  /** One step of indentation; undefined writes everything on one line. */
  readonly unit: string | undefined;
  /** The line break and indentation in front of the value's own end. */
  readonly prefix: string;
  /** How much text all parts have so far: a list may hold one long text many times. */
  readonly written: { length: number };
}

/** What a list counts besides its items: enough that lists of lists of lists end before they take minutes. */
const containerCost = 50;

function write(value: Value, layout: Layout): string {
  const { written } = layout;
  if (typeof value === 'string') checkTextLength(written.length + value.length);
  const text = writePart(value, layout);
  const isPart = !Array.isArray(value) && !(value instanceof PyDict);
  written.length += isPart ? text.length : containerCost;
  checkTextLength(written.length);
  return text;
}

function writePart(value: Value, layout: Layout): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoteJson(value);
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof PyFloat) return writeFloat(value.value);
  if (value instanceof Markup) return quoteJson(value.text);
  if (Array.isArray(value))
    return surround(
      '[',
      value.map((item) => write(item, deeper(layout))),
      ']',
      layout,
    );
  if (value instanceof PyDict) return writeDict(value, layout);
  throw runtimeError(`Object of type ${typeName(value)} is not JSON serializable`);
}

function deeper(layout: Layout): Layout {
  return { ...layout, prefix: layout.prefix + (layout.unit ?? '') };
}

function surround(open: string, parts: readonly string[], close: string, layout: Layout): string {
  if (parts.length === 0) return open + close;
  if (layout.unit === undefined) return open + parts.join(', ') + close;
  const { prefix } = deeper(layout);
  return open + prefix + parts.join(`,${prefix}`) + layout.prefix + close;
}

function writeDict(dict: PyDict, layout: Layout): string {
  const entries = dict.entries().sort(([a], [b]) => compareValues(a, b));
  const parts = entries.map(([key, item]) => `${writeKey(key)}: ${write(item, deeper(layout))}`);
  return surround('{', parts, '}', layout);
}

function writeKey(key: Value): string {
  const text = typeof key === 'string' ? key : key instanceof Markup ? key.text : undefined;
  if (text !== undefined) return quoteJson(text);
  if (Array.isArray(key)) throw runtimeError('keys must be str, int, float, bool or None, not tuple');
  return `"${write(key, { unit: undefined, prefix: '', written: { length: 0 } })}"`;
}

function writeFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return formatFloat(value);
}

function quoteJson(text: string): string {
  return JSON.stringify(text)
    .replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('\\u007f', '\x7f');
}
