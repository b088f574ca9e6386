import type { BoundArguments } from '../../jinja/arguments.ts';
import { HostObject, hostFunction } from '../../jinja/host.ts';
import { PyDict, PyFloat, toText, type Value } from '../../jinja/values.ts';
import { DateTimeValue, TimeZoneValue } from './datetime-value.ts';
import { clockMicroseconds } from './moment.ts';
import { badTime, pad, strptime } from './strftime.ts';
import { TimeDeltaValue } from './timedelta-value.ts';

/** A class of the module: called it makes a value; its class methods are attributes. */
class ClassValue extends HostObject {
  readonly typeName = 'type';
  readonly #parameters: readonly string[];
  readonly #make: (args: BoundArguments) => Value;
  readonly #members: ReadonlyMap<string, Value>;

  constructor(
    parameters: readonly string[],
    make: (args: BoundArguments) => Value,
    members: ReadonlyMap<string, Value>,
  ) {
    super();
    this.#parameters = parameters;
    this.#make = make;
    this.#members = members;
  }

  override call(...[args, kwargs, state]: Parameters<HostObject['call']>): Value {
    return hostFunction('class', this.#parameters, this.#make).call(args, kwargs, state) as Value;
  }

  override getAttribute(name: string): Value {
    return this.#members.get(name);
  }
}

const clockParts = ['hour?', 'minute?', 'second?', 'microsecond?', 'tzinfo?'];

function readNumber(value: Value, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'number') return value;
  if (value instanceof PyFloat) return value.value;
  throw badTime(`an integer is required (got '${toText(value)}')`);
}

function makeDatetime(args: BoundArguments): DateTimeValue {
  const made = DateTimeValue.datetime({
    year: readNumber(args.year, 1),
    month: readNumber(args.month, 1),
    day: readNumber(args.day, 1),
    hour: readNumber(args.hour, 0),
    minute: readNumber(args.minute, 0),
    second: readNumber(args.second, 0),
    microsecond: readNumber(args.microsecond, 0),
    offset: null,
    zone: '',
  });
  if (!(args.tzinfo instanceof TimeZoneValue)) return made;
  const { offset, zone } = args.tzinfo.at(clockMicroseconds(made.moment));
  return DateTimeValue.datetime({ ...made.moment, offset, zone });
}

/** The clock is read here and nowhere else; models that must be rebuilt exactly use `as_of_date` instead. */
function now(zone: Value): DateTimeValue {
  if (!(zone instanceof TimeZoneValue)) return DateTimeValue.naive(new Date());
  const date = new Date();
  const place = zone.at(BigInt(date.getTime()) * 1000n);
  const local = DateTimeValue.naive(new Date(date.getTime() + place.offset * 60_000));
  return DateTimeValue.datetime({ ...local.moment, ...place });
}

function today(): DateTimeValue {
  const { year, month, day } = DateTimeValue.naive(new Date()).moment;
  return DateTimeValue.date(year, month, day);
}

function parseIso(text: string): DateTimeValue {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(\.\d{1,6})?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text);
  if (match === null) throw badTime(`Invalid isoformat string: '${text}'`);
  const [, date = '', clock = '00:00:00', fraction = '.0', offset] = match;
  const full = clock.length === 5 ? `${clock}:00` : clock;
  const zone = offset === undefined ? '' : '%z';
  return DateTimeValue.datetime(strptime(`${date} ${full}${fraction}${offset ?? ''}`, `%Y-%m-%d %H:%M:%S.%f${zone}`));
}

const datetimeClass = new ClassValue(
  ['year', 'month', 'day', ...clockParts],
  makeDatetime,
  new Map<string, Value>([
    ['now', hostFunction('now', ['tz?'], (args) => now(args.tz))],
    ['utcnow', hostFunction('utcnow', [], () => DateTimeValue.naive(new Date()))],
    ['today', hostFunction('today', [], () => DateTimeValue.naive(new Date()))],
    [
      'strptime',
      hostFunction('strptime', ['date_string', 'format'], (args) =>
        DateTimeValue.datetime(strptime(toText(args.date_string), toText(args.format))),
      ),
    ],
    ['fromisoformat', hostFunction('fromisoformat', ['date_string'], (args) => parseIso(toText(args.date_string)))],
    [
      'fromtimestamp',
      hostFunction('fromtimestamp', ['timestamp', 'tz?'], (args) =>
        DateTimeValue.naive(new Date(readNumber(args.timestamp, 0) * 1000)),
      ),
    ],
    [
      'combine',
      hostFunction('combine', ['date', 'time'], (args) => {
        if (!(args.date instanceof DateTimeValue) || !(args.time instanceof TimeValue)) {
          throw badTime('combine() needs a date and a time.');
        }
        return DateTimeValue.datetime({ ...args.date.moment, ...args.time.clock });
      }),
    ],
  ]),
);

const dateClass = new ClassValue(
  ['year', 'month', 'day'],
  (args) => DateTimeValue.date(readNumber(args.year, 1), readNumber(args.month, 1), readNumber(args.day, 1)),
  new Map<string, Value>([
    ['today', hostFunction('today', [], today)],
    [
      'fromisoformat',
      hostFunction('fromisoformat', ['date_string'], (args) => {
        const { year, month, day } = parseIso(toText(args.date_string)).moment;
        return DateTimeValue.date(year, month, day);
      }),
    ],
  ]),
);

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** Python's datetime.time. */
class TimeValue extends HostObject {
  readonly typeName = 'time';
  readonly clock: Clock;

  constructor(clock: Clock) {
    super();
    this.clock = clock;
  }

  override toText(): string {
    const { hour, minute, second, microsecond } = this.clock;
    return `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}${microsecond === 0 ? '' : `.${pad(microsecond, 6)}`}`;
  }

  override getAttribute(name: string): Value {
    return new Map<string, Value>(Object.entries(this.clock)).get(name);
  }
}

const timeClass = new ClassValue(
  clockParts,
  (args) =>
    new TimeValue({
      hour: readNumber(args.hour, 0),
      minute: readNumber(args.minute, 0),
      second: readNumber(args.second, 0),
      microsecond: readNumber(args.microsecond, 0),
    }),
  new Map(),
);

const secondsPer = { weeks: 604_800, days: 86_400, hours: 3600, minutes: 60, seconds: 1, milliseconds: 1e-3 };

const timedeltaClass = new ClassValue(
  ['days?', 'seconds?', 'microseconds?', 'milliseconds?', 'minutes?', 'hours?', 'weeks?'],
  (args) => {
    let microseconds = Math.round(readNumber(args.microseconds, 0));
    for (const [unit, seconds] of Object.entries(secondsPer)) {
      microseconds += Math.round(readNumber(args[unit], 0) * seconds * 1e6);
    }
    return new TimeDeltaValue(BigInt(microseconds));
  },
  new Map(),
);

/** `modules.datetime`. */
export const datetimeMembers: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['datetime', datetimeClass],
  ['date', dateClass],
  ['time', timeClass],
  ['timedelta', timedeltaClass],
  ['timezone', PyDict.from({ utc: new TimeZoneValue('UTC') })],
]);
