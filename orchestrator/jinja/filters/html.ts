import { stripTags } from '../methods/strip-tags.ts';
import { checkTextLength, runtimeError } from '../runtime/failures.ts';
import { findItems, unpackValue } from '../runtime/iterate.ts';
import { escapeHtml, escapeValue, replaceCharacters } from '../values/escape.ts';
import { isTrue, Markup, PyDict, typeName, Undefined, type Value } from '../values/model.ts';
import { toText } from '../values/print.ts';
import { quoteString } from '../values/text.ts';
import { type Filter, filter } from './filter.ts';
import { writeJson } from './json.ts';
import { prettyPrint } from './pretty.ts';
import { linkUrls } from './urlize.ts';

/** Percent-encoding as Python's `quote`: letters, digits and `_.-~/` stay. */
function quoteUrl(value: Value, isQuery: boolean): string {
  checkTextLength(toText(value).length * 3);
  const text = encodeURIComponent(replaceLoneSurrogates(toText(value))).replace(/[!'()*]/g, encodeByte);
  return isQuery ? text.replaceAll('%20', '+') : text.replaceAll('%2F', '/');
}

/** `encodeURIComponent` refuses half a surrogate pair. */
function replaceLoneSurrogates(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

function encodeByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function encodeUrl(value: Value): string {
  const items = typeof value === 'string' || value instanceof Markup ? undefined : findItems(value);
  if (items === undefined) return quoteUrl(value, false);
  const pairs = value instanceof PyDict ? value.entries() : Array.from(items, (item) => unpackValue(item, 2));
  return pairs.map(([key, item]) => `${quoteUrl(key, true)}=${quoteUrl(item, true)}`).join('&');
}

function writeAttributes(value: Value, [autoSpace]: readonly Value[]): string {
  if (!(value instanceof PyDict)) throw runtimeError(`The filter 'xmlattr' needs a dict, not ${typeName(value)}.`);
  const pairs = value.entries().filter(([, item]) => item !== null && !(item instanceof Undefined));
  const text = pairs
    .map(([key, item]) => {
      if (/[\s/>=]/.test(toText(key)))
        throw runtimeError(`Invalid character in attribute name: ${quoteString(toText(key))}`);
      return `${escapeValue(key)}="${escapeValue(item)}"`;
    })
    .join(' ');
  return text !== '' && (autoSpace === undefined || isTrue(autoSpace)) ? ` ${text}` : text;
}

const unsafeInHtml = new Map([
  ['<', '\\u003c'],
  ['>', '\\u003e'],
  ['&', '\\u0026'],
  ["'", '\\u0027'],
]);

function toJson(value: Value, [indent]: readonly Value[]): Markup {
  return new Markup(replaceCharacters(writeJson(value, indent), /[<>&']/g, unsafeInHtml));
}

/** Filters for HTML, URLs and JSON. */
export const htmlFilters: readonly Filter[] = [
  ...['escape', 'e'].map((name) => filter(name, [], (value) => new Markup(escapeValue(value)))),
  filter('forceescape', [], (value) => new Markup(escapeHtml(toText(value)))),
  filter('safe', [], (value) => new Markup(toText(value))),
  filter('striptags', [], (value) => stripTags(toText(value))),
  filter('urlencode', [], encodeUrl),
  filter('urlize', ['trim_url_limit?', 'nofollow?', 'target?', 'rel?', 'extra_schemes?'], linkUrls),
  filter('xmlattr', ['autospace?'], writeAttributes),
  filter('tojson', ['indent?'], toJson),
  filter('pprint', [], (value) => prettyPrint(value)),
];
