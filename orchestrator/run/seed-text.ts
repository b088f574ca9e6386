import { readFileSync } from 'node:fs';
import type { StrataError } from '../errors.ts';
import { invalidSeed } from './seed-file.ts';

const SAVE_AS_UTF8 = 'Save it as UTF-8.';

/** Reads a seed's file as UTF-8 text; `file` is its name in messages. Throws `seed-invalid`. */
export function readSeedText(path: string, file: string): string {
  const bytes = readBytes(path, file);
  if (isUtf16(bytes)) throw invalidSeed(file, 'the file is UTF-16', { line: 1 }, SAVE_AS_UTF8);
  const zero = bytes.indexOf(0);
  if (zero !== -1) {
    throw invalidSeed(file, 'the file holds a zero byte, which no text has', placeOf(bytes, zero), SAVE_AS_UTF8);
  }
  const text = bytes.toString('utf8');
  // Decoding writes U+FFFD where bytes are no UTF-8; a file may also hold that character rightly.
  if (text.includes('\ufffd') && !isUtf8(bytes)) throw notUtf8(bytes, file);
  return text;
}

function readBytes(path: string, file: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw invalidSeed(file, 'the file cannot be read', {}, 'Check that it is there and may be read.');
  }
}

function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function notUtf8(bytes: Buffer, file: string): StrataError {
  let start = 0;
  let line = 1;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (!isUtf8(bytes.subarray(start, end))) break;
    start = end + 1;
    line += 1;
  }
  return invalidSeed(file, 'this line is not UTF-8', { line }, SAVE_AS_UTF8);
}

function placeOf(bytes: Buffer, at: number): { readonly line: number } {
  let line = 1;
  for (let end = bytes.indexOf(10); end !== -1 && end < at; end = bytes.indexOf(10, end + 1)) line += 1;
  return { line };
}
