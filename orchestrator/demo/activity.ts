import { type Archetype, archetypes, BURST_RATE, eventNames } from './archetypes.ts';
import { type Calendar, DAY } from './calendar.ts';
import { LATE_EVENTS, landAgain, landLate } from './landing.ts';
import type { Random } from './random.ts';
import { exponential } from './stable-math.ts';
import type { EventColumns, User } from './story.ts';

const SIGNED_IN = eventNames.indexOf('signed_in');
const PROJECT_CREATED = eventNames.indexOf('project_created');
const ONBOARDING_COMPLETED = eventNames.indexOf('onboarding_completed');
const HIGHEST_RATE = 0.97;
const PAUSED_FACTOR = 0.15;
const HABIT_SLOTS = 256;

/** Event numbers in proportion to the habits of each archetype: one draw of a byte picks a name. */
const habitTables: readonly Uint8Array[] = archetypes.map(tabulateHabits);

/** The days of one month on which an account may do something. */
export interface ActiveDays {
  /** Day numbers; `to` is not included. */
  readonly from: number;
  readonly to: number;
  /** Days between which the subscription is paused. */
  readonly pausedFrom: number;
  readonly pausedTo: number;
  /** First day of the monthly burst. */
  readonly burstFrom: number;
}

/** Draws the events of one account, month by month, into its columns. */
export class ActivityLog {
  readonly events: EventColumns = { at: [], loadedAt: [], again: [], user: [], name: [] };
  readonly #random: Random;
  readonly #calendar: Calendar;
  readonly #archetype: Archetype;
  readonly #habits: Uint8Array;
  readonly #signupAt: number;
  readonly #signupDay: number;
  readonly #onboardingDay: number;

  constructor(random: Random, calendar: Calendar, archetype: number, signupAt: number) {
    const known = archetypes[archetype];
    const habits = habitTables[archetype];
    if (known === undefined || habits === undefined) throw new RangeError(`There is no archetype ${archetype}.`);
    this.#random = random;
    this.#calendar = calendar;
    this.#archetype = known;
    this.#habits = habits;
    this.#signupAt = signupAt;
    this.#signupDay = Math.floor(signupAt / DAY);
    const days = 1 + random.below(6);
    this.#onboardingDay = random.chance(known.onboarding) ? this.#signupDay + days : -1;
  }

  /** Draws the events of the days given, at an engagement of e^`logEngagement` times the archetype's own. */
  addDays(days: ActiveDays, logEngagement: number, users: readonly User[]): void {
    const engagement = exponential(logEngagement);
    let known = 0;
    for (let day = days.from; day < days.to; day += 1) {
      while (known < users.length && (users[known]?.createdAt ?? 0) < day * DAY) known += 1;
      const pool = Math.max(1, Math.ceil(known * this.#archetype.activeUsers));
      const isPaused = day >= days.pausedFrom && day < days.pausedTo;
      const rate = this.#dailyRate(day, days.burstFrom) * engagement * (isPaused ? PAUSED_FACTOR : 1);
      if (day === this.#signupDay) this.#addFirstDay();
      else if (this.#random.uniform() < Math.min(HIGHEST_RATE, rate)) this.#addDay(day, pool);
      if (day === this.#onboardingDay) this.#add(day * DAY + 86_000, 0, ONBOARDING_COMPLETED);
    }
  }

  #dailyRate(day: number, burstFrom: number): number {
    const { dailyRate, weekendFactor, burstDays } = this.#archetype;
    if (day >= burstFrom && day < burstFrom + burstDays) return BURST_RATE;
    return this.#calendar.weekday(day) >= 5 ? dailyRate * weekendFactor : dailyRate;
  }

  #addFirstDay(): void {
    this.#add(this.#signupAt + 30, 0, SIGNED_IN);
    if (this.#random.chance(0.8)) this.#add(this.#signupAt + 60 + this.#random.below(7200), 0, PROJECT_CREATED);
  }

  #addDay(day: number, pool: number): void {
    const count = 1 + Math.floor(this.#random.uniform() * (2 * this.#archetype.extraEvents + 1));
    let at = day * DAY + 7 * 3600 + this.#random.below(30_000);
    for (let event = 0; event < count; event += 1) {
      const user = this.#random.below(pool);
      this.#add(at, user, this.#habits[this.#random.word() & (HABIT_SLOTS - 1)] ?? SIGNED_IN);
      at += 60 + this.#random.below(2400);
    }
  }

  #add(at: number, user: number, name: number): void {
    const loadedAt = landLate(this.#random, at, LATE_EVENTS);
    this.events.at.push(at);
    this.events.loadedAt.push(loadedAt);
    this.events.again.push(landAgain(this.#random, loadedAt));
    this.events.user.push(user);
    this.events.name.push(name);
  }
}

function tabulateHabits(archetype: Archetype): Uint8Array {
  const habits = eventNames.map((name) => archetype.habits[name] ?? 0);
  const total = habits.reduce((sum, weight) => sum + weight, 0);
  const table = new Uint8Array(HABIT_SLOTS);
  let event = 0;
  let upTo = habits[0] ?? 0;
  for (let slot = 0; slot < HABIT_SLOTS; slot += 1) {
    while ((slot * total) / HABIT_SLOTS >= upTo && event < habits.length - 1) {
      event += 1;
      upTo += habits[event] ?? 0;
    }
    table[slot] = event;
  }
  return table;
}
