import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Says whether a path, relative to a project's folder and with slashes, is to be left alone. */
export type IsIgnored = (path: string) => boolean;

interface Rule {
  readonly pattern: RegExp;
  readonly isNegated: boolean;
}

/** The rules of a project's `.dbtignore`, which are written as in `.gitignore`. */
export function readIgnoreFile(dir: string): IsIgnored {
  const file = join(dir, '.dbtignore');
  return existsSync(file) ? parseIgnoreRules(readFileSync(file, 'utf8')) : () => false;
}

/** Reads ignore rules: the last one that matches a path, or a folder above it, decides. */
export function parseIgnoreRules(text: string): IsIgnored {
  const rules = text.split(/\r?\n/).flatMap((line) => readRule(line.trim()) ?? []);
  return (path) => rules.reduce((ignored, rule) => (rule.pattern.test(path) ? !rule.isNegated : ignored), false);
}

function readRule(line: string): Rule | undefined {
  if (line === '' || line.startsWith('#')) return undefined;
  const isNegated = line.startsWith('!');
  const written = line.slice(isNegated ? 1 : 0).replace(/^\\(?=[#!])/, '');
  const body = written.replace(/^\//, '').replace(/\/$/, '');
  if (body === '') return undefined;
  // A slash before the end ties the rule to the project's folder; without one it holds in every folder.
  const start = /\/(?!$)/.test(written) ? '^' : '^(?:.*/)?';
  const end = written.endsWith('/') ? '/' : '(?:/|$)';
  return { pattern: new RegExp(`${start}${translate(body)}${end}`), isNegated };
}

function translate(glob: string): string {
  return glob.replace(/\*\*\/|\/\*\*$|\*\*|\*|\?|\[!?[^\]/]+\]|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '/**') return '/.*';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.length > 1 ? part.replace(/^\[!/, '[^') : `\\${part}`;
  });
}
