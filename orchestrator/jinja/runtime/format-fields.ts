import { escapeHtml } from '../values/escape.ts';
import { Markup, type PyDict, type Value } from '../values/model.ts';
import { toRepr, toText } from '../values/print.ts';
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
        const end = findFieldEnd(text, i + 1);
        result += this.#formatField(text.slice(i + 1, end), depth);
        i = end + 1;
      }
      checkTextLength(result.length);
    }
    return result;
  }

  #formatField(field: string, depth: number): string {
    const [, path = '', conversion, spec = ''] =
      /^([^!:[]*(?:\[[^\]]*\][^!:[]*)*)(?:!([^:]*))?(?::([\s\S]*))?$/.exec(field) ?? [];
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
      case 'a':
        return toRepr(value);
      default:
        throw runtimeError(`Unknown conversion specifier '${conversion}'`);
    }
  }

  #find(path: string): Value {
    const [, first = '', rest = ''] = /^([^.[]*)([\s\S]*)$/.exec(path) ?? [];
    let value = this.#findFirst(first);
    for (const [, attribute, item] of rest.matchAll(/\.([^.[]*)|\[([^\]]*)\]/g)) {
      if (attribute !== undefined) value = this.#lookup.attribute(value, attribute);
      else value = this.#lookup.item(value, /^\d+$/.test(item ?? '') ? Number(item) : (item ?? ''));
    }
    return value;
  }

  #findFirst(name: string): Value {
    const { args, kwargs } = this.#given;
    if (name !== '' && !/^\d+$/.test(name)) {
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

/** The brace that closes a field; its specification may hold fields of its own. */
function findFieldEnd(text: string, start: number): number {
  let depth = 1;
  for (let i = start; i < text.length; i++) {
    if (text[i] === '{') depth += 1;
    else if (text[i] === '}') depth -= 1;
    if (depth === 0) return i;
  }
  throw runtimeError(
    start >= text.length ? "Single '{' encountered in format string" : "expected '}' before end of string",
  );
}
