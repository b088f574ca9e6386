import { logistic } from './stable-math.ts';

/** What the churn probability of an account at a date depends on; every one can be computed from the raw tables. */
export interface ChurnFeatures {
  readonly active_days_28d: number;
  readonly activity_trend_28d: number;
  readonly seat_utilisation_28d: number;
  readonly tenure_days: number;
  readonly orders_90d: number;
  readonly has_downgrade_90d: number;
}

/** The planted coefficients, on the features as they are (not standardised). */
export const churnCoefficients: Readonly<ChurnFeatures & { intercept: number }> = {
  intercept: -0.55,
  active_days_28d: -0.15,
  activity_trend_28d: -0.8,
  seat_utilisation_28d: -1.2,
  tenure_days: -0.002,
  orders_90d: -0.3,
  has_downgrade_90d: 1.1,
};

/** Share of ends that are failed payments; drawn apart from the features, so the sum of both stays logistic. */
export const INVOLUNTARY_SHARE = 0.15;

/** A planted end lies at least this many days after the observation date … */
export const END_FIRST_DAY = 3;

/** … and fewer than this many, so that it falls in the month and inside a horizon of 30 days. */
export const END_LAST_DAY = 28;

/** Days after an observation date by which its outcome is known. */
export const OUTCOME_DAYS = 30;

/** The probability that the subscription ends in the month after the observation date. */
export function churnProbability(features: ChurnFeatures): number {
  const c = churnCoefficients;
  return logistic(
    c.intercept +
      c.active_days_28d * features.active_days_28d +
      c.activity_trend_28d * features.activity_trend_28d +
      c.seat_utilisation_28d * features.seat_utilisation_28d +
      c.tenure_days * features.tenure_days +
      c.orders_90d * features.orders_90d +
      c.has_downgrade_90d * features.has_downgrade_90d,
  );
}
