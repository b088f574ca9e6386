import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../../scripts/check-artifacts.mjs', import.meta.url));
const schemaId = 'https://schemas.getdbt.com/dbt/run-results/v6.json';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-check-'));
  write('schemas/run-results/v6.json', {
    $id: schemaId,
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { metadata: { type: 'object' }, elapsed_time: { type: 'number' } },
    required: ['elapsed_time'],
    additionalProperties: false,
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: object): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify(content));
}

function check(target: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'schemas', target], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it('accepts what follows the schema', () => {
  write('good/run_results.json', { metadata: { dbt_schema_version: schemaId }, elapsed_time: 1 });
  expect(check('good')).toEqual({ status: 0, stdout: 'run_results.json: valid\n', stderr: '' });
});

it('lists what does not', () => {
  write('bad/run_results.json', { metadata: { dbt_schema_version: schemaId }, line: 1 });
  expect(check('bad')).toEqual({
    status: 1,
    stdout: [
      'run_results.json: not valid',
      `  : must have required property 'elapsed_time' {"missingProperty":"elapsed_time"}`,
      '  : must NOT have additional properties {"additionalProperty":"line"}',
      '',
    ].join('\n'),
    stderr: '',
  });
});

it('says when there is nothing to check', () => {
  mkdirSync(join(folder, 'empty'));
  expect(check('empty')).toEqual({
    status: 2,
    stdout: '',
    stderr: 'No artifact in empty. Looked for manifest.json, run_results.json, catalog.json, sources.json.\n',
  });
});
