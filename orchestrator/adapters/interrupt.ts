import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MILLIS = 50;
const PATIENCE_MILLIS = 3000;

/**
 * Interrupts what runs, again and again until it ends: a statement that waits for a thread, or has not reached the
 * server yet, does not hear the first call. Gives up waiting after three seconds.
 */
export async function interruptUntilDone(
  current: () => Promise<unknown> | null,
  interrupt: () => Promise<void>,
): Promise<void> {
  const running = current();
  const deadline = Date.now() + PATIENCE_MILLIS;
  while (running !== null && current() === running && Date.now() < deadline) {
    await interrupt();
    await Promise.race([running.then(ignore, ignore), sleep(INTERVAL_MILLIS)]);
  }
}

function ignore(): void {}
