import { eventNames } from './archetypes.ts';
import { type Calendar, DAY } from './calendar.ts';
import { plans } from './plans.ts';
import type { AccountStory, Order, Profile, Subscription, SubscriptionChange } from './story.ts';
import { forEachTable, type PerTable } from './tables.ts';

/** How many rows were written, and how many of them came days late or a second time. */
export interface RowCounts {
  readonly rows: PerTable<number>;
  /** Events and orders that landed at least a day after they happened, and those that landed in a later month. */
  readonly late: { events: number; orders: number; afterMonthEnd: number };
  readonly duplicates: { events: number; orders: number };
}

/** Turns account stories into lines of CSV. Rows that had not happened or landed by the end of the history are left out. */
export class CsvRows {
  readonly counts: RowCounts = {
    rows: forEachTable(() => 0),
    late: { events: 0, orders: 0, afterMonthEnd: 0 },
    duplicates: { events: 0, orders: 0 },
  };
  readonly #calendar: Calendar;
  readonly #time: (second: number) => string;
  #text: PerTable<string> = forEachTable(() => '');
  readonly #next = { user: 0, event: 0, history: 0, subscription: 0, change: 0, order: 0 };

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
    this.#time = calendar.formatTime;
  }

  /** The price list: one row per plan, landed before anything else. */
  writePlans(): PerTable<string> {
    for (const plan of plans) {
      const amount = formatCents(plan.unitCents);
      this.#write(
        'raw_plans',
        `${plan.id},${quoteField(plan.name)},${plan.tier},${plan.interval},${amount},USD`,
        0,
        300,
      );
    }
    return this.#takeText();
  }

  /** The lines of one account, per table. */
  writeAccount(story: AccountStory): PerTable<string> {
    const id = formatAccountId(story.number);
    for (const profile of story.profiles) this.#writeProfile(id, story, profile);
    const firstUser = this.#next.user + 1;
    for (const user of story.users) {
      this.#next.user += 1;
      const line = `u${this.#next.user},${id},${user.role},${this.#time(user.createdAt)}`;
      this.#write('raw_users', line, user.createdAt, user.loadedAt);
    }
    this.#writeEvents(id, story, firstUser);
    for (const subscription of story.subscriptions) this.#writeSubscription(id, subscription);
    for (const order of story.orders) this.#writeOrder(id, order);
    return this.#takeText();
  }

  #writeProfile(id: string, story: AccountStory, profile: Profile): void {
    const { validFrom, loadedAt, employees, annualRevenue, segment, owner, industry } = profile;
    const size = `${employees},${annualRevenue},${segment},${owner}`;
    const start = `${id},${story.name},${industry},${story.country},${size},${story.leadSource}`;
    this.#write('raw_accounts', `${start},${this.#time(story.signupAt)}`, validFrom, loadedAt);
    this.#next.history += 1;
    const log = `h${this.#next.history},${id},${this.#time(validFrom)},${industry},${size}`;
    this.#write('raw_account_history', log, validFrom, loadedAt);
  }

  /** The hot loop: one string per event, no intermediate arrays. */
  #writeEvents(id: string, story: AccountStory, firstUser: number): void {
    const { events } = story;
    const end = this.#calendar.end;
    let text = '';
    let rows = 0;
    for (let row = 0; row < events.at.length; row += 1) {
      const at = events.at[row] ?? 0;
      const loadedAt = events.loadedAt[row] ?? 0;
      const again = events.again[row] ?? 0;
      this.#next.event += 1;
      if (at >= end || loadedAt > end) continue;
      const user = firstUser + (events.user[row] ?? 0);
      const name = eventNames[events.name[row] ?? 0] ?? '';
      const line = `e${this.#next.event},u${user},${id},${name},${this.#time(at)},`;
      text += `${line}${this.#time(loadedAt)}\n`;
      rows += 1;
      if (loadedAt - at >= DAY) this.#countLate('events', at, loadedAt);
      if (again === 0 || again > end) continue;
      text += `${line}${this.#time(again)}\n`;
      rows += 1;
      this.counts.duplicates.events += 1;
    }
    this.#text.raw_events += text;
    this.counts.rows.raw_events += rows;
  }

  #writeSubscription(accountId: string, subscription: Subscription): void {
    this.#next.subscription += 1;
    const id = `s${this.#next.subscription}`;
    for (const change of subscription.changes) {
      this.#next.change += 1;
      const log = `c${this.#next.change},${id},${accountId},${change.type},${this.#time(change.at)},${listChange(change)}`;
      this.#write('raw_subscription_changes', log, change.at, change.loadedAt);
      const version = `${id},${accountId},${this.#formatVersion(subscription, change)}`;
      this.#write('raw_subscriptions', version, change.at, change.loadedAt);
    }
  }

  #formatVersion(subscription: Subscription, change: SubscriptionChange): string {
    const isOver = change.type === 'cancelled';
    const status = isOver ? 'cancelled' : change.type === 'paused' ? 'paused' : 'active';
    const { type, reason } = (isOver ? subscription.cancellation : undefined) ?? { type: '', reason: '' };
    const terms = `${planId(change.plan)},${status},${change.seats},${subscription.discountPercent}`;
    return `${terms},${this.#time(subscription.startedAt)},${isOver ? this.#time(change.at) : ''},${type},${reason}`;
  }

  #writeOrder(accountId: string, order: Order): void {
    this.#next.order += 1;
    const { at, loadedAt, again, refund } = order;
    if (at >= this.#calendar.end || loadedAt > this.#calendar.end) return;
    const start = `o${this.#next.order},${accountId},${this.#time(at)}`;
    const amounts = `USD,${formatCents(order.grossCents)},${formatCents(order.discountCents)}`;
    const first = `${start},${order.isCancelled ? 'cancelled' : 'completed'},${amounts},0.00`;
    this.#write('raw_orders', first, at, loadedAt);
    if (loadedAt - at >= DAY) this.#countLate('orders', at, loadedAt);
    if (again !== 0 && this.#write('raw_orders', first, at, again)) this.counts.duplicates.orders += 1;
    if (refund === undefined) return;
    this.#write('raw_orders', `${start},refunded,${amounts},${formatCents(refund.cents)}`, at, refund.loadedAt);
  }

  #countLate(kind: 'events' | 'orders', at: number, loadedAt: number): void {
    this.counts.late[kind] += 1;
    if (this.#time(at).slice(0, 7) !== this.#time(loadedAt).slice(0, 7)) this.counts.late.afterMonthEnd += 1;
  }

  #write(table: keyof PerTable<string>, line: string, at: number, loadedAt: number): boolean {
    if (at >= this.#calendar.end || loadedAt > this.#calendar.end) return false;
    this.#text[table] += `${line},${this.#time(loadedAt)}\n`;
    this.counts.rows[table] += 1;
    return true;
  }

  #takeText(): PerTable<string> {
    const text = this.#text;
    this.#text = forEachTable(() => '');
    return text;
  }
}

/** `a00042` for account 42. */
export function formatAccountId(number: number): string {
  return `a${String(number).padStart(5, '0')}`;
}

function listChange(change: SubscriptionChange): string {
  const oldPlan = change.oldPlan === undefined ? '' : planId(change.oldPlan);
  if (change.type === 'cancelled') return `${oldPlan},,${change.oldSeats},0`;
  return `${oldPlan},${planId(change.plan)},${change.oldSeats},${change.seats}`;
}

function quoteField(text: string): string {
  return text.includes(',') ? `"${text}"` : text;
}

function planId(position: number): string {
  return plans[position]?.id ?? '';
}

function formatCents(cents: number): string {
  const rest = cents % 100;
  return `${(cents - rest) / 100}.${rest < 10 ? '0' : ''}${rest}`;
}
