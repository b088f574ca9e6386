import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { redactSecrets, stringifyRedacted } from '../adapters/redact.ts';
import { StrataError, StrataErrors } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { NodeStatus, RunResults } from '../manifest/results.ts';
import type { RunEvent } from '../run/events.ts';
import type { Colors } from './colors.ts';
import { GatheredLines } from './gathered-lines.ts';
import { LiveLine } from './live-line.ts';
import { countOf, describeNode, formatNodeEnd } from './node-line.ts';
import { countStatuses, formatSummary, sumBytes } from './summary.ts';
import type { OutputStream } from './surroundings.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** How an invocation reports. */
export interface ReporterOptions {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly format: 'text' | 'json';
  readonly quiet: boolean;
  readonly debug: boolean;
  /** Colours of the log on stderr. */
  readonly colors: Colors;
  /** Colours of results on stdout. */
  readonly resultColors: Colors;
  /** Folder of strata.log; none when undefined. */
  readonly logPath: string | undefined;
}

interface LogEntry {
  readonly level: LogLevel;
  readonly event: string;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The only writer: results go to stdout, everything said about them to stderr, secrets nowhere. */
export class Reporter {
  readonly #options: ReporterOptions;
  readonly #live: LiveLine;
  readonly #lines: GatheredLines;
  readonly #errors = new Map<string, StrataError>();
  #secrets: readonly string[] = [];
  #ended = 0;
  #hushed: ReadonlySet<NodeStatus> = new Set();
  #isLogLost = false;

  constructor(options: ReporterOptions) {
    this.#options = options;
    const isLive = options.stderr.isTTY === true && options.format === 'text' && !options.quiet;
    this.#live = new LiveLine(options.stderr, isLive);
    this.#lines = new GatheredLines(options.stderr);
    if (options.logPath !== undefined) mkdirSync(options.logPath, { recursive: true });
  }

  /** Colours for what is printed. */
  get resultColors(): Colors {
    return this.#options.resultColors;
  }

  /** Whether stdout is watched, so that results may be laid out for eyes. */
  get columns(): number | undefined {
    const { stdout } = this.#options;
    return stdout.isTTY === true ? stdout.columns : undefined;
  }

  /** Texts that must not appear anywhere from now on. */
  hideSecrets(secrets: readonly string[]): void {
    this.#secrets = [...this.#secrets, ...secrets];
  }

  /** A result on stdout, also when quiet. It is the user's own data, written as it is. */
  print(text: string): void {
    this.#live.clear();
    this.#lines.flush();
    this.#options.stdout.write(`${text}\n`);
  }

  info(text: string, event = 'info', data?: Readonly<Record<string, unknown>>): void {
    this.#log({ level: 'info', event, text, ...(data === undefined ? {} : { data }) });
  }

  warn(warning: StrataError | string): void {
    const { colors } = this.#options;
    const text = typeof warning === 'string' ? warning : warning.format();
    const data = typeof warning === 'string' ? {} : describeError(warning);
    this.#log({ level: 'warn', event: 'warning', text: `${colors.yellow('Warning:')} ${text}`, data });
  }

