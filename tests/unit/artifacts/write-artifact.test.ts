import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeArtifact, writeManifest } from '../../../orchestrator/artifacts/write-artifact.ts';

let target = '';

beforeEach(() => {
  target = join(mkdtempSync(join(tmpdir(), 'strata-artifacts-')), 'target');
});

afterEach(() => {
  rmSync(join(target, '..'), { recursive: true, force: true });
});

describe('writeArtifact', () => {
  it('makes the folder and leaves nothing beside the file', () => {
    writeArtifact(target, 'run_results.json', { results: [] });
    expect(readdirSync(target)).toEqual(['run_results.json']);
    expect(readFileSync(join(target, 'run_results.json'), 'utf8')).toBe('{"results":[]}');
  });

  it('leaves nothing behind when it fails', () => {
    mkdirSync(join(target, 'run_results.json', 'occupied'), { recursive: true });
    expect(() => writeArtifact(target, 'run_results.json', {})).toThrow();
    expect(readdirSync(target)).toEqual(['run_results.json']);
  });
});

describe('writeManifest', () => {
  it('writes once for the same content', () => {
    expect(writeManifest(target, 'k1', () => ['{"at":', '1}'])).toBe(true);
    expect(writeManifest(target, 'k1', () => ['{"at":', '2}'])).toBe(false);
    expect(readFileSync(join(target, 'manifest.json'), 'utf8')).toBe('{"at":1}');
    expect(writeManifest(target, 'k2', () => ['{"at":', '3}'])).toBe(true);
    expect(readFileSync(join(target, 'manifest.json'), 'utf8')).toBe('{"at":3}');
  });

  it('writes again when another program wrote or removed the file', () => {
    writeManifest(target, 'k1', () => ['{"at":', '1}']);
    writeFileSync(join(target, 'manifest.json'), '{"at":9}');
    utimesSync(join(target, 'manifest.json'), 1, 1);
    expect(writeManifest(target, 'k1', () => ['{"at":', '2}'])).toBe(true);
    rmSync(join(target, 'manifest.json'));
    expect(writeManifest(target, 'k1', () => ['{"at":', '3}'])).toBe(true);
  });
});
