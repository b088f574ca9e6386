import { checkTextLength } from '../runtime/failures.ts';
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
  return replaceCharacters(text, unsafe, entities);
}

const pieceLength = 1_000_000;

/** Text with characters replaced by longer texts, piece by piece, so that it stops where the result gets too long. */
export function replaceCharacters(text: string, pattern: RegExp, replacements: ReadonlyMap<string, string>): string {
  let result = '';
  for (let start = 0; start < text.length; start += pieceLength) {
    const piece = text.slice(start, start + pieceLength);
    result += piece.replace(pattern, (character) => replacements.get(character) ?? character);
    checkTextLength(result.length);
  }
  return result;
}

/** The HTML of a value: markup as it is, anything else as escaped text. */
export function escapeValue(value: Value): string {
  return value instanceof Markup ? value.text : escapeHtml(toText(value));
}
