import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects garbage now. Reading a large project leaves as much of it as the project itself takes, and a warehouse in the
 * same process is about to want the room; V8 would wait until it needs room itself. Some 15 ms for a thousand models.
 */
export function releaseMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
