import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../../orchestrator/graph/graph.ts';
import { type IndirectSelection, selectNodes } from '../../../orchestrator/graph/selector.ts';
import type { Manifest } from '../../../orchestrator/manifest/manifest.ts';
import type { ResourceType } from '../../../orchestrator/manifest/node.ts';

interface Golden {
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  readonly indirectSelection?: IndirectSelection;
  readonly resourceTypes?: readonly string[];
  /** What dbt selects; null where it refuses. */
  readonly selected: readonly string[] | null;
}

const manifest = readExpected<Manifest>('manifest');
const selections = readExpected<readonly Golden[]>('selections');
const graph = buildGraph(manifest);
/** `dbt ls` lists everything but analyses unless asked. */
const listed = ['model', 'seed', 'snapshot', 'test', 'source', 'exposure'];

describe('selects what dbt selects', () => {
  it.each(selections.map((golden) => [describeArguments(golden), golden] as const))('%s', (_title, golden) => {
    const types = golden.resourceTypes ?? ['default'];
    const resourceTypes = types.flatMap((type) =>
      type === 'default' ? listed : type === 'all' ? [...listed, 'analysis'] : [type],
    );
    const request = { ...golden, resourceTypes: new Set(resourceTypes as readonly ResourceType[]) };
    if (golden.selected === null) {
      expect(() => selectNodes(manifest, graph, request)).toThrow();
    } else {
      expect(selectNodes(manifest, graph, request).uniqueIds).toEqual(golden.selected);
    }
  });
});

it('takes a test that reads a source besides what is selected, unless all it reads has to be selected', () => {
  const found = manifest.nodes['test.selection.users_are_real'];
  if (found === undefined) throw new Error('The fixture has changed.');
  const reads = { nodes: ['model.selection.dim_users', 'source.selection.billing.invoices'], macros: [] };
  const both = { ...found, unique_id: 'test.selection.both', name: 'both', depends_on: reads };
  const extended = { ...manifest, nodes: { ...manifest.nodes, [both.unique_id]: both } };
  const isTaken = (indirectSelection: IndirectSelection) =>
    selectNodes(extended, buildGraph(extended), { select: ['dim_users'], indirectSelection }).uniqueIds.includes(
      both.unique_id,
    );
  expect((['eager', 'buildable', 'cautious', 'empty'] as const).map(isTaken)).toEqual([true, true, false, false]);
});

describe('warns of what matches nothing', () => {
  it.each([
    ['dim_acounts', '"dim_acounts" matches no enabled node. Did you mean "dim_accounts"?'],
    ['rpt_old', '"rpt_old" matches no enabled node. rpt_old is disabled (models/marts/finance/rpt_old.sql).'],
    ['tag:nigthly', '"tag:nigthly" matches no enabled node. Did you mean "tag:nightly"?'],
    ['source:cmr', '"source:cmr" matches no enabled node. Did you mean "source:crm"?'],
    ['source:crm.acounts+', '"source:crm.acounts+" matches no enabled node. Did you mean "source:crm.accounts"?'],
    ['models/stagging', '"models/stagging" matches no enabled node. Did you mean "models/staging"?'],
    ['dim_users.csv', '"dim_users.csv" matches no enabled node. Did you mean "file:dim_users.sql"?'],
    [
      'config.materialized:tabel',
      '"config.materialized:tabel" matches no enabled node. Did you mean "config.materialized:table"?',
    ],
    ['exposure:user_bord', '"exposure:user_bord" matches no enabled node. Did you mean "exposure:user_board"?'],
    ['test_name:uniqe', '"test_name:uniqe" matches no enabled node. Did you mean "test_name:unique"?'],
    ['package:extra', '"package:extra" matches no enabled node. Did you mean "package:extras"?'],
    ['qqqqqqqq', '"qqqqqqqq" matches no enabled node.'],
    ['tag:nightly,tag:hourly', undefined],
    ['dim_users,tag:hourly', '"dim_users,tag:hourly" matches no enabled node.'],
  ])('%s', (word, message) => {
    const { warnings } = selectNodes(manifest, graph, { select: [word] });
    expect(warnings.map((warning) => warning.format())).toEqual(message === undefined ? [] : [message]);
  });

  it('also in --exclude, and once for each criterion', () => {
    const { warnings } = selectNodes(manifest, graph, { select: ['dim_users', 'nope'], exclude: ['zip'] });
    expect(warnings.map((warning) => warning.message)).toEqual([
      '"nope" matches no enabled node.',
      '"zip" matches no enabled node.',
    ]);
  });
});

describe('refuses what it cannot read', () => {
  it.each([
    ['tga:nightly', '"tga:nightly": there is no selector method "tga". Did you mean "tag"?'],
    [
      'wherever:x',
      '"wherever:x": there is no selector method "wherever". Methods: access, config, exposure, file, fqn, group, package, path, resource_type, source, tag, test_name, test_type.',
    ],
    [
      'state:modified',
      '"state:modified": the selector method "state" is not supported yet, it needs comparing with an earlier manifest.',
    ],
    [
      'result:error+',
      '"result:error+": the selector method "result" is not supported yet, it needs reading the results of an earlier run.',
    ],
    [
      '@dim_users+',
      '"@dim_users+" has both "@" in front and "+" behind. "@" selects the descendants already: leave "+" out.',
    ],
    ['dim_users,', '"dim_users," leaves out what to select. Write a name, a path or method:value.'],
    ['+', '"+" leaves out what to select. Write a name, a path or method:value.'],
    [
      'config:table',
      '"config:table" does not say which setting to compare. Write for instance config.materialized:table.',
    ],
    ['resource_type:modle', '"resource_type:modle": "modle" is no resource type. Did you mean "model"?'],
    ['test_type:generics', '"test_type:generics": "generics" is no test type. Did you mean "generic"?'],
    ['source:a.b.c.d', '"source:a.b.c.d" has too many parts. Write source:[package.]source or [package.]source.table.'],
    ['exposure:a.b.c', '"exposure:a.b.c" has too many parts. Write exposure:[package.]exposure.'],
  ])('%s', (word, message) => {
    expect(() => selectNodes(manifest, graph, { select: [word] })).toThrow(
      expect.objectContaining({ code: 'selector-invalid' }),
    );
    expect(formatFailure(word)).toBe(message);
  });
});

function formatFailure(word: string): string {
  try {
    selectNodes(manifest, graph, { select: [word] });
  } catch (error) {
    if (error instanceof Error && 'format' in error && typeof error.format === 'function')
      return String(error.format());
  }
  return '';
}

function describeArguments(golden: Golden): string {
  const { select, exclude, indirectSelection, resourceTypes } = golden;
  const flags = { select, exclude, 'indirect-selection': indirectSelection, 'resource-type': resourceTypes };
  const given = Object.entries(flags).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag} ${[value].flat().join(' ')}`],
  );
  return given.length === 0 ? 'without arguments' : given.join(' ');
}

function readExpected<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../fixtures/selection/expected/${name}.json`, import.meta.url), 'utf8'));
}
