import { badTime, dayNumber, type Moment } from './strftime.ts';

/** Microseconds of a day. */
export const dayUs = 86_400_000_000n;

/** Microseconds since 1970 on the moment's own clock. */
export function clockMicroseconds(m: Moment): bigint {
  const seconds = BigInt(m.hour * 3600 + m.minute * 60 + m.second);
  return BigInt(dayNumber(m.year, m.month, m.day)) * dayUs + seconds * 1_000_000n + BigInt(m.microsecond);
}

/** The moment a clock of this zone shows so many microseconds after 1970. */
export function momentAt(microseconds: bigint, zone: Pick<Moment, 'offset' | 'zone'>): Moment {
  const ms = Number(microseconds / 1000n) - (microseconds % 1000n < 0n ? 1 : 0);
  const date = new Date(ms);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    microsecond: Number(microseconds - BigInt(ms) * 1000n) + date.getUTCMilliseconds() * 1000,
    offset: zone.offset,
    zone: zone.zone,
  };
}

/** The moment itself; throws what Python says where a part is out of range. */
export function checkMoment(moment: Moment): Moment {
  const { year, month, day, hour, minute, second } = moment;
  if (!Number.isInteger(year) || year < 1 || year > 9999) throw badTime(`year ${year} is out of range`);
  if (!Number.isInteger(month) || month < 1 || month > 12) throw badTime('month must be in 1..12');
  const last = dayNumber(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - dayNumber(year, month, 1);
  if (!Number.isInteger(day) || day < 1 || day > last) throw badTime('day is out of range for month');
  if (hour < 0 || hour > 23) throw badTime('hour must be in 0..23');
  if (minute < 0 || minute > 59) throw badTime('minute must be in 0..59');
  if (second < 0 || second > 59) throw badTime('second must be in 0..59');
  return moment;
}
