import { HostObject, hostFunction } from '../../jinja/host.ts';
import { PyFloat, type Value } from '../../jinja/values.ts';
import { pad } from './strftime.ts';

const dayUs = 86_400_000_000n;

/** Python's datetime.timedelta: a length of time in microseconds. */
export class TimeDeltaValue extends HostObject {
  readonly typeName = 'timedelta';
  readonly microseconds: bigint;

  constructor(microseconds: bigint) {
    super();
    this.microseconds = microseconds;
  }

  get #days(): bigint {
    const days = this.microseconds / dayUs;
    return this.microseconds % dayUs < 0n ? days - 1n : days;
  }

  /** What is left after whole days, never negative. */
  get #rest(): bigint {
    return this.microseconds - this.#days * dayUs;
  }

  override isTrue(): boolean {
    return this.microseconds !== 0n;
  }

  override toText(): string {
    const seconds = Number(this.#rest / 1_000_000n);
    const micro = Number(this.#rest % 1_000_000n);
    const clock = `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
    const days = this.#days === 0n ? '' : `${this.#days} day${this.#days === 1n || this.#days === -1n ? '' : 's'}, `;
    return `${days}${clock}${micro === 0 ? '' : `.${pad(micro, 6)}`}`;
  }

  override equals(other: Value): boolean {
    return this.compare(other) === 0;
  }

  override compare(other: Value): number | undefined {
    if (!(other instanceof TimeDeltaValue)) return undefined;
    return this.microseconds < other.microseconds ? -1 : this.microseconds > other.microseconds ? 1 : 0;
  }

  override add(other: Value): Value {
    if (other instanceof TimeDeltaValue) return new TimeDeltaValue(this.microseconds + other.microseconds);
    return other instanceof HostObject ? other.add(this) : undefined;
  }

  override subtract(other: Value): Value {
    return other instanceof TimeDeltaValue ? new TimeDeltaValue(this.microseconds - other.microseconds) : undefined;
  }

  override multiply(other: Value): Value {
    return typeof other === 'number' ? new TimeDeltaValue(this.microseconds * BigInt(other)) : undefined;
  }

  override getAttribute(name: string): Value {
    switch (name) {
      case 'days':
        return Number(this.#days);
      case 'seconds':
        return Number(this.#rest / 1_000_000n);
      case 'microseconds':
        return Number(this.#rest % 1_000_000n);
      case 'total_seconds':
        return hostFunction(name, [], () => new PyFloat(Number(this.microseconds) / 1e6));
      default:
        return undefined;
    }
  }
}
