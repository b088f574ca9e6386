import { StrataError } from '../../errors.ts';
import { HostObject, hostFunction } from '../../jinja/host.ts';
import { PyDict, PyTuple, toText, type Value } from '../../jinja/values.ts';

const flagValues = new Map<string, number>([
  ['IGNORECASE', 2],
  ['I', 2],
  ['MULTILINE', 8],
  ['M', 8],
  ['DOTALL', 16],
  ['S', 16],
  ['VERBOSE', 64],
  ['X', 64],
]);

/** `(?i)` and its like in front of a pattern; there may be several. */
const leadingFlags = /^\(\?([aimsuxL]+)\)/;

/** A Python pattern in JavaScript's spelling: named groups, \A, \Z, inline flags and verbose mode differ. */
function translate(pattern: string, flags: number): RegExp {
  let source = pattern;
  let bits = flags;
  for (let inline = leadingFlags.exec(source); inline !== null; inline = leadingFlags.exec(source)) {
    source = source.slice(inline[0].length);
    for (const letter of inline[1] ?? '') bits |= flagValues.get(letter.toUpperCase()) ?? 0;
  }
  if ((bits & 64) !== 0)
    source = source.replace(/\\.|\[[^\]]*\]|\s+|#[^\n]*/g, (part) => (/^[\s#]/.test(part) ? '' : part));
  source = source
    .replace(/\\A/g, '^')
    .replace(/\\Z/g, '$')
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>');
  const letters = `${(bits & 2) !== 0 ? 'i' : ''}${(bits & 8) !== 0 ? 'm' : ''}${(bits & 16) !== 0 ? 's' : ''}`;
  try {
    return new RegExp(source, `dg${letters}`);
  } catch (cause) {
    throw new StrataError('template-runtime', `The pattern '${pattern}' is no regular expression.`, {}, { cause });
  }
}

/** A Python match. */
class MatchValue extends HostObject {
  readonly typeName = 'Match';
  readonly #match: RegExpExecArray;

  constructor(match: RegExpExecArray) {
    super();
    this.#match = match;
  }

  override isTrue(): boolean {
    return true;
  }

  override toText(): string {
    return `<re.Match object; match='${this.#match[0]}'>`;
  }

  override getItem(key: Value): Value {
    return this.#group(key);
  }

