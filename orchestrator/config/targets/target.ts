import * as z from 'zod/mini';
import { StrataError } from '../../errors.ts';
import type { JsonObject } from '../../manifest/json.ts';
import { oneOf, type ReportOptions, startSentence } from '../shape.ts';

/** A connection as an adapter gets it: the fields every warehouse has, and its own beside them. */
export interface Credentials {
  /** The warehouse, as `type:` in profiles.yml names it. */
  readonly type: string;
  readonly schema: string;
  readonly threads: number;
}

/** A checked connection with the fields templates see as `target`: no secret among them. */
export interface CheckedConnection<Own extends Credentials = Credentials> {
  readonly credentials: Own;
  /** What relations name as their database: a project on BigQuery. */
  readonly database: string;
  readonly fields: JsonObject;
  /** Texts that no log, error or artifact may show. */
  readonly secrets: readonly string[];
}

/** Where a connection is written, for messages. */
export interface ConnectionPlace extends Omit<ReportOptions, 'codes'> {
  /** Folder that relative paths start from. */
  readonly projectDir: string;
}

/** Reads one output of profiles.yml. Mistakes are added to `errors`, and undefined is returned. */
export type ReadTarget<Own extends Credentials = Credentials> = (
  output: unknown,
  errors: StrataError[],
  place: ConnectionPlace,
) => CheckedConnection<Own> | undefined;

/** The readers of all warehouses by `type`. */
export type TargetReaders = ReadonlyMap<string, ReadTarget>;

/** How a target's shape is checked: everything wrong in it is a `profile-invalid`. */
export const targetCodes = { unknownKey: 'profile-invalid', invalid: 'profile-invalid' } as const;

export const defaultThreads = 4;

/** A whole number within bounds, also as the text that a template gives. */
export function wholeNumber(from: number, to = Number.MAX_SAFE_INTEGER) {
  const upTo = to === Number.MAX_SAFE_INTEGER ? '' : ` to ${to}`;
  const bounds = [z.gte(from, { abort: true }), z.lte(to, { abort: true })] as const;
  return oneOf(`a whole number from ${from}${upTo}`, [
    z.int().check(...bounds),
    z.pipe(
      z.pipe(
        z.string().check(z.regex(/^\s*\d+\s*$/, { abort: true })),
        z.transform((digits: string) => Number(digits)),
      ),
      z.number().check(...bounds),
    ),
  ]);
}

export const count = wholeNumber(0);
export const threadCount = wholeNumber(1);
export const scalar = oneOf('text, a number or true/false', [z.string(), z.number(), z.boolean()]);

/** The error for a key without which the target means nothing. */
export function missingKey(key: string, place: ConnectionPlace): StrataError {
  const at = place.document.locate(place.base ?? []);
  return new StrataError('profile-invalid', `${startSentence(place.subject ?? '')} lacks "${key}".`, at, {
    hint: `Add "${key}:" to it; env_var() keeps secrets out of the file.`,
  });
}

/** The error for a key whose value is wrong for a reason of its own. */
export function invalidKey(key: string, what: string, place: ConnectionPlace, hint: string): StrataError {
  const at = place.document.locate([...(place.base ?? []), key]);
  return new StrataError('profile-invalid', `${startSentence(place.subject ?? '')} ${what}`, at, { hint });
}
