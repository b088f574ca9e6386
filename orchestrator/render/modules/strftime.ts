import { StrataError } from '../../errors.ts';

/** Parts of a moment, as a calendar and clock show them. Months and days count from 1. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** Minutes east of UTC; null for a naive time. */
  readonly offset: number | null;
  readonly zone: string;
}

const dayMs = 86_400_000;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** Days since 1970-01-01. */
export function dayNumber(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / dayMs);
}

/** Monday is 0. */
export function weekday({ year, month, day }: Pick<Moment, 'year' | 'month' | 'day'>): number {
  return (((dayNumber(year, month, day) + 3) % 7) + 7) % 7;
}

export function dayOfYear({ year, month, day }: Pick<Moment, 'year' | 'month' | 'day'>): number {
  return dayNumber(year, month, day) - dayNumber(year, 1, 1) + 1;
}

/** ISO 8601 year, week and weekday (Monday is 1). */
export function isoCalendar(moment: Pick<Moment, 'year' | 'month' | 'day'>): [number, number, number] {
  const today = dayNumber(moment.year, moment.month, moment.day);
  const thursday = today - weekday(moment) + 3;
  const isoYear = new Date(thursday * dayMs).getUTCFullYear();
  const week = Math.floor((thursday - dayNumber(isoYear, 1, 1)) / 7) + 1;
  return [isoYear, week, weekday(moment) + 1];
}

