/** One row of the price list. */
export interface Plan {
  readonly id: string;
  readonly name: string;
  readonly tier: number;
  readonly interval: 'month' | 'year';
  /** USD per seat and interval, in cents. */
  readonly unitCents: number;
}

/** The price list, cheapest first; a position in it is what a subscription keeps. */
export const plans: readonly Plan[] = [
  { id: 'starter_monthly', name: 'Starter', tier: 1, interval: 'month', unitCents: 1500 },
  { id: 'team_monthly', name: 'Team', tier: 2, interval: 'month', unitCents: 3500 },
  { id: 'team_annual', name: 'Team, yearly', tier: 2, interval: 'year', unitCents: 35700 },
  { id: 'business_monthly', name: 'Business', tier: 3, interval: 'month', unitCents: 7000 },
  { id: 'business_annual', name: 'Business, yearly', tier: 3, interval: 'year', unitCents: 71400 },
  { id: 'enterprise_annual', name: 'Enterprise, yearly', tier: 4, interval: 'year', unitCents: 118800 },
];

/** How often a new subscription starts on each plan, for small and for larger companies. */
export const planShares: { readonly small: readonly number[]; readonly large: readonly number[] } = {
  small: [0.42, 0.33, 0.12, 0.09, 0.04, 0],
  large: [0.08, 0.22, 0.2, 0.2, 0.18, 0.12],
};

/** The plan one tier up (+1) or down (-1), or `undefined` at the end of the list. */
export function neighbourPlan(position: number, direction: 1 | -1): number | undefined {
  const tier = (plans[position]?.tier ?? 0) + direction;
  const found = plans.findIndex((plan) => plan.tier === tier);
  return found === -1 ? undefined : found;
}
