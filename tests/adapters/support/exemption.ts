import { test } from 'vitest';

/** Why a warehouse cannot pass a check. */
export interface Exemption {
  readonly reason: string;
  /** Why it is not even tried: it would hang, break the server for others, or pass where the warehouse itself does not. */
  readonly untried?: string;
}

/** Exemptions by the name of the check; a text is its reason. */
export type Exemptions = Readonly<Record<string, string | Exemption>>;

/**
 * Declares a check. One that is exempt is tried all the same and must fail, so that an exemption that is no longer needed
 * is noticed; it then counts as skipped, with the reason in its name.
 */
export function declareCheck(name: string, exemptions: Exemptions, check: () => Promise<void>): void {
  const exemption = findExemption(name, exemptions);
  if (exemption === undefined) test(name, check);
  else declareExempt(name, exemption, check);
}

function declareExempt(name: string, { reason, untried }: Exemption, check: () => Promise<void>): void {
  if (untried !== undefined) {
    test.skip(`${name}: ${reason}; not tried, since ${untried}`, check);
    return;
  }
  test(`${name}: ${reason}`, async ({ skip }) => {
    await expectFailure(name, check);
    skip();
  });
}

/** The exemption of a check, if it has one. */
export function findExemption(name: string, exemptions: Exemptions): Exemption | undefined {
  const found = exemptions[name];
  return typeof found === 'string' ? { reason: found } : found;
}

/** Throws where an exempt check passes. */
export async function expectFailure(name: string, check: () => Promise<void>): Promise<void> {
  const hasPassed = await check().then(
    () => true,
    () => false,
  );
  if (hasPassed) throw new Error(`exemption no longer needed: "${name}"`);
}
