import { DAY } from './calendar.ts';
import type { Random } from './random.ts';

/** Share of events that land days late, and the most days. */
export const LATE_EVENTS = { share: 0.02, days: 9 } as const;

/** Share of orders that land days late, and the most days. */
export const LATE_ORDERS = { share: 0.02, days: 12 } as const;

/** Share of events and of orders that are delivered a second time. */
const DUPLICATE_SHARE = 0.008;

const SOONEST = 120;
const USUAL_SPAN = 3180;

/** The second at which a row usually lands: 2 to 55 minutes after it happened. */
export function landSoon(random: Random, at: number): number {
  return at + SOONEST + random.below(USUAL_SPAN);
}

/** The second at which a row lands when some come days late. */
export function landLate(random: Random, at: number, late: { readonly share: number; readonly days: number }): number {
  const soon = landSoon(random, at);
  return random.chance(late.share) ? soon + DAY * (1 + random.below(late.days)) : soon;
}

/** The second of a further delivery of a row, or 0 for most rows, which have none. */
export function landAgain(random: Random, loadedAt: number): number {
  return random.chance(DUPLICATE_SHARE) ? loadedAt + 3600 + random.below(3 * DAY) : 0;
}

/** A second of the given day within office hours, 08:00 to 18:00, so that the row lands on the same day. */
export function officeTime(random: Random, day: number): number {
  return day * DAY + 8 * 3600 + random.below(10 * 3600);
}
