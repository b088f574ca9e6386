import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Reporter, type ReporterOptions } from '../../../orchestrator/cli/reporter.ts';
import { StrataError, StrataErrors } from '../../../orchestrator/errors.ts';
import { createNode, createResult, noColors } from './sample-run.ts';

class Recording {
  text = '';
  readonly isTTY: boolean;
  readonly columns = 40;

  constructor(isTTY = false) {
    this.isTTY = isTTY;
  }

  write(text: string): void {
    this.text += text;
  }
}

function createReporter(options: Partial<ReporterOptions> = {}) {
  const stdout = new Recording();
  const stderr = new Recording();
  const colors = { colors: noColors, resultColors: noColors };
  const defaults = { format: 'text', quiet: false, debug: false, logPath: undefined } as const;
  return { reporter: new Reporter({ stdout, stderr, ...colors, ...defaults, ...options }), stdout, stderr };
}

const model = createNode('model', 'orders');
const ended = { kind: 'node-end', node: model, index: 1, total: 2, error: null } as const;
const result = createResult(model, 'success', { rowsAffected: 3, message: '3 rows' });

describe('Reporter', () => {
  it('writes results to stdout and talk to stderr', () => {
    const { reporter, stdout, stderr } = createReporter();
    reporter.print('a result');
    reporter.info('talk');
    reporter.warn(new StrataError('yaml-unknown-key', 'Odd key.', { file: 'a.yml', line: 3 }));
    reporter.onRunEvent({ kind: 'run-start', total: 2, threads: 4 });
    reporter.onRunEvent({ ...ended, result });
    reporter.onRunEvent({ kind: 'run-end', cancelled: false });
    expect(stdout.text).toBe('a result\n');
    expect(stderr.text).toBe(
      'talk\nWarning: a.yml:3: Odd key.\n2 nodes, 4 threads\n1 of 2 OK model main.orders (3 rows, 0.02s)\n',
    );
  });

  it('says nothing but results and errors when quiet', () => {
    const { reporter, stdout, stderr } = createReporter({ quiet: true });
    reporter.print('a result');
    reporter.info('talk');
    reporter.warn('careful');
    reporter.onRunEvent({ ...ended, result });
    reporter.fail(new StrataError('usage', 'Wrong.', {}, { hint: 'Do it right.' }));
    expect(stdout.text).toBe('a result\n');
    expect(stderr.text).toBe('Error: Wrong. Do it right.\n');
  });

  it('writes one JSON object per line', () => {
    const { reporter, stderr } = createReporter({ format: 'json' });
    reporter.onRunEvent({ ...ended, result });
    reporter.fail(new StrataError('ref-not-found', 'No x.', { file: 'a.sql', line: 1 }, { hint: 'Try y.' }));
    const lines = stderr.text
      .trimEnd()
      .split('\n')
      .map((line) => ({ ...JSON.parse(line), time: 'now' }));
    expect(lines).toEqual([
      {
        ...{ time: 'now', level: 'info', event: 'node-end', message: '1 of 2 OK model main.orders (3 rows, 0.02s)' },
        ...{ unique_id: 'model.shop.orders', index: 1, total: 2, status: 'success', execution_time: 0.02 },
        ...{ rows_affected: 3, failures: null, error: null, compiled_path: null },
      },
      {
        ...{ time: 'now', level: 'error', event: 'error', message: 'Error: a.sql:1: No x. Try y.' },
        ...{ code: 'ref-not-found', file: 'a.sql', line: 1, hint: 'Try y.' },
      },
    ]);
  });

  it('shows all errors of a project, and how many', () => {
    const { reporter, stderr } = createReporter();
    reporter.fail(
      new StrataErrors([new StrataError('cycle', 'B.', { file: 'b' }), new StrataError('cycle', 'A.', { file: 'a' })]),
    );
    expect(stderr.text).toBe('Error: a: A.\nError: b: B.\n2 errors. Nothing was run.\n');
  });

  it('shows the stack of a defect', () => {
    const { reporter, stderr } = createReporter();
    reporter.fail(new TypeError('x is undefined'));
    expect(stderr.text).toMatch(
      /^Error: This is a defect in Strata: x is undefined\nTypeError: x is undefined\n {4}at /,
    );
  });

  it('hides secrets in everything it says', () => {
    const { reporter, stderr } = createReporter();
    reporter.hideSecrets(['hunter2']);
    reporter.info('connecting with hunter2');
    reporter.warn('hunter2');
    reporter.fail(new StrataError('connection-failed', 'Refused hunter2.'));
    expect(stderr.text).toBe('connecting with ***\nWarning: ***\nError: Refused ***.\n');
  });

  it('appends the log to a file when asked', () => {
    const logPath = join(mkdtempSync(join(tmpdir(), 'strata-log-')), 'logs');
    const { reporter } = createReporter({ logPath, quiet: true });
    reporter.info('talk');
    const [line = ''] = readFileSync(join(logPath, 'strata.log'), 'utf8').split('\n');
    expect(JSON.parse(line)).toMatchObject({ level: 'info', event: 'info', message: 'talk' });
    rmSync(join(logPath, '..'), { recursive: true });
  });

  it('shows on a terminal what is running, and takes it away for each line', () => {
    const stderr = new Recording(true);
    const { reporter } = createReporter({ stderr });
    const other = createNode('model', 'customers_with_a_long_name');
    reporter.onRunEvent({ kind: 'node-start', node: model, index: 1, total: 2 });
    reporter.onRunEvent({ kind: 'node-start', node: other, index: 2, total: 2 });
    reporter.onRunEvent({ ...ended, result });
    reporter.onRunEvent({ kind: 'run-end', cancelled: false });
    const clear = '\r\u001b[2K';
    expect(stderr.text).toBe(
      [
        'running model main.orders',
        `${clear}running model main.orders, model main.…`,
        `${clear}1 of 2 OK model main.orders (3 rows, 0.02s)\n`,
        `running model main.customers_with_a_lo…`,
        clear,
      ].join(''),
    );
  });
});
