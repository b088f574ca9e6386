import { escapeHtml } from '../values/escape.ts';
import { Markup, type PyDict, type Value } from '../values/model.ts';
import { toRepr, toText } from '../values/print.ts';
import { escapeNonAscii } from '../values/text.ts';
import { checkTextLength, runtimeError } from './failures.ts';
import { formatValue } from './format-spec.ts';

/** The arguments of `str.format`. */
export interface FormatArguments {
  readonly args: readonly Value[];
  readonly kwargs: PyDict | undefined;
}

/** How templates look up attributes and items; passed in because the lookup itself knows `str.format`. */
export interface Lookup {
  attribute(target: Value, name: string): Value;
  item(target: Value, key: Value): Value;
}

/**
 * Python's `str.format`. Attributes and items of a field are looked up as templates look them up, so a format string
 * reaches nothing that an expression could not.
 */
export function formatFields(format: string | Markup, given: FormatArguments, lookup: Lookup): Value {
  const formatter = new FieldFormatter(given, lookup, format instanceof Markup);
  const text = formatter.format(toText(format), 1);
  return format instanceof Markup ? new Markup(text) : text;
}

class FieldFormatter {
  readonly #given: FormatArguments;
  readonly #lookup: Lookup;
  readonly #isMarkup: boolean;
  #next = 0;
  #isAutomatic: boolean | undefined;

  constructor(given: FormatArguments, lookup: Lookup, isMarkup: boolean) {
    this.#given = given;
    this.#lookup = lookup;
    this.#isMarkup = isMarkup;
  }

  format(text: string, depth: number): string {
    if (depth < 0) throw runtimeError('Max string recursion exceeded');
    let result = '';
    let i = 0;
    while (i < text.length) {
      const character = text[i] ?? '';
      if (character !== '{' && character !== '}') {
        const end = nextBrace(text, i);
        result += text.slice(i, end);
        i = end;
      } else if (text[i + 1] === character) {
        result += character;
        i += 2;
      } else {
        if (character === '}') throw runtimeError("Single '}' encountered in format string");
        const field = readField(text, i + 1);
        result += this.#formatField(field, depth);
        i = field.end;
      }
      checkTextLength(result.length);
    }
    return result;
  }

  #formatField({ path, conversion, spec }: Field, depth: number): string {
    const value = this.#convert(this.#find(path), conversion);
    const text = formatValue(value, spec.includes('{') ? this.format(spec, depth - 1) : spec);
    return this.#isMarkup && !(value instanceof Markup) ? escapeHtml(text) : text;
  }

  #convert(value: Value, conversion: string | undefined): Value {
    switch (conversion) {
      case undefined:
        return value;
      case 's':
        return toText(value);
      case 'r':
        return toRepr(value);
      case 'a':
        return escapeNonAscii(toRepr(value));
      default:
        throw runtimeError(`Unknown conversion specifier '${conversion}'`);
    }
  }

  #find(path: string): Value {
    const [, first = '', rest = ''] = /^([^.[]*)([\s\S]*)$/.exec(path) ?? [];
    let value = this.#findFirst(first, path);
    const steps = [...rest.matchAll(/\.([^.[]+)|\[([^\]]+)\]/gy)];
    if (steps.reduce((length, [step]) => length + step.length, 0) < rest.length) {
      throw runtimeError(`The format's field '${path}' is not a name with attributes and items.`);
    }
    for (const [, attribute, item] of steps) {
      if (attribute !== undefined) value = this.#lookup.attribute(value, attribute);
      else value = this.#lookup.item(value, /^\d+$/.test(item ?? '') ? Number(item) : (item ?? ''));
    }
    return value;
  }

  #findFirst(name: string, path: string): Value {
    const { args, kwargs } = this.#given;
    if (!/^\d*$/.test(name) || (name === '' && path !== '')) {
      if (kwargs?.has(name) !== true) throw runtimeError(`The format's key '${name}' is missing.`);
      return kwargs.get(name);
    }
    this.#checkNumbering(name === '');
    const index = name === '' ? this.#takeNext() : Number(name);
    if (index >= args.length) throw runtimeError(`Replacement index ${index} out of range for positional args tuple`);
    return args[index];
  }

  #checkNumbering(isAutomatic: boolean): void {
    this.#isAutomatic ??= isAutomatic;
    if (this.#isAutomatic !== isAutomatic) {
      throw runtimeError('Fields are either all numbered or all not: cannot switch from one to the other');
    }
  }

  #takeNext(): number {
    this.#next += 1;
    return this.#next - 1;
  }
}

function nextBrace(text: string, start: number): number {
  const rest = text.slice(start).search(/[{}]/);
  return rest < 0 ? text.length : start + rest;
}

/** What stands between the braces of a field. */
interface Field {
  readonly path: string;
  readonly conversion: string | undefined;
  readonly spec: string;
  /** The place behind the closing brace. */
  readonly end: number;
}

const fieldHead = /((?:[^{}[:!]|\[[^\]]*\])*)(?:!([\s\S])(?=[:}]))?([:}])/y;

function readField(text: string, start: number): Field {
  fieldHead.lastIndex = start;
  const head = fieldHead.exec(text);
  if (head === null) {
    throw runtimeError(
      start >= text.length ? "Single '{' encountered in format string" : "expected '}' before end of string",
    );
  }
  const [whole, path = '', conversion, mark] = head;
  const end = start + whole.length;
  if (mark === '}') return { path, conversion, spec: '', end };
  const close = findSpecificationEnd(text, end);
  return { path, conversion, spec: text.slice(end, close), end: close + 1 };
}

/** The brace that closes a field; its specification may hold fields of its own. */
function findSpecificationEnd(text: string, start: number): number {
  let depth = 1;
  for (let i = start; i < text.length; i++) {
    if (text[i] === '{') depth += 1;
    else if (text[i] === '}') depth -= 1;
    if (depth === 0) return i;
  }
  throw runtimeError("expected '}' before end of string");
}
