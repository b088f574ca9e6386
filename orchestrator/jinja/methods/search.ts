import { checkTextLength } from '../runtime/failures.ts';
import type { Value } from '../values/model.ts';
import { countCharacters, splitCharacters } from '../values/text.ts';
import { requireIndex } from './method.ts';

/** `text[start:end]` for optional bounds. */
export function sliceText(text: string, start: Value, end: Value): string {
  if (isMissing(start) && isMissing(end)) return text;
  return splitCharacters(text)
    .slice(...bounds(start, end))
    .join('');
}

/** Whether a search that starts there is beyond the text, where Python does not even find the empty text. */
export function isBeyond(text: string, start: Value, end: Value): boolean {
  return bounds(start, end)[0] > countCharacters(text);
}

function bounds(start: Value, end: Value): [number, number | undefined] {
  return [isMissing(start) ? 0 : requireIndex(start), isMissing(end) ? undefined : requireIndex(end)];
}

function isMissing(value: Value): value is undefined | null {
  return value === undefined || value === null;
}

interface Search {
  readonly part: string;
  readonly start: Value;
  readonly end: Value;
  readonly fromRight: boolean;
}

/** The place of a part in a text counted in characters, -1 when it is not there. */
export function findInText(text: string, { part, start, end, fromRight }: Search): number {
  const length = countCharacters(text);
  const [first] = bounds(start, end);
  const offset = first < 0 ? Math.max(0, first + length) : first;
  if (offset > length) return -1;
  const within = sliceText(text, start, end);
  const index = fromRight ? within.lastIndexOf(part) : within.indexOf(part);
  return index < 0 ? -1 : offset + countCharacters(within.slice(0, index));
}

/** Replaces a part, at most so many times; a negative count means everywhere. */
export function replaceText(text: string, old: string, replacement: string, count: number): string {
  if (count === 0) return text;
  if (old === '') return replaceBetween(text, replacement, count);
  const parts = text.split(old);
  checkTextLength(text.length + (parts.length - 1) * replacement.length);
  if (count < 0 || count >= parts.length - 1) return parts.join(replacement);
  return parts.slice(0, count + 1).join(replacement) + old + parts.slice(count + 1).join(old);
}

/** An empty part is found before every character and at the end. */
function replaceBetween(text: string, replacement: string, count: number): string {
  const characters = splitCharacters(text);
  const times = count < 0 ? characters.length + 1 : Math.min(count, characters.length + 1);
  checkTextLength(text.length + times * replacement.length);
  const head = characters.slice(0, times).map((character) => replacement + character);
  const tail = characters.slice(times).join('');
  return head.join('') + (times > characters.length ? replacement : '') + tail;
}
