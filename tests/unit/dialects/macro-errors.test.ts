import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createRenderBench } from '../../support/render.ts';

const crossDb = new URL('../../../macros/cross_db/', import.meta.url);
const files = readdirSync(crossDb).sort();
const strata = files.map((file) => readFileSync(new URL(file, crossDb), 'utf8')).join('\n');

const bench = createRenderBench({ macros: { strata } });
const call =
  (macro: string, ...texts: readonly (string | number)[]) =>
  () =>
    bench.render(`{{ strata.${macro}(${texts.map((text) => JSON.stringify(text)).join(', ')}) }}`);

test.each([
  '',
  'a..b',
  '.a',
  'a.',
  'a b',
  '$.a',
  'a.*',
  'a[x]',
  'a[-1]',
  'a[0',
  'a"b',
  '"a"b"',
  'a\\b',
  'a\n',
  '""',
  "a['b']",
])('the path %j is an error', (path) => {
  expect(call('json_text', 'o', path)).toThrow(`The JSON path '${path}' cannot be read.`);
});

test.each([
  ['a(?:b)', '(?:b)'],
  ['(?i)a', '(?i)a'],
  ['a(?=b)', '(?=b)'],
  ['a.*?b', '*?b'],
  ['a++', '++'],
  ['(a)\\1', '\\1'],
  ['a\\tb', '\\tb'],
  ['\\p{L}', '\\p{L}'],
  ['[[:alpha:]]', '[[:alpha:]]'],
  ['[a\\D]', '[a\\D]'],
  ['[a', '[a'],
  ['a\\', '\\'],
])('the pattern %j is an error', (pattern, rest) => {
  const message = `The regular expression '${pattern}' has at '${rest}' what not every warehouse understands.`;
  expect(call('regexp_like', 't', pattern)).toThrow(message);
});

test.each([2, -1])('the group %d is an error where there is one group', (group) => {
  expect(call('regexp_extract', 't', '\\((a)[(]', group)).toThrow(
    `The regular expression '\\((a)[(]' has no group ${group}.`,
  );
});

test.each(['\\2', '\\0', '\\n', '\\\\', 'a\\'])('the replacement %j is an error', (replacement) => {
  const reference = replacement.slice(replacement.indexOf('\\'));
  expect(call('regexp_replace', 't', '(a)', replacement)).toThrow(
    `The replacement '${replacement}' holds ${reference}, which is no group of '(a)'.`,
  );
});
