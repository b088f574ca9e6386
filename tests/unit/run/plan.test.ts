import { describe, expect, it } from 'vitest';
import { planRun, type RunCommand } from '../../../orchestrator/run/plan.ts';
import { idOf, makeManifest, type NodeSpec } from './support/project.ts';

const view = { materialized: 'view' };
const ephemeral = { materialized: 'ephemeral' };

/** `job [its audits] < what it waits for`, in the project's order. */
function plan(
  specs: readonly NodeSpec[],
  command: RunCommand = 'build',
  selected = specs.map(({ name }) => name),
  seedsFirst = false,
) {
  const manifest = makeManifest(specs, { database: 'db', schema: 'shop' });
  const selection = new Set(specs.filter(({ name }) => selected.includes(name)).map(idOf));
  const { jobs, graph } = planRun({ manifest, selection, command, seedsFirst });
  return [...jobs].map(([id, { node, audits }]) => {
    const waits = (graph.parents.get(id) ?? []).map(shorten).sort();
    return `${node.name} [${audits.map(({ name }) => name).join(' ')}] < ${waits.join(' ')}`.trimEnd();
  });
}

function shorten(id: string): string {
  return id.split('.').slice(2).join('.');
}

function model(name: string, reads: readonly string[] = [], config = {}): NodeSpec {
  return { name, reads, config };
}

function test(name: string, reads: readonly string[]): NodeSpec {
  return { name, type: 'test', reads };
}

describe('the plan of a run', () => {
  it('lets a test audit the node it reads', () => {
    expect(plan([model('a'), model('b', ['a']), test('t', ['a'])])).toEqual(['a [t] <', 'b [] < a']);
  });

  it('lets a test of several nodes audit the one downstream of the others', () => {
    expect(plan([model('a'), model('b', ['a']), test('t', ['a', 'b'])])).toEqual(['a [] <', 'b [t] < a']);
  });

  it('runs a test between siblings by itself, before what lies below both', () => {
    const specs = [
      model('a'),
      model('b'),
      model('only_a', ['a']),
      model('both', ['a', 'b']),
      model('below', ['both']),
      test('t', ['a', 'b']),
    ];
    expect(plan(specs)).toEqual([
      'a [] <',
      'b [] <',
      'only_a [] < a',
      'both [] < a b t',
      'below [] < both',
      't [] < a b',
    ]);
  });

  it('audits the table behind an ephemeral model, not the one behind a view', () => {
    const specs = [
      model('a'),
      model('e', ['a'], ephemeral),
      model('v', ['a'], view),
      test('on_e', ['e']),
      test('on_v', ['v']),
    ];
    expect(plan(specs)).toEqual(['a [on_e] <', 'v [on_v] < a']);
    expect(plan(specs, 'build', ['a', 'on_v'])).toEqual(['a [] <', 'on_v [] < a']);
  });

  it('waits through nodes that are not selected', () => {
    expect(plan([model('a'), model('b', ['a']), model('c', ['b'])], 'build', ['a', 'c'])).toEqual([
      'a [] <',
      'c [] < a',
    ]);
  });

  it('runs what the command means', () => {
    const specs: NodeSpec[] = [
      { name: 's', type: 'seed' },
      model('a', ['s']),
      test('t', ['a']),
      model('e', ['a'], ephemeral),
    ];
    expect(plan(specs, 'run')).toEqual(['a [] <']);
    expect(plan(specs, 'seed')).toEqual(['s [] <']);
    expect(plan(specs, 'test')).toEqual(['t [] <']);
    expect(plan(specs, 'compile')).toEqual(['a [] <', 'e [] < a', 't [] < a']);
  });

  it('can put all seeds first', () => {
    const specs: NodeSpec[] = [model('free'), { name: 's', type: 'seed' }, { name: 'r', type: 'seed' }];
    expect(plan(specs, 'build', undefined, true)).toEqual(['free [] < r s', 's [] <', 'r [] <']);
  });
});
