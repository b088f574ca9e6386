import { describe, expect, it } from 'vitest';
import { chooseTypes, type SelectingCommand } from '../../../orchestrator/cli/select-from-flags.ts';

describe('chooseTypes', () => {
  it.each<[SelectingCommand, string[] | undefined, string[] | undefined, string[]]>([
    ['build', undefined, undefined, ['exposure', 'model', 'seed', 'snapshot', 'test']],
    ['build', ['model', 'seed'], undefined, ['model', 'seed']],
    ['build', undefined, ['test'], ['exposure', 'model', 'seed', 'snapshot']],
    ['test', undefined, undefined, ['test']],
    ['list', ['default'], undefined, ['exposure', 'model', 'seed', 'snapshot', 'source', 'test']],
    ['list', ['all'], ['source'], ['analysis', 'exposure', 'model', 'seed', 'snapshot', 'test']],
    ['list', ['analysis'], undefined, ['analysis']],
  ])('%s %j without %j', (command, wanted, unwanted, types) => {
    expect([...chooseTypes(command, wanted, unwanted)].sort()).toEqual(types);
  });
});
