import { StrataError } from '../../errors.ts';
import { Undefined, type Value } from '../values/model.ts';

/** An error of a template at run time; the place is added where it passes the template. */
export function runtimeError(message: string): StrataError {
  return new StrataError('template-runtime', message);
}

/** The error for using an undefined value. */
export function undefinedError(value: Value): StrataError {
  return runtimeError(value instanceof Undefined ? value.message : 'The value is undefined.');
}

const maxTextLength = 50_000_000;
const maxItemCount = 5_000_000;
const maxIntegerBits = 65_536;

/** Throws when a text would get too long. */
export function checkTextLength(length: number): void {
  if (length > maxTextLength) throw limitError(`A text would get longer than ${maxTextLength} characters.`);
}

/** Throws when a list would get too long. */
export function checkItemCount(count: number): void {
  if (count > maxItemCount) throw limitError(`A list would get longer than ${maxItemCount} items.`);
}

/** Throws when an integer would get too large. */
export function checkIntegerBits(bits: number): void {
  if (bits > maxIntegerBits) throw limitError(`An integer would get larger than ${maxIntegerBits} bits.`);
}

/** The error for a bound that a template exceeded. */
export function limitError(message: string): StrataError {
  return new StrataError('template-limit', message);
}
