import { parseArgs } from 'node:util';
import { StrataError } from '../errors.ts';
import { suggest } from '../nearest.ts';
import type { Command, Flag } from './command.ts';
import { missingCommands } from './dbt-commands.ts';
import { type FlagValue, ParsedFlags } from './parsed-flags.ts';

/** A command line, read and checked. */
export interface CommandLine {
  readonly command: Command;
  readonly flags: ParsedFlags;
  readonly positionals: readonly string[];
}

/** A flag as written, with its value; one for each word of a list. */
interface FlagWord {
  readonly name: string;
  /** With its dashes. */
  readonly written: string;
  readonly value: string | undefined;
}

interface Words {
  readonly flags: readonly FlagWord[];
  readonly positionals: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a command line; flags may stand before or after the command. Throws `usage` with the nearest known word. */
export function parseCommandLine(args: readonly string[], commands: readonly Command[], env: Environment): CommandLine {
  const words = readWords(args, commands);
  const [name, ...positionals] = words.positionals;
  if (name === undefined) throw usage('No command given.', 'strata --help lists them.');
  const command = findCommand(name, commands);
  if (command === undefined) throw unknownCommand(name, commands);
  checkPositionals(command, positionals);
  const values = new Map<string, FlagValue>();
  for (const { name, written, value } of words.flags) {
    // Commands may give one name different meanings: `-m` of ls also chooses the type.
    const flag = command.flags.find((own) => namesOf(own).includes(name));
    if (flag === undefined) throw foreignFlag({ name, written }, command, commands);
    checkHasValue(flag, written, value);
    addValue(values, flag, value ?? true);
  }
  addFromEnvironment(values, command.flags, env);
  return { command, flags: new ParsedFlags(values), positionals };
}

function readWords(args: readonly string[], commands: readonly Command[]): Words {
  const known = new Map<string, Flag>();
  for (const flag of commands.flatMap((command) => command.flags)) {
    for (const name of namesOf(flag)) known.set(name, flag);
  }
  const options = Object.fromEntries(
    [...known].map(([name, flag]) => {
      const type: 'boolean' | 'string' = flag.kind === 'boolean' ? 'boolean' : 'string';
      return [name, name.length === 1 ? { type, short: name } : { type }];
    }),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const flags: FlagWord[] = [];
  const positionals: string[] = [];
  let list: Pick<FlagWord, 'name' | 'written'> | undefined;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (list === undefined) positionals.push(token.value);
      else flags.push({ ...list, value: token.value });
      continue;
    }
    list = undefined;
    if (token.kind === 'option-terminator') continue;
    const flag = known.get(token.name);
    if (flag === undefined) throw unknownWord(token.rawName, positionals[0], { known, commands });
    const word = { name: token.name, written: token.rawName };
    flags.push({ ...word, value: token.value });
    if (flag.kind === 'list') list = word;
  }
  return { flags, positionals };
}

function namesOf({ name, short, aliases }: Flag): readonly string[] {
  return [name, ...(short === undefined ? [] : [short]), ...(aliases ?? [])];
}

function checkHasValue(flag: Flag, written: string, value: string | undefined): void {
  if (flag.kind === 'boolean') {
    if (value !== undefined) throw usage(`${written} takes no value, but got "${value}".`);
  } else if (
    value === undefined ||
    (flag.kind === 'list' && value.trim() === '') ||
    (/^--?[a-z]/.test(value) && flag.kind !== 'number')
  ) {
    throw usage(`${written} needs a value.`, `Write ${written} ${flag.placeholder ?? 'VALUE'}.`);
  }
}

function addValue(values: Map<string, FlagValue>, flag: Flag, value: string | true, written = `--${flag.name}`): void {
  if (value === true || flag.kind === 'boolean') {
    values.set(flag.name, true);
    return;
  }
  checkChoice(flag, value, written);
  const before = values.get(flag.name);
  if (flag.kind === 'list') values.set(flag.name, [...(typeof before === 'object' ? before : []), value]);
  else values.set(flag.name, flag.kind === 'number' ? readNumber(written, value) : value);
}

function readNumber(written: string, value: string): number {
  if (/^-?\d+$/.test(value)) return Number(value);
  throw usage(`${written} needs a whole number, but got "${value}".`);
}

function checkChoice(flag: Flag, value: string, written: string): void {
  if (flag.choices === undefined || flag.choices.includes(value)) return;
  const fallback = `Known: ${flag.choices.join(', ')}.`;
  throw usage(`${written} cannot be "${value}".`, suggest(value, flag.choices, fallback));
}

function addFromEnvironment(values: Map<string, FlagValue>, flags: readonly Flag[], env: Environment): void {
  for (const flag of flags) {
    const value = flag.env === undefined ? undefined : env[flag.env];
    if (value === undefined || value === '' || values.has(flag.name)) continue;
    if (flag.kind !== 'boolean') addValue(values, flag, value, `${flag.env} in the environment`);
    else if (/^(1|true|t|yes|y|on)$/i.test(value)) values.set(flag.name, true);
  }
}

function checkPositionals(command: Command, given: readonly string[]): void {
  const wanted = command.positionals ?? [];
  const extra = given[wanted.length];
  if (extra !== undefined) {
    const takesSelection = command.flags.some((flag) => flag.name === 'select');
    const hint = takesSelection ? `Write strata ${command.name} --select ${extra} to select it.` : undefined;
    throw usage(`strata ${command.name} takes no "${extra}".`, hint);
  }
  const missing = wanted[given.length];
  if (missing !== undefined) throw usage(`strata ${command.name} needs ${missing}.`);
}

function findCommand(name: string, commands: readonly Command[]): Command | undefined {
  return commands.find((one) => one.name === name || one.aliases?.includes(name));
}

/** A flag that no command has; where the command is not known either, that is what has to be said. */
function unknownWord(
  written: string,
  name: string | undefined,
  { known, commands }: { readonly known: ReadonlyMap<string, Flag>; readonly commands: readonly Command[] },
): StrataError {
  if (name !== undefined && findCommand(name, commands) === undefined) return unknownCommand(name, commands);
  return unknownFlag(written, known);
}

function unknownCommand(name: string, commands: readonly Command[]): StrataError {
  const instead = missingCommands.get(name);
  if (instead !== undefined) return usage(`"${name}" of dbt is not supported yet.`, instead);
  const names = commands.filter((command) => command.hidden !== true).map((command) => command.name);
  return usage(`Unknown command "${name}".`, suggest(name, names, `Commands: ${names.join(', ')}.`));
}

function unknownFlag(written: string, known: ReadonlyMap<string, Flag>): StrataError {
  const names = [...known]
    .filter(([name, flag]) => name.length > 1 && flag.hidden !== true)
    .map(([name]) => `--${name}`);
  return usage(`Unknown flag ${written}.`, suggest(written, names, 'strata COMMAND --help lists the flags.'));
}

function foreignFlag(
  { name, written }: Pick<FlagWord, 'name' | 'written'>,
  command: Command,
  commands: readonly Command[],
): StrataError {
  const owners = commands.filter(({ flags }) => flags.some((flag) => namesOf(flag).includes(name)));
  const list = owners.map((owner) => owner.name).join(', ');
  return usage(`strata ${command.name} has no flag ${written}.`, `It belongs to ${list}.`);
}

function usage(message: string, hint?: string): StrataError {
  return new StrataError('usage', message, {}, { hint });
}