  override getAttribute(name: string): Value {
    switch (name) {
      case 'group':
        return hostFunction(name, ['*groups'], (args) => {
          const wanted = Array.isArray(args.groups) ? args.groups : [];
          if (wanted.length <= 1) return this.#group(wanted[0] ?? 0);
          return PyTuple.make(wanted.map((group) => this.#group(group)));
        });
      case 'groups':
        return hostFunction(name, [], () => PyTuple.make(this.#match.slice(1).map((text) => text ?? null)));
      case 'groupdict':
        return hostFunction(name, [], () => {
          const groups = Object.entries(this.#match.groups ?? {});
          return new PyDict(groups.map(([key, text]) => [key, text ?? null]));
        });
      case 'start':
        return hostFunction(name, ['group?'], (args) => this.#span(args.group)[0]);
      case 'end':
        return hostFunction(name, ['group?'], (args) => this.#span(args.group)[1]);
      case 'span':
        return hostFunction(name, ['group?'], (args) => PyTuple.make(this.#span(args.group)));
      default:
        return undefined;
    }
  }

  #group(key: Value): Value {
    if (typeof key === 'number') return this.#match[key] ?? null;
    return this.#match.groups?.[toText(key)] ?? null;
  }

  #span(group: Value): [number, number] {
    return this.#match.indices?.[typeof group === 'number' ? group : 0] ?? [-1, -1];
  }
}

/** A compiled pattern: the module's functions with the pattern given. */
class PatternValue extends HostObject {
  readonly typeName = 'Pattern';
  readonly regex: RegExp;
  readonly source: string;

  constructor(source: string, regex: RegExp) {
    super();
    this.source = source;
    this.regex = regex;
  }

  override toText(): string {
    return `re.compile('${this.source}')`;
  }

  override getAttribute(name: string): Value {
    if (name === 'pattern') return this.source;
    const operation = operations.get(name);
    if (operation === undefined) return undefined;
    return hostFunction(name, operation.parameters, (args) => operation.run(this.regex, args));
  }
}

interface Operation {
  readonly parameters: readonly string[];
  readonly run: (regex: RegExp, args: Readonly<Record<string, Value>>) => Value;
}

const operations = new Map<string, Operation>([
  ['search', { parameters: ['string'], run: (regex, args) => find(regex, toText(args.string)) }],
  ['match', { parameters: ['string'], run: (regex, args) => find(anchor(regex, ''), toText(args.string)) }],
  ['fullmatch', { parameters: ['string'], run: (regex, args) => find(anchor(regex, '$'), toText(args.string)) }],
  ['findall', { parameters: ['string'], run: (regex, args) => findAll(regex, toText(args.string)) }],
  [
    'finditer',
    {
      parameters: ['string'],
      run: (regex, args) => allMatches(regex, toText(args.string)).map((match) => new MatchValue(match)),
    },
  ],
  [
    'split',
    { parameters: ['string', 'maxsplit?'], run: (regex, args) => split(regex, toText(args.string), args.maxsplit) },
  ],
  [
    'sub',
    {
      parameters: ['repl', 'string', 'count?'],
      run: (regex, args) => substitute(regex, toText(args.repl), toText(args.string), args.count),
    },
  ],
]);

function anchor(regex: RegExp, end: string): RegExp {
  return new RegExp(`^(?:${regex.source})${end}`, regex.flags.replace('m', ''));
}

function allMatches(regex: RegExp, text: string): RegExpExecArray[] {
  return [...text.matchAll(regex)];
}

function find(regex: RegExp, text: string): Value {
  regex.lastIndex = 0;
  const match = regex.exec(text);
  return match === null ? null : new MatchValue(match);
}

/** Whole matches, or the groups where there are any, as Python gives them. */
function findAll(regex: RegExp, text: string): Value[] {
  return allMatches(regex, text).map((match): Value => {
    if (match.length === 1) return match[0];
    const groups = match.slice(1).map((group) => group ?? '');
    return groups.length === 1 ? groups[0] : PyTuple.make(groups);
  });
}

function split(regex: RegExp, text: string, limit: Value): Value[] {
  const most = typeof limit === 'number' && limit > 0 ? limit : Number.POSITIVE_INFINITY;
  const parts: Value[] = [];
  let from = 0;
  for (const match of allMatches(regex, text).slice(0, most)) {
    parts.push(text.slice(from, match.index), ...match.slice(1).map((group) => group ?? null));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

function substitute(regex: RegExp, replacement: string, text: string, limit: Value): string {
  let left = typeof limit === 'number' && limit > 0 ? limit : Number.POSITIVE_INFINITY;
  let result = '';
  let from = 0;
  for (const match of allMatches(regex, text)) {
    if (left <= 0) break;
    left -= 1;
    result += text.slice(from, match.index) + expand(replacement, match);
    from = match.index + match[0].length;
  }
  return result + text.slice(from);
}

/** Group references in a replacement: \1, \g<1>, \g<name>. */
function expand(replacement: string, match: RegExpExecArray): string {
  return replacement.replace(/\\(?:(\d{1,2})|g<(\w+)>|n|t|\\)/g, (whole, number?: string, name?: string) => {
    if (number !== undefined) return match[Number(number)] ?? '';
    if (name !== undefined) return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? '';
    return whole === '\\n' ? '\n' : whole === '\\t' ? '\t' : '\\';
  });
}

function regexOf(pattern: Value, flags: Value): RegExp {
  if (pattern instanceof PatternValue) return pattern.regex;
  return translate(toText(pattern), typeof flags === 'number' ? flags : 0);
}

/** `modules.re`. */
export const reMembers: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...flagValues,
  ...[...operations].map(([name, operation]): [string, Value] => [
    name,
    hostFunction(name, ['pattern', ...operation.parameters, 'flags?'], (args) =>
      operation.run(regexOf(args.pattern, args.flags), args),
    ),
  ]),
  [
    'compile',
    hostFunction('compile', ['pattern', 'flags?'], (args) => {
      return new PatternValue(toText(args.pattern), regexOf(args.pattern, args.flags));
    }),
  ],
  ['escape', hostFunction('escape', ['pattern'], (args) => toText(args.pattern).replace(/[^\w]/g, '\\$&'))],
]);
