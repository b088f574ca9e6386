import * as z from 'zod/mini';
import { type ErrorCode, StrataError } from '../errors.ts';
import { suggest } from '../nearest.ts';
import type { YamlDocument } from './yaml.ts';
import type { YamlPath } from './yaml-positions.ts';

const KEY_SEPARATOR = '\u0000';

/** An object whose keys are all known; an unknown one is reported with the nearest known. */
export function strictShape<Shape extends z.core.$ZodShape>(shape: Shape) {
  // zod does not tell which keys were allowed, so the message carries them to describeIssue.
  const known = Object.keys(shape).join(KEY_SEPARATOR);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined),
  });
}

/** A value of one of several forms; `expected` names them in messages. */
export function oneOf<Options extends readonly z.core.SomeType[]>(expected: string, options: Options) {
  return z.union(options, { error: () => expected });
}

export const text = z.string();
export const textList = z.array(z.string());
/** A list of texts, or one text standing for a list of one. */
export const textOrList = oneOf('text or a list of texts', [z.string(), z.array(z.string())]);
/** Anything under text keys. */
export const freeMapping = z.record(z.string(), z.unknown());

/** How a shape's violations are reported. */
export interface ReportOptions {
  readonly document: Pick<YamlDocument, 'file' | 'locate'>;
  /** Path of the value in its document. */
  readonly base?: YamlPath;
  /** What the value is, at the start of messages: `Source "raw"`. */
  readonly subject?: string;
  /** What to do about an unknown key, where more is known than its spelling. */
  readonly explainKey?: (key: string) => string | undefined;
  /** Whether a value with unknown keys is taken without them: in packages of others they are only warned of. */
  readonly keepsRest?: boolean;
  readonly codes?: { readonly unknownKey: ErrorCode; readonly invalid: ErrorCode };
}

const DEFAULT_CODES = { unknownKey: 'yaml-unknown-key', invalid: 'yaml-invalid' } as const;

/**
 * Checks a value against a shape. Violations are added to `errors`, each with its line, and undefined is returned; where
 * there are just unknown keys, the rest may be kept.
 */
export function checkShape<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  errors: StrataError[],
  options: ReportOptions,
): z.infer<Schema> | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) errors.push(...describeIssue(issue, value, options));
  if (options.keepsRest !== true) return undefined;
  const rest = withoutUnknownKeys(value, result.error.issues);
  return rest === undefined ? undefined : schema.safeParse(rest).data;
}

function withoutUnknownKeys(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const rest = structuredClone(value);
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') return undefined;
    const owner = valueAt(rest, issue.path as YamlPath) as Record<string, unknown>;
    for (const key of issue.keys) delete owner[key];
  }
  return rest;
}

function describeIssue(issue: z.core.$ZodIssue, root: unknown, options: ReportOptions): StrataError[] {
  const codes = options.codes ?? DEFAULT_CODES;
  const path = issue.path as YamlPath;
  const at = (extra: YamlPath = []) => options.document.locate([...(options.base ?? []), ...path, ...extra]);
  const shown = formatPath(root, path);
  const where = path.length === 0 ? (options.subject ?? 'the file') : `"${shown}"${subjectSuffix(options)}`;
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(KEY_SEPARATOR);
    return issue.keys.map((key) => {
      const hint = options.explainKey?.(key) ?? suggest(key, known, listKeys(known));
      return new StrataError(codes.unknownKey, `Unknown key "${key}" in ${where}.`, at([key]), { hint });
    });
  }
  const actual = describeValue(valueAt(root, path));
  if (actual === undefined) {
    return [new StrataError(codes.invalid, `${startSentence(where)} is missing.`, at())];
  }
  return [
    new StrataError(codes.invalid, `${startSentence(where)} must be ${expectation(issue)}, not ${actual}.`, at()),
  ];
}

/** A subject such as `target "dev"` at the start of a sentence; names of files stay as they are. */
export function startSentence(subject: string): string {
  return /^[a-z]+ /.test(subject) ? `${subject.charAt(0).toUpperCase()}${subject.slice(1)}` : subject;
}

/** Many keys are no help: the reader looks for one of a few names or does not need them. */
function listKeys(known: readonly string[]): string {
  return known.length <= 12 ? `Known keys: ${known.join(', ')}.` : 'Remove it, or check its spelling and indentation.';
}

/** `models.orders.columns[2]`: items of lists by their name where they have one, by their number otherwise. */
function formatPath(root: unknown, path: YamlPath): string {
  let value = root;
  let shown = '';
  for (const step of path) {
    value = (value as Record<string | number, unknown> | null | undefined)?.[step];
    const name = typeof step === 'number' ? (value as { name?: unknown } | null | undefined)?.name : step;
    if (typeof name === 'string') shown += shown === '' ? name : `.${name}`;
    else shown += `[${Number(step) + 1}]`;
  }
  return shown;
}

function subjectSuffix(options: ReportOptions): string {
  return options.subject === undefined ? '' : ` of ${options.subject}`;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_NAMES.get(issue.expected) ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    default:
      return issue.message === 'Invalid input' ? 'a valid value' : issue.message;
  }
}

const TYPE_NAMES = new Map([
  ['string', 'text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a mapping of keys to values'],
  ['record', 'a mapping of keys to values'],
  ['null', 'empty'],
]);

/** How a wrong value is shown in a message; undefined when there is none. */
function describeValue(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  const shown = String(value);
  return `${typeof value === 'string' ? `"${shown.length > 60 ? `${shown.slice(0, 57)}...` : shown}"` : shown}`;
}

function valueAt(root: unknown, path: YamlPath): unknown {
  let value = root;
  for (const step of path) value = (value as Record<string | number, unknown> | null | undefined)?.[step];
  return value;
}
