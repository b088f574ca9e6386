import { DAY } from './calendar.ts';
import { landSoon, officeTime } from './landing.ts';
import type { Random } from './random.ts';
import type { User } from './story.ts';

const INVITE_DAYS = 20;
const MOST_USERS = 40;

/** The users of a new account: one at sign-up, one per further seat within the first weeks, by time. */
export function drawFirstUsers(random: Random, signupAt: number, seats: number): User[] {
  const times = Array.from({ length: Math.min(seats, MOST_USERS) - 1 }, () =>
    officeTime(random, Math.floor(signupAt / DAY) + 1 + random.below(INVITE_DAYS)),
  );
  times.sort((a, b) => a - b);
  return [signupAt, ...times].map((createdAt, position) => createUser(random, createdAt, position === 0));
}

/** Adds a user per seat bought later. They come after all others in time, unless invitations are still open. */
export function addUsers(random: Random, users: User[], at: number, seats: number): void {
  const last = users[users.length - 1]?.createdAt ?? 0;
  for (let count = Math.min(seats, MOST_USERS - users.length); count > 0; count -= 1) {
    users.push(createUser(random, Math.max(at, last), false));
  }
}

function createUser(random: Random, createdAt: number, isFirst: boolean): User {
  const draw = random.uniform();
  const role = isFirst || draw < 0.1 ? 'admin' : draw < 0.75 ? 'member' : 'viewer';
  return { createdAt, loadedAt: landSoon(random, createdAt), role };
}
