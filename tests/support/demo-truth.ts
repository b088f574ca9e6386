import { readFileSync } from 'node:fs';

/** What is planted in the demo data, as the generator wrote it down. */
export interface DemoTruth {
  readonly rows: Readonly<Record<string, number>>;
  readonly duplicate_rows: Readonly<Record<string, number>>;
  readonly churn: { readonly planted_auc: { readonly last_quarter: { readonly realised: number } } };
  readonly better_cohort: { readonly signup_month: string };
  /** Account, archetype, date of sign-up, whether it ever subscribed. */
  readonly account_rows: readonly (readonly [string, string, string, boolean])[];
}

/** Reads a truth file; the committed seeds' where none is named. */
export function readTruth(path: string | URL = new URL('../../seeds/truth.json', import.meta.url)): DemoTruth {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The lines of a committed seed without quoted values, as objects of text. */
export function readSeed(path: string): readonly Readonly<Record<string, string>>[] {
  const text = readFileSync(new URL(`../../seeds/${path}.csv`, import.meta.url), 'utf8');
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    return Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']));
  });
}

/**
 * Adjusted Rand index of two labellings of the same things (Hubert & Arabie 1985): 1 for the same partition, about 0 for
 * chance.
 */
export function adjustedRandIndex(pairs: readonly (readonly [unknown, unknown])[]): number {
  const count = (keys: readonly unknown[]): readonly number[] => {
    const counts = new Map<unknown, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return [...counts.values()];
  };
  const couples = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const both = couples(count(pairs.map(([a, b]) => `${a} ${b}`)));
  const [left, right] = [couples(count(pairs.map(([a]) => a))), couples(count(pairs.map(([, b]) => b)))];
  const expected = (left * right) / couples([pairs.length]);
  return (both - expected) / ((left + right) / 2 - expected);
}
