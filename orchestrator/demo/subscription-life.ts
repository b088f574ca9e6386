import type { Calendar } from './calendar.ts';
import { DAY } from './calendar.ts';
import { END_FIRST_DAY, END_LAST_DAY, INVOLUNTARY_SHARE } from './churn-mechanism.ts';
import { landSoon, officeTime } from './landing.ts';
import { neighbourPlan, planShares } from './plans.ts';
import { pickWeighted, type Random } from './random.ts';
import { exponential } from './stable-math.ts';
import type { ChangeType, Subscription } from './story.ts';

const voluntaryReasons = ['too_expensive', 'missing_features', 'switched_vendor', 'no_longer_needed'];
const WIN_BACK = 0.1;
const MOST_SEATS = 40;

/** How often each change happens in a month: pause, more seats, fewer seats, upgrade, downgrade. */
const monthlyChanges = { pause: 0.012, moreSeats: 0.045, fewerSeats: 0.03, upgrade: 0.018, downgrade: 0.015 };

/** The subscriptions of one account as they unfold month by month. */
export class SubscriptionLife {
  readonly subscriptions: Subscription[] = [];
  plan: number;
  seats: number;
  /** The day the next subscription starts, `undefined` when none will. */
  startDay: number | undefined;
  /** The days of the current or latest pause; `pausedTo` is the day of the resumption. */
  pausedFrom = -1;
  pausedTo = -1;
  readonly #random: Random;
  #live: Subscription | undefined;

  constructor(random: Random, isLarge: boolean) {
    this.#random = random;
    this.plan = pickWeighted(random, isLarge ? planShares.large : planShares.small);
    const typical = (isLarge ? 7 : 4) * exponential(0.5 * random.normal());
    this.seats = Math.max(2, Math.min(30, Math.round(typical)));
  }

  /** The subscription that has not ended, when it started before the day given. */
  liveBefore(day: number): Subscription | undefined {
    return this.#live !== undefined && this.#live.startedAt < day * DAY ? this.#live : undefined;
  }

  /** Starts a subscription if one is due before the day given, and returns the day it started. */
  startBefore(day: number): number | undefined {
    const startDay = this.startDay;
    if (startDay === undefined || startDay >= day) return undefined;
    const startedAt = officeTime(this.#random, startDay);
    const discountPercent = [0, 0, 0, 10, 20][this.#random.below(5)] ?? 0;
    this.#live = { startedAt, discountPercent, changes: [], cancellation: undefined };
    this.subscriptions.push(this.#live);
    this.#record('created', startedAt, undefined, 0);
    this.startDay = undefined;
    return startDay;
  }

  /** Passes a month in which the subscription does not end: a resumption, or at most one change; returns added seats. */
  passMonth(firstDay: number, nextMonth: number): { readonly at: number; readonly addedSeats: number } {
    const at = officeTime(this.#random, firstDay + this.#random.below(28));
    const before = this.seats;
    if (this.#isPaused()) this.#resumeBefore(nextMonth);
    else this.#drawChange(at, this.#random.uniform());
    return { at, addedSeats: Math.max(0, this.seats - before) };
  }

  /** Ends the subscription in the month that begins at the day given, and returns the day it ended. */
  endInMonth(firstDay: number, calendar: Calendar): number {
    const endDay = firstDay + END_FIRST_DAY + this.#random.below(END_LAST_DAY - END_FIRST_DAY);
    this.#resumeBefore(endDay);
    const isInvoluntary = this.#random.chance(INVOLUNTARY_SHARE);
    const reason = voluntaryReasons[this.#random.below(voluntaryReasons.length)] ?? '';
    this.#record('cancelled', officeTime(this.#random, endDay), this.plan, this.seats);
    if (this.#live !== undefined) {
      this.#live.cancellation = isInvoluntary
        ? { type: 'involuntary', reason: 'payment_failed' }
        : { type: 'voluntary', reason };
    }
    this.#live = undefined;
    const gap = 60 + this.#random.below(60);
    if (this.#random.chance(WIN_BACK) && (endDay + gap) * DAY < calendar.end) this.startDay = endDay + gap;
    return endDay;
  }

  #resumeBefore(day: number): void {
    if (!this.#isPaused() || this.pausedTo >= day) return;
    this.#record('resumed', officeTime(this.#random, this.pausedTo), this.plan, this.seats);
  }

  #drawChange(at: number, draw: number): void {
    const { pause, moreSeats, fewerSeats, upgrade, downgrade } = monthlyChanges;
    const [plan, seats] = [this.plan, this.seats];
    const step = 1 + this.#random.below(3);
    if (draw < pause) this.#pause(at);
    else if (draw < pause + moreSeats) this.seats = Math.min(MOST_SEATS, seats + step);
    else if (draw < pause + moreSeats + fewerSeats) this.seats = Math.max(1, seats - step);
    else if (draw < pause + moreSeats + fewerSeats + upgrade) this.plan = neighbourPlan(plan, 1) ?? plan;
    else if (draw < pause + moreSeats + fewerSeats + upgrade + downgrade) this.plan = neighbourPlan(plan, -1) ?? plan;
    if (this.seats !== seats) this.#record('seats', at, plan, seats);
    if (this.plan !== plan) this.#record(this.plan > plan ? 'upgrade' : 'downgrade', at, plan, seats);
  }

  #pause(at: number): void {
    this.pausedFrom = Math.floor(at / DAY) + 1;
    this.pausedTo = this.pausedFrom + 20 + this.#random.below(25);
    this.#record('paused', at, this.plan, this.seats);
  }

  #isPaused(): boolean {
    return this.#live?.changes[this.#live.changes.length - 1]?.type === 'paused';
  }

  #record(type: ChangeType, at: number, oldPlan: number | undefined, oldSeats: number): void {
    const loadedAt = landSoon(this.#random, at);
    const { plan, seats } = this;
    this.#live?.changes.push({ type, at, loadedAt, oldPlan, plan, oldSeats, seats });
  }
}
