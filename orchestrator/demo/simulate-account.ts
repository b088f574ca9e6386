import { ActivityLog } from './activity.ts';
import { archetypeNames, betterCohort } from './archetypes.ts';
import { type Calendar, DAY } from './calendar.ts';
import { churnProbability, OUTCOME_DAYS } from './churn-mechanism.ts';
import { drawProfiles, drawSignUp, type SignUp } from './firmographics.ts';
import { observeFeatures } from './observe.ts';
import { type BuyingHabit, drawBuyingHabit, drawOrders } from './orders.ts';
import { createRandom, type Random } from './random.ts';
import type { AccountStory, Observation, Order, User } from './story.ts';
import { SubscriptionLife } from './subscription-life.ts';
import { addUsers, drawFirstUsers } from './users.ts';

const TRIAL_DAYS = 14;
const ENGAGEMENT_MEMORY = 0.8;
const ENGAGEMENT_NOISE = 0.17;

/** The state of an account that the months hand on to each other. */
interface Life {
  readonly random: Random;
  readonly calendar: Calendar;
  readonly signUp: SignUp;
  readonly subscription: SubscriptionLife;
  readonly activity: ActivityLog;
  readonly users: User[];
  readonly habit: BuyingHabit;
  readonly orders: Order[];
  readonly observations: Observation[];
  /** The account does things on days from `activeFrom` to before `activeTo`. */
  activeFrom: number;
  activeTo: number;
  logEngagement: number;
}

/** Plays the life of one account. It depends on the seed, its own number and the calendar only, not on other accounts. */
export function simulateAccount(seed: number, number: number, calendar: Calendar): AccountStory {
  const random = createRandom(seed, number);
  const signUp = drawSignUp(random, calendar);
  const isConverted = random.chance(isInBetterCohort(signUp) ? betterCohort.conversion : betterCohort.usualConversion);
  const life = beginLife(random, calendar, signUp, isConverted);
  for (let month = signUp.signupMonth; month < calendar.months; month += 1) playMonth(life, month);
  const lastDay = calendar.monthStarts[calendar.months] ?? 0;
  if (lastDay * DAY === calendar.end) observe(life, lastDay);
  return {
    number,
    name: signUp.name,
    country: signUp.country,
    leadSource: signUp.leadSource,
    signupAt: signUp.signupAt,
    archetype: archetypeNames[signUp.archetype] ?? 'steady',
    isConverted,
    profiles: drawProfiles(random, calendar, signUp),
    users: life.users,
    events: life.activity.events,
    subscriptions: life.subscription.subscriptions,
    orders: life.orders,
    observations: life.observations,
  };
}

function beginLife(random: Random, calendar: Calendar, signUp: SignUp, isConverted: boolean): Life {
  const signupDay = Math.floor(signUp.signupAt / DAY);
  const subscription = new SubscriptionLife(random, signUp.isLarge);
  const trial = 3 + random.below(TRIAL_DAYS - 2);
  if (isConverted) subscription.startDay = signupDay + trial;
  return {
    random,
    calendar,
    signUp,
    subscription,
    activity: new ActivityLog(random, calendar, signUp.archetype, signUp.signupAt),
    users: drawFirstUsers(random, signUp.signupAt, subscription.seats),
    habit: drawBuyingHabit(random),
    orders: [],
    observations: [],
    activeFrom: signupDay,
    activeTo: isConverted ? Number.POSITIVE_INFINITY : signupDay + TRIAL_DAYS,
    logEngagement: isInBetterCohort(signUp) ? betterCohort.engagement : 0,
  };
}

function playMonth(life: Life, month: number): void {
  const from = life.calendar.monthStarts[month] ?? 0;
  const to = life.calendar.monthStarts[month + 1] ?? 0;
  const { subscription, random } = life;
  const isLive = subscription.liveBefore(from) !== undefined;
  if (isLive && observe(life, from)) {
    life.activeTo = subscription.endInMonth(from, life.calendar);
  } else if (isLive) {
    const change = subscription.passMonth(from, to);
    addUsers(random, life.users, change.at, change.addedSeats);
  }
  playDays(life, from, to);
  const startDay = subscription.startBefore(to);
  if (startDay !== undefined && life.activeTo <= startDay) {
    // Won back: the gap since the end has no activity.
    life.activeFrom = startDay;
    life.activeTo = Number.POSITIVE_INFINITY;
    life.logEngagement = 0;
    playDays(life, from, to);
  }
  moveEngagement(life);
}

function playDays(life: Life, monthFrom: number, monthTo: number): void {
  const { random, subscription } = life;
  const from = Math.max(monthFrom, life.activeFrom);
  const to = Math.min(monthTo, life.activeTo);
  const burstFrom = monthFrom + random.below(22);
  const { pausedFrom, pausedTo } = subscription;
  life.activity.addDays({ from, to, pausedFrom, pausedTo, burstFrom }, life.logEngagement, life.users);
  const signupDay = Math.floor(life.signUp.signupAt / DAY);
  life.orders.push(...drawOrders(random, life.habit, Math.max(from, signupDay + 1), to));
}

/** Observes a live account at the start of a day, and draws whether its subscription ends in the month after. */
function observe(life: Life, day: number): boolean {
  const { subscription, signUp, random } = life;
  if (subscription.liveBefore(day) === undefined) return false;
  const features = observeFeatures(
    {
      signupAt: signUp.signupAt,
      seats: subscription.seats,
      events: life.activity.events,
      orders: life.orders,
      subscriptions: subscription.subscriptions,
    },
    day,
  );
  const probability = churnProbability(features);
  const willEnd = random.chance(probability);
  const isKnown = (day + OUTCOME_DAYS) * DAY <= life.calendar.end;
  life.observations.push({ day, features, probability, churned: isKnown ? willEnd : undefined });
  return willEnd;
}

/** Log engagement wanders back to a level that sinks a little, except for the better cohort. */
function moveEngagement(life: Life): void {
  const drift = isInBetterCohort(life.signUp) ? betterCohort.drift : betterCohort.usualDrift;
  life.logEngagement = ENGAGEMENT_MEMORY * life.logEngagement + drift + ENGAGEMENT_NOISE * life.random.normal();
}

function isInBetterCohort(signUp: SignUp): boolean {
  return signUp.signupMonth === betterCohort.month;
}
