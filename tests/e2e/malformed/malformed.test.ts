import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { themes } from './cases.ts';
import { publishSoundProject, type Run, runCase, runInProcess } from './run-case.ts';

const bin = fileURLToPath(new URL('../../../bin/strata.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'strata-malformed-home-'));
const published = mkdtempSync(join(tmpdir(), 'strata-malformed-sound-'));
const all = Object.values(themes).flat();
let database: string;

beforeAll(async () => {
  vi.stubEnv('HOME', home);
  database = await publishSoundProject(published);
});

afterAll(() => {
  vi.unstubAllEnvs();
  for (const folder of [home, published]) rmSync(folder, { recursive: true, force: true });
});

describe.each(Object.entries(themes))('malformed input in %s', (_, cases) => {
  it.each(cases)('$name', async (one) => {
    const { before, after, ...said } = await runCase(one, runInProcess, database);
    expect(said).toEqual({ code: one.code ?? 2, stdout: '', stderr: one.stderr });
    expect(after).toEqual(before);
  });
});

describe('malformed input met by a process', () => {
  it.each(all.filter((one) => one.asProcess === true))('$name', async (one) => {
    const { before, after, ...said } = await runCase(one, runAsProcess);
    expect(said).toEqual({ code: one.code ?? 2, stdout: '', stderr: one.stderr });
    expect(after).toEqual(before);
  });
});

describe('the cases', () => {
  it('are more than 150, each with a name of its own within its theme', () => {
    expect(all.length).toBeGreaterThan(150);
    for (const cases of Object.values(themes)) expect(new Set(cases.map((one) => one.name)).size).toBe(cases.length);
  });

  it('say nothing of the inside: no stack, no absolute path, no secret', () => {
    const said = all.flatMap((one) => one.stderr).join('\n');
    expect(said).not.toMatch(/^\s+at |node_modules|\.ts:\d|defect in Strata|(^|\s)\/(tmp|home|root|var)\//m);
    expect(said).not.toMatch(/s3cret|t0ken|hidden-(name|mode)/);
  });
});

const runAsProcess: Run = (args, cwd, env) => {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
};
