/** What each error code means. The codes are documented in docs/errors.md and are stable for scripts. */
export const errorCodes = {
  usage: 'A command line flag or argument is wrong.',
  'project-not-found': 'No dbt_project.yml in the project folder.',
  'project-invalid': 'dbt_project.yml cannot be used as it is.',
  'profile-not-found': 'profiles.yml, the profile or the target named does not exist.',
  'profile-invalid': 'A connection in profiles.yml lacks a key or has a wrong one.',
  'package-invalid': 'packages.yml or a local package cannot be used.',
  'yaml-syntax': 'A YAML file cannot be read.',
  'yaml-unknown-key': 'A YAML file has a key that means nothing.',
  'yaml-invalid': 'A YAML value has the wrong type or form.',
  'config-unknown-key': 'A configuration key is unknown.',
  'config-invalid': 'A configuration value has the wrong type or form.',
  'env-var-missing': 'An environment variable without default is not set.',
  'var-missing': 'A variable without default is not set.',
  'template-syntax': 'A template cannot be parsed.',
  'template-runtime': 'A template failed while it was rendered.',
  'template-limit': 'A template exceeded a bound on loops, depth or output.',
  'compiler-error': 'exceptions.raise_compiler_error was called.',
  'model-invalid': 'The SQL of a model is empty or holds more than one statement.',
  'ref-not-found': 'ref() names no model, seed or snapshot.',
  'ref-disabled': 'ref() names a node that is disabled.',
  'source-not-found': 'source() names no source table.',
  'macro-not-found': 'A macro, or a dispatch target of it, does not exist.',
  'macro-arguments': 'A macro was called with wrong arguments.',
  'doc-not-found': 'doc() names no docs block.',
  'node-not-found': 'YAML describes a node that does not exist.',
  'test-not-found': 'A YAML test names no generic test.',
  'column-not-found': 'A test or description names a column the table lacks.',
  'duplicate-name': 'Two resources have the same name, or two nodes the same relation.',
  cycle: 'The graph has a cycle.',
  'selector-invalid': 'A --select or --exclude expression cannot be read.',
  'seed-invalid': 'A seed file cannot be loaded.',
  'source-file-invalid': 'A file behind a source cannot be read.',
  'connection-failed': 'The warehouse cannot be reached or refused the credentials.',
  'database-error': 'The warehouse refused a statement.',
  'contract-broken': 'The columns of a model differ from its contract.',
  'schema-changed': 'An incremental model changed its columns and on_schema_change is fail.',
  'dependents-block': 'Objects of others need a column or table that a rebuild would remove.',
  'replace-refused': 'A relation cannot be replaced without a moment in which it is gone.',
  'audit-failed': 'An error-severity test failed, so the table was not published.',
  'materialization-invalid': 'A materialization is unknown or lacks a setting.',
  'score-invalid': 'A score node cannot be fitted or applied.',
  cancelled: 'The run was cancelled.',
  internal: 'A defect in Strata itself.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** Where an error lies: a path relative to the project, 1-based line and column. */
export interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

export interface ErrorDetails {
  /** What to do about it, one sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** An error with a stable code, the place it lies at and what to do. Its message says what failed. */
export class StrataError extends Error {
  readonly code: ErrorCode;
  readonly place: Place;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, place: Place = {}, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'StrataError';
    this.code = code;
    this.place = place;
    this.hint = details.hint;
  }

  /** One line for a terminal: `models/a.sql:12:3: ref("x") not found. Did you mean "y"?` */
  format(): string {
    const { file, line, column } = this.place;
    const where = [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
    const said = `${where === '' ? '' : `${where}: `}${this.message}`;
    if (this.hint === undefined) return said;
    if (/^in macro /.test(this.hint)) return `${said} (${this.hint})`;
    return `${said}${/[.!?:]$/.test(said) ? '' : '.'} ${this.hint}`;
  }
}

/** All errors of a project at once, sorted by file, line and column. */
export class StrataErrors extends Error {
  readonly errors: readonly StrataError[];

  constructor(errors: readonly StrataError[]) {
    const sorted = joinRepeated([...errors].sort(comparePlaces));
    super(sorted.map((error) => error.format()).join('\n'));
    this.name = 'StrataErrors';
    this.errors = sorted;
  }
}

const mostWays = 3;

/**
 * One mistake met twice on one way is shown once. One in a macro is met by every model that calls it, each on a way of
 * its own: the first ways are shown, and how many there are besides. Equal errors stand together once sorted.
 */
function joinRepeated(sorted: readonly StrataError[]): readonly StrataError[] {
  const groups: StrataError[][] = [];
  for (const error of sorted) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group === undefined || first === undefined || !isSameMistake(first, error)) groups.push([error]);
    else if (group.every((other) => other.hint !== error.hint)) group.push(error);
  }
  return groups.flatMap((group) =>
    group.slice(0, mostWays).map((error, index) => {
      const others = index === mostWays - 1 ? group.length - mostWays : 0;
      if (others === 0) return error;
      return new StrataError(error.code, error.message, error.place, {
        hint: `${error.hint}; and ${others} more`,
        cause: error.cause,
      });
    }),
  );
}

function isSameMistake(a: StrataError, b: StrataError): boolean {
  const isTraced = (hint: string | undefined) => /^in macro /.test(hint ?? '');
  if (comparePlaces(a, b) !== 0) return false;
  return a.hint === b.hint || (isTraced(a.hint) && isTraced(b.hint));
}

function comparePlaces(a: StrataError, b: StrataError): number {
  return (
    compareText(a.place.file ?? '', b.place.file ?? '') ||
    (a.place.line ?? 0) - (b.place.line ?? 0) ||
    (a.place.column ?? 0) - (b.place.column ?? 0) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
