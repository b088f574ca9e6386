import { runtimeError } from '../runtime/failures.ts';
import type { Value } from '../values/model.ts';
import { whitespace } from '../values/text.ts';
import { requireText } from './method.ts';

const space = new RegExp(`[${whitespace}]`);
const spaces = new RegExp(`[${whitespace}]+`);

/** Removes characters from the ends: white space, or those named. */
export function stripText(text: string, chars: Value, side: 'left' | 'right' | 'both'): string {
  const isStripped = stripTest(chars);
  let start = 0;
  let end = text.length;
  if (side !== 'right') while (start < end && isStripped(text[start] ?? '')) start += 1;
  if (side !== 'left') while (end > start && isStripped(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}

function stripTest(chars: Value): (character: string) => boolean {
  if (chars === undefined || chars === null) return (character) => space.test(character);
  const set = requireText(chars, 'strip arg');
  return (character) => set.includes(character);
}

/** `str.split`: at white space, or at a separator, at most so many times. */
export function splitText(text: string, separator: Value, max: number): string[] {
  if (separator === undefined || separator === null) return splitAtSpace(text, max);
  const parts = splitAt(text, requireText(separator));
  if (max < 0 || parts.length <= max + 1) return parts;
  return [...parts.slice(0, max), parts.slice(max).join(requireText(separator))];
}

function splitAt(text: string, separator: string): string[] {
  if (separator === '') throw runtimeError('empty separator');
  return text.split(separator);
}

function splitAtSpace(text: string, max: number): string[] {
  let rest = stripText(text, null, 'left');
  const parts: string[] = [];
  while (rest !== '' && (max < 0 || parts.length < max)) {
    const found = spaces.exec(rest);
    parts.push(found === null ? rest : rest.slice(0, found.index));
    rest = found === null ? '' : rest.slice(found.index + found[0].length);
  }
  return rest === '' ? parts : [...parts, rest];
}

/** `str.rsplit`: like `split`, but counted from the right. */
export function splitTextRight(text: string, separator: Value, max: number): string[] {
  if (separator === undefined || separator === null) {
    return splitAtSpace(reverse(text), max).map(reverse).reverse();
  }
  const parts = splitAt(text, requireText(separator));
  if (max < 0 || parts.length <= max + 1) return parts;
  const kept = parts.length - max;
  return [parts.slice(0, kept).join(requireText(separator)), ...parts.slice(kept)];
}

function reverse(text: string): string {
  return Array.from(text).reverse().join('');
}

/** `str.splitlines`. */
export function splitLines(text: string, keepEnds: boolean): string[] {
  const lines =
    text.match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)/g) ?? [];
  if (lines.at(-1) === '') lines.pop();
  return keepEnds ? lines : lines.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ''));
}
