import { StrataError } from '../errors.ts';
import { suggest } from '../nearest.ts';

/** Methods that select something. */
const selectorMethods = [
  'access',
  'config',
  'exposure',
  'file',
  'fqn',
  'group',
  'package',
  'path',
  'resource_type',
  'source',
  'tag',
  'test_name',
  'test_type',
] as const;

export type SelectorMethod = (typeof selectorMethods)[number];

/** dbt's methods that need something Strata does not keep yet, and what that is. */
const methodsToCome: ReadonlyMap<string, string> = new Map([
  ['state', 'comparing with an earlier manifest'],
  ['result', 'reading the results of an earlier run'],
  ['source_status', 'reading the freshness of sources'],
  ['version', 'model versions'],
  ['metric', 'metrics'],
  ['semantic_model', 'semantic models'],
  ['saved_query', 'saved queries'],
  ['unit_test', 'unit tests'],
]);

/** One criterion such as `2+tag:nightly+1`. */
export interface Criterion {
  readonly raw: string;
  readonly method: SelectorMethod;
  /** What follows the method's dot: `config.meta.owner:` has `['meta', 'owner']`. */
  readonly methodArguments: readonly string[];
  readonly value: string;
  /** `@`: descendants, and all that they need. */
  readonly childrensParents: boolean;
  /** Generations upwards; 0 without `+`. */
  readonly parentsDepth: number;
  readonly childrenDepth: number;
}

/** Criteria joined by commas: what all of them select. */
export interface Intersection {
  readonly raw: string;
  readonly criteria: readonly Criterion[];
}

const criterionPattern =
  /^(?<at>@)?(?:(?<up>\d*)(?<plusUp>\+))?(?:(?<method>[\w.]+):)?(?<value>.*?)(?:(?<plusDown>\+)(?<down>\d*))?$/s;

/** Reads the arguments of --select or --exclude: words are united, comma-joined parts intersected. */
export function parseSelection(words: readonly string[]): readonly Intersection[] {
  return words
    .flatMap((word) => word.split(/\s+/))
    .filter((word) => word !== '')
    .map((raw) => ({ raw, criteria: raw.split(',').map((part) => parseCriterion(part, raw)) }));
}

function parseCriterion(raw: string, whole: string): Criterion {
  const groups = criterionPattern.exec(raw)?.groups ?? {};
  const { at, up, plusUp, plusDown, down, value = '' } = groups;
  if (value === '') throw invalid(`"${whole}" leaves out what to select.`, 'Write a name, a path or method:value.');
  if (at !== undefined && plusDown !== undefined) {
    throw invalid(
      `"${raw}" has both "@" in front and "+" behind.`,
      '"@" selects the descendants already: leave "+" out.',
    );
  }
  const [method, ...methodArguments] = groups['method']?.split('.') ?? [defaultMethod(value)];
  const known = knownMethod(method ?? '', raw);
  if (known === 'config' && methodArguments.length === 0) {
    throw invalid(`"${raw}" does not say which setting to compare.`, 'Write for instance config.materialized:table.');
  }
  return {
    raw,
    method: known,
    methodArguments,
    value,
    childrensParents: at !== undefined,
    parentsDepth: depth(plusUp, up),
    childrenDepth: depth(plusDown, down),
  };
}

/** dbt's rule for a bare value: with a slash it is a path, with a file's ending a file name, else a name. */
function defaultMethod(value: string): SelectorMethod {
  if (value.includes('/')) return 'path';
  return /\.(sql|py|csv)$/i.test(value) ? 'file' : 'fqn';
}

function depth(plus: string | undefined, digits: string | undefined): number {
  if (plus === undefined) return 0;
  return digits === undefined || digits === '' ? Number.POSITIVE_INFINITY : Number(digits);
}

function knownMethod(method: string, raw: string): SelectorMethod {
  const known = selectorMethods.find((candidate) => candidate === method);
  if (known !== undefined) return known;
  const need = methodsToCome.get(method);
  if (need !== undefined) {
    throw invalid(`"${raw}": the selector method "${method}" is not supported yet, it needs ${need}.`);
  }
  throw invalid(
    `"${raw}": there is no selector method "${method}".`,
    suggest(method, selectorMethods, `Methods: ${selectorMethods.join(', ')}.`),
  );
}

function invalid(message: string, hint?: string): StrataError {
  return new StrataError('selector-invalid', message, {}, { hint });
}
