/** The names of the behavioural archetypes, in the order of all weights. */
export const archetypeNames = ['power', 'steady', 'bursty', 'explorer', 'dormant'] as const;

export type ArchetypeName = (typeof archetypeNames)[number];

/** Every event name, in the order of the event numbers; the last two happen once, in the first week. */
export const eventNames = [
  'signed_in',
  'report_viewed',
  'report_created',
  'report_shared',
  'dashboard_viewed',
  'dashboard_created',
  'data_imported',
  'data_exported',
  'integration_connected',
  'alert_created',
  'comment_added',
  'user_invited',
  'api_called',
  'project_created',
  'onboarding_completed',
] as const;

export type EventName = (typeof eventNames)[number];

/** How the accounts of one archetype behave. */
export interface Archetype {
  readonly name: ArchetypeName;
  /** Probability of a working day with any event, before engagement moves it. */
  readonly dailyRate: number;
  /** What a weekend's probability is multiplied by. */
  readonly weekendFactor: number;
  /** Days of the monthly burst; outside it only `dailyRate` counts. 0: no bursts. */
  readonly burstDays: number;
  /** Mean events on an active day beyond the first. */
  readonly extraEvents: number;
  /** Share of the account's users that do anything. */
  readonly activeUsers: number;
  /** Probability of finishing onboarding in the first week. */
  readonly onboarding: number;
  /** What it does, and how often relative to each other. */
  readonly habits: Readonly<Partial<Record<EventName, number>>>;
}

/** Probability of an event on a day of a burst. */
export const BURST_RATE = 0.88;

/** The five archetypes, in the order of `archetypeNames`. */
export const archetypes: readonly Archetype[] = [
  {
    name: 'power',
    dailyRate: 0.64,
    weekendFactor: 0.4,
    burstDays: 0,
    extraEvents: 0.35,
    activeUsers: 0.95,
    onboarding: 0.85,
    habits: {
      signed_in: 3,
      report_viewed: 3,
      report_created: 3,
      dashboard_viewed: 3,
      dashboard_created: 2,
      data_exported: 2,
      api_called: 2,
      report_shared: 2,
    },
  },
  {
    name: 'steady',
    dailyRate: 0.41,
    weekendFactor: 0.12,
    burstDays: 0,
    extraEvents: 0.12,
    activeUsers: 0.7,
    onboarding: 0.65,
    habits: { signed_in: 3, report_viewed: 5, dashboard_viewed: 3, report_created: 1 },
  },
  {
    name: 'bursty',
    dailyRate: 0.012,
    weekendFactor: 1,
    burstDays: 5,
    extraEvents: 2.4,
    activeUsers: 0.5,
    onboarding: 0.5,
    habits: { data_imported: 4, report_created: 3, data_exported: 4 },
  },
  {
    name: 'explorer',
    dailyRate: 0.28,
    weekendFactor: 0.3,
    burstDays: 0,
    extraEvents: 0.35,
    activeUsers: 0.6,
    onboarding: 0.75,
    habits: {
      signed_in: 1,
      report_viewed: 1,
      report_created: 1,
      report_shared: 1,
      dashboard_viewed: 1,
      dashboard_created: 1,
      data_imported: 1,
      data_exported: 1,
      integration_connected: 1,
      alert_created: 1,
      comment_added: 1,
      user_invited: 1,
      api_called: 1,
    },
  },
  {
    name: 'dormant',
    dailyRate: 0.055,
    weekendFactor: 0.2,
    burstDays: 0,
    extraEvents: 0.1,
    activeUsers: 0.25,
    onboarding: 0.25,
    habits: { signed_in: 4, report_viewed: 1 },
  },
];

/** Share of each archetype among sign-ups, outside and inside the better cohort. */
export const archetypeShares: { readonly usual: readonly number[]; readonly betterCohort: readonly number[] } = {
  usual: [0.12, 0.26, 0.17, 0.18, 0.27],
  betterCohort: [0.34, 0.46, 0.05, 0.15, 0],
};

/** The sign-up month that keeps its accounts longer, and what makes it so. */
export const betterCohort = {
  /** Months since the start of the history: 2024-06. */
  month: 5,
  /** Share that subscribes after the trial, against the usual one. */
  conversion: 1,
  usualConversion: 0.92,
  /** Added to the log engagement of its accounts at sign-up. */
  engagement: 0.4,
  /** Monthly drift of log engagement, against the usual one. */
  drift: 0.05,
  usualDrift: -0.03,
} as const;