/** `+0530`, with a colon `+05:30`; empty for a naive time. */
export function formatOffset(offset: number | null, colon: string): string {
  if (offset === null) return '';
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${colon}${pad(minutes % 60, 2)}`;
}

const directives = new Map<string, (moment: Moment) => string>([
  ['Y', (m) => pad(m.year, 4)],
  ['y', (m) => pad(m.year % 100, 2)],
  ['m', (m) => pad(m.month, 2)],
  ['d', (m) => pad(m.day, 2)],
  ['e', (m) => String(m.day).padStart(2, ' ')],
  ['H', (m) => pad(m.hour, 2)],
  ['I', (m) => pad(m.hour % 12 || 12, 2)],
  ['p', (m) => (m.hour < 12 ? 'AM' : 'PM')],
  ['M', (m) => pad(m.minute, 2)],
  ['S', (m) => pad(m.second, 2)],
  ['f', (m) => pad(m.microsecond, 6)],
  ['z', (m) => formatOffset(m.offset, '')],
  ['Z', (m) => m.zone],
  ['j', (m) => pad(dayOfYear(m), 3)],
  ['a', (m) => (weekdays[weekday(m)] ?? '').slice(0, 3)],
  ['A', (m) => weekdays[weekday(m)] ?? ''],
  ['b', (m) => (months[m.month - 1] ?? '').slice(0, 3)],
  ['B', (m) => months[m.month - 1] ?? ''],
  ['h', (m) => (months[m.month - 1] ?? '').slice(0, 3)],
  ['w', (m) => String((weekday(m) + 1) % 7)],
  ['u', (m) => String(weekday(m) + 1)],
  ['U', (m) => pad(Math.floor((dayOfYear(m) + 6 - ((weekday(m) + 1) % 7)) / 7), 2)],
  ['W', (m) => pad(Math.floor((dayOfYear(m) + 6 - weekday(m)) / 7), 2)],
  ['G', (m) => String(isoCalendar(m)[0])],
  ['V', (m) => pad(isoCalendar(m)[1], 2)],
  ['F', (m) => `${pad(m.year, 4)}-${pad(m.month, 2)}-${pad(m.day, 2)}`],
  ['T', (m) => `${pad(m.hour, 2)}:${pad(m.minute, 2)}:${pad(m.second, 2)}`],
  ['D', (m) => `${pad(m.month, 2)}/${pad(m.day, 2)}/${pad(m.year % 100, 2)}`],
  ['x', (m) => `${pad(m.month, 2)}/${pad(m.day, 2)}/${pad(m.year % 100, 2)}`],
  ['X', (m) => `${pad(m.hour, 2)}:${pad(m.minute, 2)}:${pad(m.second, 2)}`],
  ['s', (m) => String(epochSeconds(m))],
  ['%', () => '%'],
  ['n', () => '\n'],
  ['t', () => '\t'],
]);

/** Seconds since 1970, a naive time read as UTC. */
export function epochSeconds(m: Moment): number {
  return dayNumber(m.year, m.month, m.day) * 86_400 + m.hour * 3600 + m.minute * 60 + m.second - (m.offset ?? 0) * 60;
}

/** Python's strftime. A directive may drop its padding with `-`: `%-d`. */
export function strftime(moment: Moment, format: string): string {
  return format.replace(/%(-?)([A-Za-z%])/g, (whole, dash: string, letter: string) => {
    const text = directives.get(letter)?.(moment);
    if (text === undefined) return whole;
    return dash === '' ? text : text.replace(/^[0 ]+(?=.)/, '');
  });
}

interface Reader {
  readonly pattern: string;
  readonly read: (text: string, into: { -readonly [Part in keyof Moment]: Moment[Part] }) => void;
}

function numberReader(part: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', pattern: string): Reader {
  return {
    pattern,
    read: (text, into) => {
      into[part] = Number(text);
    },
  };
}

function monthReader(width: number | undefined): Reader {
  const names = months.map((name) => name.slice(0, width));
  return {
    pattern: names.join('|'),
    read: (text, into) => {
      into.month = names.findIndex((name) => name.toLowerCase() === text.toLowerCase()) + 1;
    },
  };
}

const readers = new Map<string, Reader>([
  ['Y', numberReader('year', '\\d{4}')],
  ['m', numberReader('month', '1[0-2]|0?[1-9]')],
  ['d', numberReader('day', '3[01]|[12]\\d|0?[1-9]')],
  ['H', numberReader('hour', '2[0-3]|[01]?\\d')],
  ['I', numberReader('hour', '1[0-2]|0?[1-9]')],
  ['M', numberReader('minute', '[0-5]?\\d')],
  ['S', numberReader('second', '6[01]|[0-5]?\\d')],
  [
    'y',
    {
      pattern: '\\d{2}',
      read: (text, into) => {
        into.year = Number(text) + (Number(text) < 69 ? 2000 : 1900);
      },
    },
  ],
  [
    'f',
    {
      pattern: '\\d{1,6}',
      read: (text, into) => {
        into.microsecond = Number(text.padEnd(6, '0'));
      },
    },
  ],
  [
    'z',
    {
      pattern: 'Z|[+-]\\d{2}:?\\d{2}',
      read: (text, into) => {
        const sign = text.startsWith('-') ? -1 : 1;
        const digits = text.replace(/\D/g, '');
        into.offset = text === 'Z' ? 0 : sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
      },
    },
  ],
  [
    'p',
    {
      pattern: 'AM|PM|am|pm',
      read: (text, into) => {
        into.hour = (into.hour % 12) + (text.toLowerCase() === 'pm' ? 12 : 0);
      },
    },
  ],
  ['b', monthReader(3)],
  ['B', monthReader(undefined)],
  ['a', { pattern: 'Mon|Tue|Wed|Thu|Fri|Sat|Sun', read: () => undefined }],
  ['A', { pattern: weekdays.join('|'), read: () => undefined }],
]);

/** Python's datetime.strptime. Throws when the text does not match the format. */
export function strptime(text: string, format: string): Moment {
  const used: Reader[] = [];
  const pattern = format
    .replace(/%F/g, '%Y-%m-%d')
    .replace(/%T/g, '%H:%M:%S')
    .replace(/%([A-Za-z%])|[.*+?^${}()|[\]\\]|\s+/g, (whole, letter: string | undefined) => {
      if (letter === undefined) return /^\s/.test(whole) ? '\\s+' : `\\${whole}`;
      if (letter === '%') return '%';
      const reader = readers.get(letter);
      if (reader === undefined) throw badTime(`'${letter}' is a bad directive in format '${format}'`);
      used.push(reader);
      return `(${reader.pattern})`;
    });
  const match = new RegExp(`^${pattern}$`, 'i').exec(text);
  if (match === null) throw badTime(`time data '${text}' does not match format '${format}'`);
  const moment = {
    year: 1900,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    microsecond: 0,
    offset: null,
    zone: '',
  };
  used.forEach((reader, index) => {
    reader.read(match[index + 1] ?? '', moment);
  });
  return moment;
}

export function badTime(message: string): StrataError {
  return new StrataError('template-runtime', message);
}
