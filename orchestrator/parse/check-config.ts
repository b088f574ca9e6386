import { type Place, StrataError } from '../errors.ts';
import { suggest } from '../nearest.ts';
import { type ConfigKind, knownConfigKeys } from './config-keys.ts';
import type { ConfigLayer } from './config-tree.ts';

type Check = (value: unknown) => string | undefined;

const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
const text: Check = (value) => (typeof value === 'string' ? undefined : 'text');
const texts: Check = (value) =>
  typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    ? undefined
    : 'text or a list of texts';
const mapping: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'a mapping of keys to values';
const wholeNumber: Check = (value) => (Number.isInteger(value) ? undefined : 'a whole number');
const hooks: Check = (value) =>
  [value].flat().every((item) => typeof item === 'string' || mapping(item) === undefined)
    ? undefined
    : 'a statement or a list of statements';
const oneOf =
  (...allowed: readonly string[]): Check =>
  (value) =>
    allowed.includes(String(value).toLowerCase()) ? undefined : `one of ${allowed.join(', ')}`;

const contract: Check = (value) =>
  mapping(value) === undefined &&
  Object.keys(value as object).every((key) => key === 'enforced' || key === 'alias_types' || key === 'checksum')
    ? undefined
    : 'a mapping with "enforced" and nothing else';

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['enabled', flag],
  ['alias', text],
  ['schema', text],
  ['database', text],
  ['tags', texts],
  ['meta', mapping],
  ['materialized', text],
  ['persist_docs', mapping],
  ['pre-hook', hooks],
  ['post-hook', hooks],
  ['pre_hook', hooks],
  ['post_hook', hooks],
  ['quoting', mapping],
  ['column_types', mapping],
  ['full_refresh', flag],
  ['unique_key', texts],
  ['on_schema_change', oneOf('ignore', 'append_new_columns', 'sync_all_columns', 'fail')],
  ['grants', mapping],
  ['docs', mapping],
  ['contract', contract],
  ['incremental_strategy', text],
  ['merge_update_columns', texts],
  ['merge_exclude_columns', texts],
  ['incremental_predicates', texts],
  ['severity', oneOf('warn', 'error')],
  ['store_failures', flag],
  ['limit', wholeNumber],
  ['where', text],
  ['fail_calc', text],
  ['warn_if', text],
  ['error_if', text],
  ['delimiter', text],
  ['quote_columns', flag],
]);

/** What checking a layer of settings needs to know. */
export interface ConfigCheck {
  readonly kind: ConfigKind;
  /** Settings of the project's own, read by its templates. */
  readonly custom: ReadonlySet<string>;
  /** What the settings belong to, for messages: `model "a"`. */
  readonly subject: string;
  readonly place: Place | ((key: string) => Place);
}

/** Reports unknown keys with the nearest known one, and values of the wrong type. */
export function checkConfig(layer: ConfigLayer, check: ConfigCheck, errors: StrataError[]): void {
  const known = knownConfigKeys(check.kind);
  for (const [key, value] of Object.entries(layer)) {
    const place = () => (typeof check.place === 'function' ? check.place(key) : check.place);
    if (!known.has(key)) {
      if (!check.custom.has(key)) errors.push(unknownKey(key, check, place()));
      continue;
    }
    const expected = value === null ? undefined : CHECKS.get(key)?.(value);
    if (expected !== undefined) errors.push(wrongType({ key, value, expected }, check, place()));
  }
}

function unknownKey(key: string, check: ConfigCheck, place: Place): StrataError {
  const hint = suggest(
    key,
    [...knownConfigKeys(check.kind), ...check.custom],
    'Put settings of your own under "meta".',
  );
  return new StrataError('config-unknown-key', `Unknown setting "${key}" of ${check.subject}.`, place, { hint });
}

function wrongType(
  { key, value, expected }: { key: string; value: unknown; expected: string },
  check: ConfigCheck,
  place: Place,
): StrataError {
  const shown = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  const message = `Setting "${key}" of ${check.subject} must be ${expected}, not ${shown}.`;
  return new StrataError('config-invalid', message, place);
}
