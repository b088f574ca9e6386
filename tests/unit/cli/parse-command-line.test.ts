import { describe, expect, it } from 'vitest';
import { commands } from '../../../orchestrator/cli/commands.ts';
import { parseCommandLine } from '../../../orchestrator/cli/parse-command-line.ts';
import { StrataError } from '../../../orchestrator/errors.ts';

function parse(line: string, env: Record<string, string> = {}) {
  const { command, flags, positionals } = parseCommandLine(line.split(' '), commands, env);
  return { command: command.name, flags: flags.toObject(), positionals };
}

function refuse(line: string): string {
  try {
    parse(line);
  } catch (error) {
    if (error instanceof StrataError && error.code === 'usage') return error.format();
    throw error;
  }
  return 'accepted';
}

describe('parseCommandLine', () => {
  it.each([
    ['build', {}],
    ['build --select a b -s c', { select: ['a', 'b', 'c'] }],
    ['build -m a', { select: ['a'] }],
    ['build --models=a', { select: ['a'] }],
    ['build -s +a+2 --exclude tag:x @b -x', { select: ['+a+2'], exclude: ['tag:x', '@b'], fail_fast: true }],
    ['build -fx', { full_refresh: true, fail_fast: true }],
    ['build --threads 8', { threads: 8 }],
    ['build --vars {a:1} -t prod -t dev', { vars: '{a:1}', target: 'dev' }],
    ['build --no-use-colors', { no_color: true }],
    ['build --indirect-selection cautious', { indirect_selection: 'cautious' }],
    ['build --no-version-check', { no_version_check: true }],
    ['show --limit -1 -s a', { limit: -1, select: ['a'] }],
    ['ls -m a --model b', { models: ['a', 'b'] }],
    ['ls -s a', { select: ['a'] }],
    ['build --log-level error --printer-width 80', { log_level: 'error', printer_width: '80' }],
    ['ls --resource-types model test', { resource_type: ['model', 'test'] }],
  ])('reads: strata %s', (line, flags) => {
    expect(parse(line)).toEqual({ command: line.split(' ')[0], flags, positionals: [] });
  });

  it('takes flags before the command, as dbt does', () => {
    expect(parse('--quiet -t prod run --select a')).toEqual({
      command: 'run',
      flags: { quiet: true, target: 'prod', select: ['a'] },
      positionals: [],
    });
  });

  it('knows dbt list as ls', () => {
    expect(parse('list').command).toBe('ls');
  });

  it('gives words that belong to no flag to the command', () => {
    expect(parse('init shop')).toEqual({ command: 'init', flags: {}, positionals: ['shop'] });
  });

  it('reads from the environment what the command line leaves open', () => {
    const env = { DBT_TARGET: 'prod', DBT_FULL_REFRESH: '1', DBT_FAIL_FAST: 'no', DBT_LOG_FORMAT: 'json' };
    expect(parse('build --target dev', env).flags).toEqual({ target: 'dev', full_refresh: true, log_format: 'json' });
  });

  it.each([
    ['biuld', 'Unknown command "biuld". Did you mean "build"?'],
    [
      'deploy',
      'Unknown command "deploy". Commands: start, build, run, test, seed, compile, parse, ls, show, debug, clean, init, demo-data.',
    ],
    ['--quiet', 'No command given. strata --help lists them.'],
    ['build --selct a', 'Unknown flag --selct. Did you mean "--select"?'],
    ['build --wibble', 'Unknown flag --wibble. strata COMMAND --help lists the flags.'],
    ['build -z', 'Unknown flag -z. strata COMMAND --help lists the flags.'],
    ['parse --full-refresh', 'strata parse has no flag --full-refresh. It belongs to build, run, seed, compile.'],
    ['build stg_orders', 'strata build takes no "stg_orders". Write strata build --select stg_orders to select it.'],
    ['parse here', 'strata parse takes no "here".'],
    ['init', 'strata init needs NAME.'],
    ['build --select', '--select needs a value. Write --select NODES.'],
    ['build --select --exclude a', '--select needs a value. Write --select NODES.'],
    ['build -t', '-t needs a value. Write -t NAME.'],
    ['build --threads many', '--threads needs a whole number, but got "many".'],
    ['build --threads 1.5', '--threads needs a whole number, but got "1.5".'],
    ['build --fail-fast=yes', '--fail-fast takes no value, but got "yes".'],
    ['build --log-format yaml', '--log-format cannot be "yaml". Known: text, json.'],
    ['build --indirect-selection eger', '--indirect-selection cannot be "eger". Did you mean "eager"?'],
    ['ls --resource-type modle', '--resource-type cannot be "modle". Did you mean "model"?'],
    ['ls --output nmae', '--output cannot be "nmae". Did you mean "name"?'],
  ])('refuses: strata %s', (line, message) => {
    expect(refuse(line)).toBe(message);
  });
});
