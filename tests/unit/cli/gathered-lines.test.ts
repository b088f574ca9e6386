import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { GatheredLines } from '../../../orchestrator/cli/gathered-lines.ts';

class Stream {
  readonly parts: string[] = [];
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }

  write(text: string): void {
    this.parts.push(text);
  }
}

test('lines that may wait are written together, a moment later', async () => {
  const stream = new Stream(false);
  const lines = new GatheredLines(stream);
  lines.writeSoon('a\n');
  lines.writeSoon('b\n');
  expect(stream.parts).toEqual([]);
  await wait(200);
  expect(stream.parts).toEqual(['a\nb\n']);
});

test('a line that may not wait comes after those that do', () => {
  const stream = new Stream(false);
  const lines = new GatheredLines(stream);
  lines.writeSoon('a\n');
  lines.write('b\n');
  lines.flush();
  expect(stream.parts).toEqual(['a\nb\n']);
});

test('a terminal gets each line at once', () => {
  const stream = new Stream(true);
  const lines = new GatheredLines(stream);
  lines.writeSoon('a\n');
  lines.writeSoon('b\n');
  expect(stream.parts).toEqual(['a\n', 'b\n']);
});
