import { StrataError } from '../errors.ts';
import { columnTags } from './columns.ts';
import type { TestDeclaration } from './generic-tests.ts';
import type { ParseContext } from './parse-context.ts';
import type { ColumnYaml, TestYaml } from './properties-schema.ts';
import { type TestLines, testsOf } from './read-properties.ts';

/** A resource that has tests in its properties. */
export interface Tested {
  readonly tests?: readonly TestYaml[] | null | undefined;
  readonly data_tests?: readonly TestYaml[] | null | undefined;
  readonly columns?: readonly ColumnYaml[] | null | undefined;
  readonly quote_columns?: unknown;
}

/** What all tests of a resource have in common. */
export type TestGround = Omit<TestDeclaration, 'written' | 'line' | 'columnName'>;

/** The tests of a resource and of its columns, in the order of the file. */
export function* declareTests(
  context: ParseContext,
  resource: Tested,
  lines: TestLines,
  ground: TestGround,
): Generator<TestDeclaration> {
  reportSpellings(context, resource, lines, ground);
  for (const [index, column] of (resource.columns ?? []).entries()) {
    const columnName = isQuoted(column, resource) ? context.render.dialect.quoteExactly(column.name) : column.name;
    const tags = [...ground.tags, ...columnTags(column)];
    for (const [at, written] of testsOf(column).entries()) {
      yield { ...ground, written, columnName, tags, line: lines.columns[index]?.[at] ?? 1 };
    }
  }
  for (const [at, written] of testsOf(resource).entries()) {
    yield { ...ground, written, columnName: null, line: lines.own[at] ?? 1 };
  }
}

function isQuoted(column: ColumnYaml, resource: Tested): boolean {
  return column.quote === true || (typeof column.quote !== 'boolean' && resource.quote_columns === true);
}

/** A resource or column whose tests are written in both spellings, which dbt refuses. */
function reportSpellings(context: ParseContext, resource: Tested, lines: TestLines, ground: TestGround): void {
  const parts = [
    { part: resource, line: lines.own[0] },
    ...(resource.columns ?? []).map((part, index) => ({ part, line: lines.columns[index]?.[0] })),
  ];
  for (const { part, line } of parts) {
    if (!part.tests?.length || !part.data_tests?.length) continue;
    const place = { file: ground.file.display, line };
    const message = '"tests" and "data_tests" mean the same and are both given.';
    context.errors.push(new StrataError('yaml-invalid', message, place, { hint: 'Keep "data_tests".' }));
  }
}
