import { describe, expect, it } from 'vitest';
import { chooseColors } from '../../../orchestrator/cli/colors.ts';

const plain = { noColor: false, useColors: false, env: {}, isTerminal: false };

describe('chooseColors', () => {
  it.each([
    ['on a terminal', { ...plain, isTerminal: true }, true],
    ['not in a pipe', plain, false],
    ['not on a dumb terminal', { ...plain, isTerminal: true, env: { TERM: 'dumb' } }, false],
    ['not with NO_COLOR', { ...plain, isTerminal: true, env: { NO_COLOR: '1' } }, false],
    ['with an empty NO_COLOR, which means nothing', { ...plain, isTerminal: true, env: { NO_COLOR: '' } }, true],
    ['with FORCE_COLOR in a pipe', { ...plain, env: { FORCE_COLOR: '1' } }, true],
    ['with --use-colors against NO_COLOR', { ...plain, useColors: true, env: { NO_COLOR: '1' } }, true],
    ['not with --no-color', { ...plain, noColor: true, isTerminal: true, env: { FORCE_COLOR: '1' } }, false],
  ])('%s', (_title, wish, hasColor) => {
    expect(chooseColors(wish).red('x')).toBe(hasColor ? '\u001b[31mx\u001b[39m' : 'x');
  });
});
