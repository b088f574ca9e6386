import { Markup, type Value } from './model.ts';
import { toText } from './print.ts';

const unsafe = /[&<>'"]/g;
const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ["'", '&#39;'],
  ['"', '&#34;'],
]);

/** Text with the five characters that mean something in HTML replaced. */
export function escapeHtml(text: string): string {
  return text.replace(unsafe, (character) => entities.get(character) ?? character);
}

/** The HTML of a value: markup as it is, anything else as escaped text. */
export function escapeValue(value: Value): string {
  return value instanceof Markup ? value.text : escapeHtml(toText(value));
}
