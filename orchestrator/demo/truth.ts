import { archetypeNames, archetypeShares, betterCohort } from './archetypes.ts';
import { type Calendar, DAY } from './calendar.ts';
import { churnCoefficients, END_FIRST_DAY, END_LAST_DAY, OUTCOME_DAYS } from './churn-mechanism.ts';
import { formatAccountId, type RowCounts } from './csv-rows.ts';
import { computePlantedAuc, type Outcome, type PlantedAuc, roundTo } from './planted-auc.ts';
import type { AccountStory } from './story.ts';

const RETENTION_DAYS = 183;

/** The features of an observation, in the order in which the truth file lists them. */
const observedFeatures = [
  'active_days_28d',
  'activity_trend_28d',
  'seat_utilisation_28d',
  'tenure_days',
  'orders_90d',
  'has_downgrade_90d',
] as const;

interface Retention {
  accounts: number;
  retained: number;
}

/** Gathers what was planted while accounts are made, and states it at the end. */
export class TruthLog {
  readonly #calendar: Calendar;
  readonly #accounts: string[] = [];
  readonly #observations: string[] = [];
  readonly #outcomes: (Outcome & { readonly day: number })[] = [];
  readonly #cohort: Retention = { accounts: 0, retained: 0 };
  readonly #others: Retention = { accounts: 0, retained: 0 };

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
  }

  /** Notes the truth about one account. */
  add(story: AccountStory): void {
    const id = formatAccountId(story.number);
    const signupDay = this.#calendar.formatDay(Math.floor(story.signupAt / DAY));
    this.#accounts.push(JSON.stringify([id, story.archetype, signupDay, story.isConverted]));
    for (const { day, features, probability: exact, churned } of story.observations) {
      // Rounded first: sums that are equal on paper but for the last bit are ties for the AUC too.
      const probability = roundTo(exact, 9);
      const values = observedFeatures.map((name) => roundTo(features[name], 9));
      const row = [id, this.#calendar.formatDay(day), ...values, probability, churned ?? null];
      this.#observations.push(JSON.stringify(row));
      if (churned !== undefined) this.#outcomes.push({ day, probability, churned });
    }
    this.#noteRetention(story, signupDay);
  }

  /** The truth file: JSON, one account and one observation a line. */
  format(options: { readonly accounts: number; readonly seed: number; readonly counts: RowCounts }): string {
    const { late } = options.counts;
    const head = {
      accounts: options.accounts,
      seed: options.seed,
      until: this.#calendar.formatDay(Math.floor(this.#calendar.end / DAY)),
      rows: options.counts.rows,
      late_rows: { events: late.events, orders: late.orders, after_month_end: late.afterMonthEnd },
      duplicate_rows: options.counts.duplicates,
      archetypes: { names: archetypeNames, usual_shares: archetypeShares.usual },
      churn: this.#describeChurn(),
      better_cohort: this.#describeCohort(),
      account_columns: ['account_id', 'archetype', 'signup_date', 'is_converted'],
      observation_columns: ['account_id', 'as_of_date', ...observedFeatures, 'probability', 'churned'],
    };
    const body = JSON.stringify(head, null, 2).slice(0, -2);
    const lists = [listLines('account_rows', this.#accounts), listLines('observations', this.#observations)];
    return `${body},\n${lists.join(',\n')}\n}\n`;
  }

  #describeChurn(): object {
    const days = [...new Set(this.#outcomes.map((outcome) => outcome.day))].sort((a, b) => a - b);
    const from = days[days.length - Math.max(1, Math.round(days.length / 4))] ?? 0;
    const late = this.#outcomes.filter((outcome) => outcome.day >= from);
    return {
      coefficients: churnCoefficients,
      end_days_after_date: [END_FIRST_DAY, END_LAST_DAY - 1],
      horizon_days: OUTCOME_DAYS,
      lead_days: 0,
      planted_auc: {
        all_dates: computePlantedAuc(this.#outcomes),
        last_quarter: { from: this.#calendar.formatDay(from), ...computePlantedAuc(late) },
      } satisfies Record<string, PlantedAuc & { from?: string }>,
    };
  }

  #describeCohort(): object {
    const month = this.#calendar.monthStarts[betterCohort.month] ?? 0;
    return {
      signup_month: this.#calendar.formatDay(month),
      archetype_shares: archetypeShares.betterCohort,
      conversion: betterCohort.conversion,
      usual_conversion: betterCohort.usualConversion,
      log_engagement_at_signup: betterCohort.engagement,
      monthly_drift: betterCohort.drift,
      usual_monthly_drift: betterCohort.usualDrift,
      subscribed_after_days: RETENTION_DAYS,
      converted_accounts: this.#cohort.accounts,
      retained_accounts: this.#cohort.retained,
      other_converted_accounts: this.#others.accounts,
      other_retained_accounts: this.#others.retained,
    };
  }

  #noteRetention(story: AccountStory, signupDay: string): void {
    const at = story.signupAt + RETENTION_DAYS * DAY;
    if (!story.isConverted || at >= this.#calendar.end) return;
    const month = this.#calendar.formatDay(this.#calendar.monthStarts[betterCohort.month] ?? 0).slice(0, 7);
    const group = signupDay.startsWith(month) ? this.#cohort : this.#others;
    group.accounts += 1;
    if (isSubscribed(story, at)) group.retained += 1;
  }
}

function isSubscribed(story: AccountStory, at: number): boolean {
  return story.subscriptions.some(({ startedAt, changes }) => {
    const last = changes[changes.length - 1];
    return startedAt < at && !(last?.type === 'cancelled' && last.at < at);
  });
}

function listLines(name: string, lines: readonly string[]): string {
  return `  "${name}": [\n    ${lines.join(',\n    ')}\n  ]`;
}
