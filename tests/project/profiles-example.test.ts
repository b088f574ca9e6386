import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { targetReaders } from '../../orchestrator/cli/warehouses.ts';
import { readYaml } from '../../orchestrator/config/yaml.ts';
import type { StrataError } from '../../orchestrator/errors.ts';

const example = readFileSync(new URL('../../profiles.example.yml', import.meta.url), 'utf8');
const targets = new URL('../../orchestrator/config/targets/', import.meta.url);

type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The outputs of a profiles.yml, with a text in the place of each variable of the environment. */
function readOutputs(text: string): Outputs {
  const filled = text.replace(/"\{\{ env_var\('(\w+)'[^}]*\}\}"/g, '$1');
  return (readYaml(filled, 'profiles.example.yml').value as { strata: { outputs: Outputs } }).strata.outputs;
}

/** What the reader of its type says against an output. */
function listMistakes(output: Readonly<Record<string, unknown>>): readonly string[] {
  const errors: StrataError[] = [];
  const document = { file: 'profiles.example.yml', locate: () => ({ file: 'profiles.example.yml' }) };
  targetReaders.get(String(output['type']))?.(output, errors, { document, projectDir: '/project' });
  return errors.map((error) => error.message);
}

/** The keys that the reader of a type knows, as its shape lists them. */
function knownKeys(type: string): readonly string[] {
  const source = readFileSync(new URL(`${type}.ts`, targets), 'utf8');
  const shape = /\nconst shape = strictShape\(\{\n([\s\S]*?)\n\}\);/.exec(source)?.[1] ?? '';
  return [...shape.matchAll(/^ {2}(\w+):/gm)].map(([, key = '']) => key);
}

const outputs = readOutputs(example);
const sections = new Map(
  example.split(/\n(?= {4}\w+:\n {6}type:)/).map((section) => [/ {6}type: (\w+)/.exec(section)?.[1], section] as const),
);

test('the example shows every warehouse there is', () => {
  expect(Object.values(outputs).map(({ type }) => type)).toEqual([...targetReaders.keys()]);
});

describe.each(Object.values(outputs))('the example of $type', (output) => {
  const type = String(output['type']);
  const section = sections.get(type) ?? '';

  test('is a target as it stands', () => {
    expect(listMistakes(output)).toEqual([]);
  });

  test('has only keys and values that are understood, those behind a # too', () => {
    const uncommented = example.replace(/^( {6})# (?=[a-z_]+: )/gm, '$1');
    const all = readOutputs(uncommented);
    const full = Object.values(all).find((one) => one['type'] === type) ?? {};
    expect(Object.keys(full).length).toBeGreaterThan(Object.keys(output).length);
    expect(listMistakes(full).filter((message) => /Unknown key|must be/.test(message))).toEqual([]);
  });

  test('names every key of dbt that its reader knows', () => {
    const keys = knownKeys(type);
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(section))).toEqual([]);
  });
});
