import { type MalformedCase, withCommand } from '../malformed-case.ts';

/** Selections that cannot be read or match nothing where that is an error. */
export const selectors: readonly MalformedCase[] = [
  {
    name: 'an unknown method',
    command: ['build', '--select', 'tagg:daily'],
    stderr: ['Error: "tagg:daily": there is no selector method "tagg". Did you mean "tag"?'],
    asProcess: true,
  },
  withCommand(
    'a method like no other',
    ['build', '--select', 'colour:red'],
    'Error: "colour:red": there is no selector method "colour". Methods: access, config, exposure, file, fqn, group, package, path, resource_type, source, tag, test_name, test_type.',
  ),
  withCommand(
    'a method that is not supported yet',
    ['build', '--select', 'state:modified'],
    'Error: "state:modified": the selector method "state" is not supported yet, it needs comparing with an earlier manifest.',
  ),
  withCommand(
    'another method that is not supported yet',
    ['build', '--select', 'result:error'],
    'Error: "result:error": the selector method "result" is not supported yet, it needs reading the results of an earlier run.',
  ),
  withCommand(
    'a method without a value',
    ['build', '--select', 'tag:'],
    'Error: "tag:" leaves out what to select. Write a name, a path or method:value.',
  ),
  withCommand(
    'a plus alone',
    ['build', '--select', '+'],
    'Error: "+" leaves out what to select. Write a name, a path or method:value.',
  ),
  withCommand(
    'an at sign with descendants',
    ['build', '--select', '@orders+'],
    'Error: "@orders+" has both "@" in front and "+" behind. "@" selects the descendants already: leave "+" out.',
  ),
  withCommand(
    'a depth that is a word',
    ['build', '--warn-error', '--select', 'two+orders'],
    'Error: "two+orders" matches no enabled node.',
  ),
  withCommand(
    'an intersection with nothing',
    ['build', '--select', 'orders,'],
    'Error: "orders," leaves out what to select. Write a name, a path or method:value.',
  ),
  withCommand(
    'a bracket that is never closed',
    ['build', '--warn-error', '--select', 'ord[ab'],
    'Error: "ord[ab" matches no enabled node.',
  ),
  withCommand(
    'an unknown resource type',
    ['build', '--select', 'resource_type:modell'],
    'Error: "resource_type:modell": "modell" is no resource type. Did you mean "model"?',
  ),
  withCommand(
    'an unknown test type',
    ['build', '--select', 'test_type:genric'],
    'Error: "test_type:genric": "genric" is no test type. Did you mean "generic"?',
  ),
  withCommand(
    'an unknown config key',
    ['build', '--warn-error', '--select', 'config.materialised:table'],
    'Error: "config.materialised:table" matches no enabled node.',
  ),
  withCommand(
    'an unknown method in --exclude',
    ['build', '--exclude', 'pth:models'],
    'Error: "pth:models": there is no selector method "pth". Did you mean "path"?',
  ),
  withCommand(
    'a name that matches nothing, with warnings as errors',
    ['build', '--warn-error', '--select', 'ordrs'],
    'Error: "ordrs" matches no enabled node. Did you mean "orders"?',
  ),
  withCommand('an empty name', ['build', '--select', ''], 'Error: --select needs a value. Write --select NODES.'),
  withCommand(
    'several expressions, one of them wrong',
    ['build', '--select', 'orders', 'tgs:daily', 'customers'],
    'Error: "tgs:daily": there is no selector method "tgs". Did you mean "tag"?',
  ),
];
