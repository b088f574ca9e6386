import { HostObject, hostFunction } from '../../jinja/host.ts';
import { PyFloat, PyTuple, toText, type Value } from '../../jinja/values.ts';
import { checkMoment, clockMicroseconds, dayUs, momentAt } from './moment.ts';
import {
  badTime,
  dayNumber,
  dayOfYear,
  epochSeconds,
  formatOffset,
  isoCalendar,
  type Moment,
  pad,
  strftime,
  weekday,
} from './strftime.ts';
import { TimeDeltaValue } from './timedelta-value.ts';

const naive = { offset: null, zone: '' };
const midnight = { hour: 0, minute: 0, second: 0, microsecond: 0 };

/** Python's datetime.date and datetime.datetime: one class, since a date is a moment without a clock. */
export class DateTimeValue extends HostObject {
  readonly typeName: 'date' | 'datetime';
  readonly moment: Moment;

  constructor(kind: 'date' | 'datetime', moment: Moment) {
    super();
    this.typeName = kind;
    this.moment = moment;
  }

  static date(year: number, month: number, day: number): DateTimeValue {
    return new DateTimeValue('date', checkMoment({ year, month, day, ...midnight, ...naive }));
  }

  static datetime(moment: Moment): DateTimeValue {
    return new DateTimeValue('datetime', checkMoment(moment));
  }

  static utc(date: Date): DateTimeValue {
    return new DateTimeValue('datetime', momentAt(BigInt(date.getTime()) * 1000n, { offset: 0, zone: 'UTC' }));
  }

  /** The same clock without zone. */
  static naive(date: Date): DateTimeValue {
    return new DateTimeValue('datetime', momentAt(BigInt(date.getTime()) * 1000n, naive));
  }

  override isTrue(): boolean {
    return true;
  }

  override toText(): string {
    return this.#isoFormat(' ');
  }

  override toRepr(): string {
    const { year, month, day, hour, minute, second, microsecond } = this.moment;
    if (this.typeName === 'date') return `datetime.date(${year}, ${month}, ${day})`;
    const clock =
      microsecond > 0 ? [hour, minute, second, microsecond] : second > 0 ? [hour, minute, second] : [hour, minute];
    return `datetime.datetime(${[year, month, day, ...clock].join(', ')})`;
  }

  override hashKey(): string {
    return `${this.typeName} ${this.toText()}`;
  }

  override equals(other: Value): boolean {
    return this.compare(other) === 0;
  }

