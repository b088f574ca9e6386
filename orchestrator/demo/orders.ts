import { DAY } from './calendar.ts';
import { LATE_ORDERS, landAgain, landLate, landSoon } from './landing.ts';
import { drawCount, type Random } from './random.ts';
import { exponential } from './stable-math.ts';
import type { Order } from './story.ts';

const BUYERS = 0.7;
const CANCELLED = 0.06;
const REFUNDED = 0.05;
const FULL_REFUND = 0.6;
const DISCOUNTED = 0.25;
const HIGHEST_RATE = 6;

/** How an account buys: both figures are log-normal, so a few accounts are most of the revenue. */
export interface BuyingHabit {
  /** Orders per 30 days; 0 for the accounts that never order. */
  readonly rate: number;
  /** Typical order value in cents. */
  readonly typicalCents: number;
}

/** Draws how often an account orders, and for how much. */
export function drawBuyingHabit(random: Random): BuyingHabit {
  const isBuyer = random.chance(BUYERS);
  const rate = Math.min(HIGHEST_RATE, exponential(-0.75 + 0.9 * random.normal()));
  const typicalCents = Math.round(14_000 * exponential(0.8 * random.normal()));
  return { rate: isBuyer ? rate : 0, typicalCents };
}

/** The orders of the days `from` to before `to`, by time. */
export function drawOrders(random: Random, habit: BuyingHabit, from: number, to: number): Order[] {
  if (habit.rate === 0 || to <= from) return [];
  const count = drawCount(random, exponential((-habit.rate * (to - from)) / 30));
  const times = Array.from({ length: count }, () => from * DAY + random.below((to - from) * DAY));
  return times.sort((a, b) => a - b).map((at) => drawOrder(random, habit, at));
}

function drawOrder(random: Random, habit: BuyingHabit, at: number): Order {
  const loadedAt = landLate(random, at, LATE_ORDERS);
  const grossCents = Math.max(500, Math.round(habit.typicalCents * exponential(0.5 * random.normal())));
  const discountCents = random.chance(DISCOUNTED) ? Math.round((grossCents * (5 + random.below(16))) / 100) : 0;
  const isCancelled = random.chance(CANCELLED);
  const again = landAgain(random, loadedAt);
  return {
    at,
    loadedAt,
    // A refund lands days later; a second delivery of the first version must come before it.
    again: again > loadedAt + 2 * DAY ? 0 : again,
    isCancelled,
    grossCents,
    discountCents,
    refund: isCancelled ? undefined : drawRefund(random, loadedAt, grossCents - discountCents),
  };
}

function drawRefund(random: Random, loadedAt: number, netCents: number): Order['refund'] {
  if (!random.chance(REFUNDED)) return undefined;
  const share = random.chance(FULL_REFUND) ? 1 : 0.2 + 0.6 * random.uniform();
  return { cents: Math.round(netCents * share), loadedAt: landSoon(random, loadedAt + DAY * (3 + random.below(28))) };
}
