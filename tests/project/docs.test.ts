import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commands } from '../../orchestrator/cli/commands.ts';
import { allProjectFlags } from '../../orchestrator/cli/flags.ts';
import { parseCommandLine } from '../../orchestrator/cli/parse-command-line.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];

function read(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** The words of each `strata …` line in the code blocks of a page; a quoted part is one word. */
function commandLines(page: string): readonly (readonly string[])[] {
  const blocks = [...read(page).matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)]
    .filter(([, language = '']) => ['', 'sh'].includes(language))
    .map(([, , block = '']) => block);
  const lines = blocks.flatMap((block) => [...block.matchAll(/(?:npx |^)strata ((?:"[^"]*"|[^\n"#|>])+)/gm)]);
  return lines.map(([, line = '']) => line.trim().match(/(?:"[^"]*"|\S)+/g) ?? []);
}

describe.each(pages)('%s', (page) => {
  test('links to files that exist', () => {
    const links = [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(root, dirname(page), path)))).toEqual([]);
  });

  test('shows command lines that are understood', () => {
    for (const words of commandLines(page)) {
      expect(() => parseCommandLine(words, commands, {}), words.join(' ')).not.toThrow();
    }
  });

  test('names flags that exist', () => {
    const known = new Set([...allProjectFlags, ...commands.flatMap(({ flags }) => flags)].map(({ name }) => name));
    for (const name of ['help', 'version']) known.add(name);
    const named = [...read(page).matchAll(/`(?:strata [^`]*)?--([a-z][a-z-]*)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});

test('the page of commands lists every command', () => {
  const table = read('docs/commands.md').split('\n## ')[0] ?? '';
  const listed = [...table.matchAll(/^\| `([a-z-]+)/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual(commands.map(({ name }) => name).sort());
});

test('the pages show some command lines', () => {
  expect(pages.flatMap(commandLines).length).toBeGreaterThan(12);
});
