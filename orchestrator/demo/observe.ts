import { DAY } from './calendar.ts';
import type { ChurnFeatures } from './churn-mechanism.ts';
import type { EventColumns, Order, Subscription } from './story.ts';

/** What of an account can be seen when it is observed. */
export interface Visible {
  readonly signupAt: number;
  readonly seats: number;
  readonly events: EventColumns;
  readonly orders: readonly Order[];
  readonly subscriptions: readonly Subscription[];
}

interface RecentActivity {
  readonly activeDays: number;
  readonly events: number;
  readonly eventsBefore: number;
  readonly users: number;
}

/** The churn features of an account at the start of a day, from the rows that had landed by then. */
export function observeFeatures(visible: Visible, day: number): ChurnFeatures {
  const recent = countRecentActivity(visible.events, day);
  const change = (recent.events - recent.eventsBefore) / Math.max(1, recent.eventsBefore);
  return {
    active_days_28d: recent.activeDays,
    activity_trend_28d: Math.max(-1, Math.min(1, change)),
    seat_utilisation_28d: Math.min(1, recent.users / visible.seats),
    tenure_days: day - Math.floor(visible.signupAt / DAY),
    orders_90d: countOrders(visible.orders, day),
    has_downgrade_90d: visible.subscriptions.some((subscription) => hasDowngrade(subscription, day)) ? 1 : 0,
  };
}

function countRecentActivity(events: EventColumns, day: number): RecentActivity {
  const now = day * DAY;
  const [since, before] = [now - 28 * DAY, now - 56 * DAY];
  const days = new Set<number>();
  const users = new Set<number>();
  let recent = 0;
  let eventsBefore = 0;
  // Days are in order, so the scan can end with the first event of an older day.
  for (let row = events.at.length - 1; row >= 0; row -= 1) {
    const at = events.at[row] ?? 0;
    if (at < before) break;
    if (at >= now || (events.loadedAt[row] ?? 0) > now) continue;
    if (at < since) {
      eventsBefore += 1;
      continue;
    }
    recent += 1;
    days.add(Math.floor(at / DAY));
    users.add(events.user[row] ?? 0);
  }
  return { activeDays: days.size, events: recent, eventsBefore, users: users.size };
}

function countOrders(orders: readonly Order[], day: number): number {
  const now = day * DAY;
  return orders.filter(
    (order) => !order.isCancelled && order.at >= now - 90 * DAY && order.at < now && order.loadedAt <= now,
  ).length;
}

function hasDowngrade(subscription: Subscription, day: number): boolean {
  const now = day * DAY;
  return subscription.changes.some(
    (change) =>
      (change.type === 'downgrade' || (change.type === 'seats' && change.seats < change.oldSeats)) &&
      change.at >= now - 90 * DAY &&
      change.at < now,
  );
}
