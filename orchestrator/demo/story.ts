import type { ArchetypeName } from './archetypes.ts';
import type { ChurnFeatures } from './churn-mechanism.ts';

/** Attributes of a company that change over time. All times are seconds since the start of the history. */
export interface Profile {
  readonly validFrom: number;
  readonly loadedAt: number;
  readonly industry: string;
  readonly employees: number;
  readonly annualRevenue: number;
  readonly segment: string;
  readonly owner: string;
}

export interface User {
  readonly createdAt: number;
  readonly loadedAt: number;
  readonly role: string;
}

/** The events of one account as columns, in order of day. `again` is the time of a second delivery, or 0. */
export interface EventColumns {
  readonly at: number[];
  readonly loadedAt: number[];
  readonly again: number[];
  readonly user: number[];
  readonly name: number[];
}

export type ChangeType = 'created' | 'upgrade' | 'downgrade' | 'seats' | 'paused' | 'resumed' | 'cancelled';

/** One change of a subscription and the state after it; plans are positions in the price list. */
export interface SubscriptionChange {
  readonly type: ChangeType;
  readonly at: number;
  readonly loadedAt: number;
  readonly oldPlan: number | undefined;
  readonly plan: number;
  readonly oldSeats: number;
  readonly seats: number;
}

export interface Subscription {
  readonly startedAt: number;
  readonly discountPercent: number;
  readonly changes: SubscriptionChange[];
  cancellation: { readonly type: string; readonly reason: string } | undefined;
}

/** An order; amounts in cents. `refund` is the later version of it, `again` the time of a second delivery, or 0. */
export interface Order {
  readonly at: number;
  readonly loadedAt: number;
  readonly again: number;
  readonly isCancelled: boolean;
  readonly grossCents: number;
  readonly discountCents: number;
  readonly refund: { readonly cents: number; readonly loadedAt: number } | undefined;
}

/** What was true of an account at an observation date. */
export interface Observation {
  /** Day number of the date. */
  readonly day: number;
  readonly features: ChurnFeatures;
  /** The probability that its subscription ends in the following month. */
  readonly probability: number;
  /** Whether it did; `undefined` where the history ends before that is known. */
  readonly churned: boolean | undefined;
}

/** Everything that happened to one account, and the truth about it. */
export interface AccountStory {
  /** 1-based. */
  readonly number: number;
  readonly name: string;
  readonly country: string;
  readonly leadSource: string;
  readonly signupAt: number;
  readonly archetype: ArchetypeName;
  /** Whether it ever subscribed. */
  readonly isConverted: boolean;
  readonly profiles: readonly Profile[];
  readonly users: readonly User[];
  readonly events: EventColumns;
  readonly subscriptions: readonly Subscription[];
  readonly orders: readonly Order[];
  readonly observations: readonly Observation[];
}
