import { archetypeNames, archetypeShares, betterCohort } from './archetypes.ts';
import type { Calendar } from './calendar.ts';
import { landSoon, officeTime } from './landing.ts';
import { pickWeighted, type Random } from './random.ts';
import { exponential } from './stable-math.ts';
import type { Profile } from './story.ts';

const industries = ['software', 'finance', 'healthcare', 'retail', 'manufacturing', 'education', 'media', 'logistics'];
const industryShares = [24, 14, 12, 14, 12, 8, 9, 7];
const countries = ['US', 'GB', 'DE', 'FR', 'NL', 'CA', 'AU', 'SE'];
const countryShares = [46, 14, 12, 7, 6, 7, 5, 3];
const leadSources = ['organic', 'paid_search', 'referral', 'outbound', 'partner'];
const leadSourceShares = [34, 24, 18, 15, 9];
const firstWords = ['Amber', 'Blue', 'Cedar', 'Delta', 'Ember', 'Falcon', 'Granite', 'Harbour', 'Iron', 'Juniper'];
const secondWords = [
  'Works',
  'Systems',
  'Partners',
  'Labs',
  'Trading',
  'Health',
  'Logistics',
  'Media',
  'Foods',
  'Group',
];
const OWNERS = 12;
const PROFILE_CHANGE = 0.025;
const FIRST_YEAR_WEIGHT = 1;
const LATER_WEIGHT = 0.42;
const BETTER_COHORT_WEIGHT = 2.2;

/** The part of an account that is settled at sign-up. */
export interface SignUp {
  readonly name: string;
  readonly country: string;
  readonly leadSource: string;
  readonly signupAt: number;
  readonly signupMonth: number;
  readonly archetype: number;
  readonly isLarge: boolean;
  readonly profile: Profile;
}

/** Draws who signs up, and when: more in the first year, so that its cohorts are large enough to compare. */
export function drawSignUp(random: Random, calendar: Calendar): SignUp {
  const signupMonth = pickWeighted(random, signupWeights(calendar.months));
  const firstDay = calendar.monthStarts[signupMonth] ?? 0;
  const monthEnd = Math.min(calendar.monthStarts[signupMonth + 1] ?? 0, Math.floor(calendar.end / 86_400));
  const signupAt = officeTime(random, firstDay + random.below(monthEnd - firstDay));
  const shares = signupMonth === betterCohort.month ? archetypeShares.betterCohort : archetypeShares.usual;
  const archetype = pickWeighted(random, shares);
  const employees = Math.min(20_000, Math.round(90 * exponential(1.35 * random.normal())) + 3);
  const profile: Profile = {
    validFrom: signupAt,
    loadedAt: landSoon(random, signupAt),
    industry: drawIndustry(random, archetype),
    employees,
    annualRevenue: drawRevenue(random, employees),
    segment: nameSegment(employees),
    owner: drawOwner(random),
  };
  return {
    name: `${firstWords[random.below(firstWords.length)]} ${secondWords[random.below(secondWords.length)]}`,
    country: pick(random, countries, countryShares),
    leadSource: pick(random, leadSources, leadSourceShares),
    signupAt,
    signupMonth,
    archetype,
    isLarge: employees >= 100,
    profile,
  };
}

/** The profiles an account has over its life, the first one included. */
export function drawProfiles(random: Random, calendar: Calendar, signUp: SignUp): Profile[] {
  const profiles = [signUp.profile];
  let current = signUp.profile;
  for (let month = signUp.signupMonth + 1; month < calendar.months; month += 1) {
    if (!random.chance(PROFILE_CHANGE)) continue;
    const validFrom = officeTime(random, (calendar.monthStarts[month] ?? 0) + random.below(28));
    current = { ...current, ...drawProfileChange(random, current), validFrom, loadedAt: landSoon(random, validFrom) };
    profiles.push(current);
  }
  return profiles;
}

function drawProfileChange(random: Random, current: Profile): Partial<Profile> {
  if (random.chance(0.4)) return { owner: drawOwner(random) };
  const employees = Math.max(3, Math.round(current.employees * (0.8 + 0.6 * random.uniform())));
  const annualRevenue = Math.round((current.annualRevenue * (0.85 + 0.4 * random.uniform())) / 1000) * 1000;
  return { employees, annualRevenue, segment: nameSegment(employees) };
}

function signupWeights(months: number): number[] {
  return Array.from({ length: months }, (_, month) => {
    if (month === betterCohort.month) return BETTER_COHORT_WEIGHT;
    return month < 12 ? FIRST_YEAR_WEIGHT : LATER_WEIGHT;
  });
}

/** Power accounts are software companies more often, so that behaviour and firmographics overlap a little. */
function drawIndustry(random: Random, archetype: number): string {
  if (archetypeNames[archetype] === 'power' && random.chance(0.3)) return 'software';
  return pick(random, industries, industryShares);
}

function drawRevenue(random: Random, employees: number): number {
  return Math.max(50, Math.round(employees * 160 * exponential(0.5 * random.normal()))) * 1000;
}

function nameSegment(employees: number): string {
  if (employees < 100) return 'smb';
  return employees < 1000 ? 'mid_market' : 'enterprise';
}

function drawOwner(random: Random): string {
  return `rep_${String(1 + random.below(OWNERS)).padStart(2, '0')}`;
}

function pick(random: Random, values: readonly string[], shares: readonly number[]): string {
  return values[pickWeighted(random, shares)] ?? '';
}
