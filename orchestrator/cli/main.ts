import { resolve } from 'node:path';
import { StrataError } from '../errors.ts';
import { chooseColors } from './colors.ts';
import { type CommandContext, exitCodes } from './command.ts';
import { commands } from './commands.ts';
import { formatCommandHelp, formatHelp } from './help.ts';
import { type CommandLine, parseCommandLine } from './parse-command-line.ts';
import type { ParsedFlags } from './parsed-flags.ts';
import { Reporter } from './reporter.ts';
import type { Surroundings } from './surroundings.ts';
import { version } from './version.ts';

const GRACE_MILLIS = 500;

/** Runs one command line, sets the exit code of the process, and gives the command's name (`help` where there was none) unless it could not run. */
export async function main(args: readonly string[]): Promise<string | undefined> {
  // A reader that has seen enough, such as `head`, closes the pipe: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    process.stderr.write(`Error: The output cannot be written: ${error.message}.\n`);
    process.exit(exitCodes.unusable);
  });
  // What is said of the work is no reason to stop it, where its reader has gone or the disk of the log is full.
  process.stderr.on('error', () => undefined);
  const { stdout, stderr, env } = process;
  const code = await runCommandLine(args, { stdout, stderr, env, cwd: process.cwd() });
  process.exitCode = code;
  if (code === exitCodes.interrupted || code === exitCodes.terminated) leaveSoon();
  return code === exitCodes.unusable ? undefined : (commands.find((one) => isNamed(one, args))?.name ?? 'help');
}

/** Clients of warehouses ask a silent server for minutes, which must not keep a process that was told to stop. */
function leaveSoon(): void {
  setTimeout(() => process.exit(), GRACE_MILLIS).unref();
}

/**
 * Runs one command line and gives its exit code: 0 when all went well, 1 when a node failed, 2 when it could not run. It
 * writes only to the given streams and throws nothing. SIGINT and SIGTERM stop it in order: 130, 143.
 */
export async function runCommandLine(args: readonly string[], around: Surroundings): Promise<number> {
  const [first] = args;
  const print = (text: string): number => {
    around.stdout.write(text);
    return exitCodes.ok;
  };
  if (first === '--version' || first === '-v' || first === '-V') return print(`${version}\n`);
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    return print(helpOf(args[1]));
  }
  const helped =
    args.includes('--help') || args.includes('-h') ? commands.find((one) => isNamed(one, args)) : undefined;
  if (helped !== undefined) return print(formatCommandHelp(helped));
  let line: CommandLine;
  let reporter: Reporter;
  try {
    line = parseCommandLine(args, commands, around.env);
    reporter = createReporter(line.flags, around);
  } catch (error) {
    createReporter(undefined, around).fail(error);
    return exitCodes.unusable;
  }
  return runCommand(line, reporter, around);
}

function isNamed(command: (typeof commands)[number], args: readonly string[]): boolean {
  return [command.name, ...(command.aliases ?? [])].some((name) => args.includes(name));
}

function helpOf(name: string | undefined): string {
  const command = commands.find((one) => one.name === name);
  return command === undefined ? formatHelp(commands, version) : formatCommandHelp(command);
}

async function runCommand(line: CommandLine, reporter: Reporter, around: Surroundings): Promise<number> {
  const { command, flags, positionals } = line;
  const stopping = listenForSignals();
  const context: CommandContext = {
    ...{ flags, positionals, reporter, cwd: around.cwd, env: around.env },
    ...{ signal: stopping.signal, startedAt: new Date() },
  };
  try {
    refuseLaterFlags(flags);
    const code = await command.run(context);
    return stopping.exitCode() ?? code;
  } catch (error) {
    const code = stopping.exitCode();
    if (code === undefined || !isCancellation(error)) reporter.fail(error);
    return code ?? exitCodes.unusable;
  } finally {
    stopping.release();
  }
}

/** Once the user has stopped the run, a query that was cut off is no news. */
function isCancellation(error: unknown): boolean {
  return error instanceof StrataError && ['cancelled', 'database-error', 'connection-failed'].includes(error.code);
}

/** The first signal lets the run end in order, the second ends the process. */
function listenForSignals(): { readonly signal: AbortSignal; exitCode(): number | undefined; release(): void } {
  const controller = new AbortController();
  let code: number | undefined;
  const stop = (wanted: number): void => {
    if (code !== undefined) process.exit(wanted);
    code = wanted;
    controller.abort();
  };
  const interrupt = (): void => stop(exitCodes.interrupted);
  const terminate = (): void => stop(exitCodes.terminated);
  process.on('SIGINT', interrupt).on('SIGTERM', terminate);
  const release = (): void => {
    process.off('SIGINT', interrupt).off('SIGTERM', terminate);
  };
  return { signal: controller.signal, exitCode: () => code, release };
}

function createReporter(flags: ParsedFlags | undefined, { stdout, stderr, env, cwd }: Surroundings): Reporter {
  const logPath = flags?.text('log-path');
  const wish = { noColor: flags?.isOn('no-color') ?? false, useColors: flags?.isOn('use-colors') ?? false, env };
  return new Reporter({
    ...{ stdout, stderr },
    colors: chooseColors({ ...wish, isTerminal: stderr.isTTY === true }),
    resultColors: chooseColors({ ...wish, isTerminal: stdout.isTTY === true }),
    format: flags?.text('log-format') === 'json' ? 'json' : 'text',
    quiet: flags?.isOn('quiet') === true || ['error', 'none'].includes(flags?.text('log-level') ?? ''),
    debug: flags?.isOn('debug') ?? false,
    logPath: logPath === undefined ? undefined : resolve(cwd, logPath),
  });
}

const later: Readonly<Record<string, string>> = {
  defer: 'It needs the manifest of an earlier run.',
  state: 'It needs the manifest of an earlier run.',
  'favor-state': 'It needs the manifest of an earlier run.',
  empty: 'Use --limit with strata show to look at few rows.',
  'warn-error-options': '--warn-error makes errors of all warnings.',
  selector: 'selectors.yml is not read; write the selection with --select.',
};

function refuseLaterFlags(flags: ParsedFlags): void {
  for (const [name, hint] of Object.entries(later)) {
    if (!flags.isOn(name) && flags.text(name) === undefined) continue;
    throw new StrataError('usage', `--${name} is not supported yet.`, {}, { hint });
  }
}