  override compare(other: Value): number | undefined {
    if (!(other instanceof DateTimeValue) || other.typeName !== this.typeName) return undefined;
    const [a, b] = [this.#instant(), other.#instant()];
    return a < b ? -1 : a > b ? 1 : 0;
  }

  override add(other: Value): Value {
    return other instanceof TimeDeltaValue ? this.#shift(other.microseconds) : undefined;
  }

  override subtract(other: Value): Value {
    if (other instanceof TimeDeltaValue) return this.#shift(-other.microseconds);
    if (!(other instanceof DateTimeValue)) return undefined;
    return new TimeDeltaValue(this.#instant() - other.#instant());
  }

  override getAttribute(name: string): Value {
    const { moment } = this;
    switch (name) {
      case 'year':
      case 'month':
      case 'day':
        return moment[name];
      case 'hour':
      case 'minute':
      case 'second':
      case 'microsecond':
        return this.typeName === 'datetime' ? moment[name] : undefined;
      case 'tzinfo':
        return moment.offset === null ? null : moment.zone;
      default:
        return this.#method(name);
    }
  }

  #method(name: string): Value {
    const { moment } = this;
    switch (name) {
      case 'strftime':
        return hostFunction(name, ['format'], (args) => strftime(moment, toText(args.format)));
      case 'isoformat':
        return hostFunction(name, ['sep?', 'timespec?'], (args) => this.#isoFormat(toText(args.sep ?? 'T')));
      case 'date':
        return hostFunction(name, [], () => DateTimeValue.date(moment.year, moment.month, moment.day));
      case 'weekday':
        return hostFunction(name, [], () => weekday(moment));
      case 'isoweekday':
        return hostFunction(name, [], () => weekday(moment) + 1);
      case 'isocalendar':
        return hostFunction(name, [], () => PyTuple.make(isoCalendar(moment)));
      case 'toordinal':
        return hostFunction(name, [], () => dayNumber(moment.year, moment.month, moment.day) + 719_163);
      case 'timetuple':
        return hostFunction(name, [], () =>
          PyTuple.make([
            moment.year,
            moment.month,
            moment.day,
            moment.hour,
            moment.minute,
            moment.second,
            weekday(moment),
            dayOfYear(moment),
          ]),
        );
      case 'timestamp':
        return hostFunction(name, [], () => new PyFloat(epochSeconds(moment) + moment.microsecond / 1e6));
      case 'astimezone':
        return hostFunction(name, ['tz?'], (args) => this.#inZone(args.tz));
      case 'replace':
        return hostFunction(
          name,
          ['year?', 'month?', 'day?', 'hour?', 'minute?', 'second?', 'microsecond?', 'tzinfo?'],
          (args) => this.#replace(args),
        );
      default:
        return undefined;
    }
  }

  #replace(args: Readonly<Record<string, Value>>): DateTimeValue {
    const changed: Record<string, unknown> = { ...this.moment };
    for (const part of ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond']) {
      if (typeof args[part] === 'number') changed[part] = args[part];
    }
    if (args.tzinfo === null) Object.assign(changed, naive);
    if (args.tzinfo instanceof TimeZoneValue) Object.assign(changed, args.tzinfo.at(this.#instant()));
    return new DateTimeValue(this.typeName, checkMoment(changed as unknown as Moment));
  }

  /** The same instant on another clock. */
  #inZone(zone: Value): DateTimeValue {
    const instant = this.#instant();
    const place = zone instanceof TimeZoneValue ? zone.at(instant) : { offset: 0, zone: 'UTC' };
    return new DateTimeValue('datetime', momentAt(instant + BigInt(place.offset) * 60_000_000n, place));
  }

  /** Microseconds since 1970 in UTC; a naive clock is read as UTC. */
  #instant(): bigint {
    return clockMicroseconds(this.moment) - BigInt(this.moment.offset ?? 0) * 60_000_000n;
  }

  #shift(microseconds: bigint): DateTimeValue {
    const step = this.typeName === 'date' ? (microseconds / dayUs) * dayUs : microseconds;
    return new DateTimeValue(this.typeName, momentAt(clockMicroseconds(this.moment) + step, this.moment));
  }

  #isoFormat(separator: string): string {
    const { moment } = this;
    const date = `${pad(moment.year, 4)}-${pad(moment.month, 2)}-${pad(moment.day, 2)}`;
    if (this.typeName === 'date') return date;
    const fraction = moment.microsecond === 0 ? '' : `.${pad(moment.microsecond, 6)}`;
    const clock = `${pad(moment.hour, 2)}:${pad(moment.minute, 2)}:${pad(moment.second, 2)}${fraction}`;
    return `${date}${separator}${clock}${formatOffset(moment.offset, ':')}`;
  }
}

/** A time zone by IANA name: pytz.timezone('Europe/Berlin'), pytz.utc. */
export class TimeZoneValue extends HostObject {
  readonly typeName = 'timezone';
  readonly name: string;
  /** Undefined for UTC: making one takes a while, and every project has UTC. */
  readonly #format: Intl.DateTimeFormat | undefined;

  constructor(name: string) {
    super();
    this.name = name;
    if (name !== 'UTC') this.#format = createZoneFormat(name);
  }

  override toText(): string {
    return this.name;
  }

  override isTrue(): boolean {
    return true;
  }

  /** Offset in minutes at an instant (microseconds since 1970, UTC), and the zone's abbreviation. */
  at(instant: bigint): { offset: number; zone: string } {
    if (this.#format === undefined) return { offset: 0, zone: this.name };
    const parts = this.#format.formatToParts(new Date(Number(instant / 1000n)));
    const text = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
    const match = /GMT([+-])(\d{2}):(\d{2})/.exec(text);
    if (match === null) return { offset: 0, zone: this.name };
    const minutes = Number(match[2]) * 60 + Number(match[3]);
    return { offset: match[1] === '-' ? -minutes : minutes, zone: this.name };
  }

  override getAttribute(name: string): Value {
    if (name === 'zone') return this.name;
    if (name !== 'localize') return undefined;
    return hostFunction(name, ['dt'], (args) => {
      if (!(args.dt instanceof DateTimeValue)) throw badTime('localize() needs a datetime.');
      const { moment } = args.dt;
      return DateTimeValue.datetime({ ...moment, ...this.at(clockMicroseconds(moment)) });
    });
  }
}

function createZoneFormat(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    throw badTime(`unknown time zone '${name}'`);
  }
}
