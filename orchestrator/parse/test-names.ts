import { hash } from 'node:crypto';
import { pythonRepr, pythonText } from './python-text.ts';

/** The two names dbt gives a generic test: in full, and short enough for a file and a relation. */
export interface TestNames {
  readonly full: string;
  readonly short: string;
}

/** Names a test after what it tests: its kind, the resource, and its arguments in order of their names. */
export function nameTest(kind: string, resource: string, args: Readonly<Record<string, unknown>>): TestNames {
  const parts = Object.keys(args)
    .sort()
    .filter((name) => name !== 'model')
    .flatMap((name) => partsOf(args[name]))
    .map((part) => pythonText(part).replace(/[^0-9a-zA-Z_]+/g, '_'));
  const identifier = `${kind}_${resource}`;
  const full = `${identifier}_${parts.join('__')}`;
  return { full, short: full.length < 64 ? full : `${identifier.slice(0, 30)}_${md5(full)}` };
}

function partsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value !== null && typeof value === 'object' ? Object.values(value) : [value];
}

/** What a generic test is, as its identity is computed from. */
export interface TestIdentity {
  readonly namespace: string | null;
  readonly name: string;
  readonly kwargs: Readonly<Record<string, unknown>>;
}

/** The ten digits that tell tests of the same name apart: dbt's digest of the test's name, kind and arguments. */
export function hashTest(name: string, identity: TestIdentity): string {
  return md5(`${name}${pythonRepr(toTexts(identity))}`).slice(-10);
}

/** Everything as text under sorted keys. */
function toTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toTexts);
  if (value === null || typeof value !== 'object') return pythonText(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, toTexts(item)]));
}

function md5(text: string): string {
  return hash('md5', text);
}