  /** An error that ends the command: each one of a project, with stack and causes when debugging. */
  fail(error: unknown): void {
    const all = error instanceof StrataErrors ? error.errors : [error];
    for (const one of all) {
      const { text, isExpected, data } = describeFailure(one);
      const stack = this.#options.debug || !isExpected ? `\n${formatStack(one)}` : '';
      this.#log({
        level: 'error',
        event: 'error',
        text: `${this.#options.colors.red('Error:')} ${text}${stack}`,
        data,
      });
    }
    if (all.length > 1)
      this.#log({ level: 'error', event: 'error-count', text: `${all.length} errors. Nothing was run.` });
  }

  /** Leaves out the lines of nodes that end so; they are counted all the same. */
  hush(statuses: readonly NodeStatus[]): void {
    this.#hushed = new Set(statuses);
  }

  /** What a run reports while it goes on. */
  readonly onRunEvent = (event: RunEvent): void => {
    switch (event.kind) {
      case 'run-start':
        this.#ended = 0;
        if (this.#hushed.has('success')) return;
        this.info(`${countOf(event.total, 'node')}, ${countOf(event.threads, 'thread')}`, 'run-start', {
          total: event.total,
          threads: event.threads,
        });
        return;
      case 'node-start':
        this.#live.start(event.node.unique_id, describeNode(event.node));
        return;
      case 'node-end':
        this.#nodeEnd(event);
        return;
      case 'notice':
        if (event.level === 'warn') this.warn(event.text);
        else this.info(event.text);
        return;
      case 'run-end':
        this.#live.end();
        this.#lines.flush();
        if (event.cancelled) this.warn('Cancelled: running queries were stopped, nothing more was started.');
        return;
      default:
        event satisfies never;
    }
  };

  /** The end of a run. Failures are shown also when quiet. */
  summarize(results: RunResults, manifest: Manifest): void {
    const counts = countStatuses(results.results);
    const level = counts.error + counts.fail > 0 ? 'error' : 'info';
    const text = formatSummary({ results, manifest, errors: this.#errors, colors: this.#options.colors });
    this.#log({
      level,
      event: 'summary',
      text: this.#options.quiet ? text : `\n${text}`,
      data: { counts, elapsed: results.elapsedSeconds, ...describeBytes(sumBytes(results.results)) },
    });
  }

  /** Counted as nodes end, so that the numbers rise and the last line says that nothing is left. */
  #nodeEnd({ node, result, error, total }: Extract<RunEvent, { kind: 'node-end' }>): void {
    this.#live.finish(node.unique_id);
    this.#ended += 1;
    const index = this.#ended;
    if (error !== null) this.#errors.set(node.unique_id, error);
    if (this.#hushed.has(result.status)) return;
    const { status, executionTime, rowsAffected, failures, message, compiledPath, bytesProcessed } = result;
    this.#log({
      level: 'info',
      event: 'node-end',
      text: formatNodeEnd(node, result, { index, total }, this.#options.colors),
      data: {
        ...{ unique_id: node.unique_id, index, total, status, failures, error: wentWell(status) ? null : message },
        ...{ execution_time: executionTime, rows_affected: rowsAffected, compiled_path: compiledPath },
        ...describeBytes(bytesProcessed ?? null),
      },
    });
  }

  #log(entry: LogEntry): void {
    const { format, quiet, logPath } = this.#options;
    if (logPath !== undefined && !this.#isLogLost) this.#append(join(logPath, 'strata.log'), this.#formatJson(entry));
    if ((quiet && entry.level !== 'error') || entry.level === 'debug') return;
    this.#live.clear();
    const line = format === 'json' ? this.#formatJson(entry) : `${redactSecrets(entry.text, this.#secrets)}\n`;
    if (entry.event === 'node-end') this.#lines.writeSoon(line);
    else this.#lines.write(line);
    this.#live.draw();
  }

  /** A log that cannot be written is no reason to stop the work: that is said once. */
  #append(path: string, line: string): void {
    try {
      appendFileSync(path, line);
    } catch (error) {
      this.#isLogLost = true;
      this.warn(`The log ${path} could not be written: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }

  #formatJson({ level, event, text, data }: LogEntry): string {
    const message = stripColors(text).trim();
    const line = { time: new Date().toISOString(), level, event, message, ...data };
    return `${stringifyRedacted(line, this.#secrets)}\n`;
  }
}

/** Whether what a result says is no trouble, such as its number of rows. */
function wentWell(status: NodeStatus): boolean {
  return status === 'success' || status === 'pass' || status === 'no-op';
}

/** Nothing where a warehouse does not charge for bytes. */
function describeBytes(bytes: number | null): Readonly<Record<string, number>> {
  return bytes === null ? {} : { bytes_processed: bytes };
}

interface Failure {
  readonly text: string;
  /** Whether the user can do something about it: everything else is a defect, and its stack is shown. */
  readonly isExpected: boolean;
  readonly data: Readonly<Record<string, unknown>>;
}

function describeFailure(error: unknown): Failure {
  if (error instanceof StrataError) return { text: error.format(), isExpected: true, data: describeError(error) };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && 'syscall' in error && 'code' in error) {
    return { text: `The system refused: ${message}.`, isExpected: true, data: { code: 'system', system: error.code } };
  }
  return { text: `This is a defect in Strata: ${message}`, isExpected: false, data: { code: 'internal' } };
}

function describeError(error: StrataError): Readonly<Record<string, unknown>> {
  return { code: error.code, ...error.place, ...(error.hint === undefined ? {} : { hint: error.hint }) };
}

function formatStack(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const cause = error.cause instanceof Error ? `\ncaused by ${formatStack(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

function stripColors(text: string): string {
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}
