import { type Filter, filter } from '../jinja/filters/filter.ts';
import { PyFloat, toText, type Value } from '../jinja/values.ts';

/**
 * dbt's filters for YAML files, where a template gives a value: `{{ env_var('PORT') | as_number }}`. What is no number or
 * boolean stays as it is: `target.type == 'x' | as_bool` filters only `'x'`, and a wrong setting is reported as such.
 */
export const nativeFilters: ReadonlyMap<string, Filter> = new Map(
  [
    filter('as_text', [], (value) => toText(value)),
    filter('as_number', [], (value) => readNumber(value) ?? value),
    filter('as_bool', [], (value) => readBoolean(value) ?? value),
    filter('as_native', [], (value) => readNative(value)),
  ].map((one) => [one.name, one]),
);

function readNumber(value: Value): Value | undefined {
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof PyFloat) return value;
  const text = toText(value).trim();
  if (/^[+-]?\d+$/.test(text)) return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text);
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? new PyFloat(Number(text)) : undefined;
}

function readBoolean(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return BOOLEANS.get(toText(value).trim());
}

// Only what Python itself writes is a boolean, as in dbt.
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['True', true],
  ['False', false],
]);

function readNative(value: Value): Value {
  if (typeof value !== 'string') return value;
  if (value.trim() === 'None') return null;
  return readNumber(value) ?? readBoolean(value) ?? value;
}
