import { hostFunction } from '../../jinja/host.ts';
import { toText, type Value } from '../../jinja/values.ts';
import { TimeZoneValue } from './datetime-value.ts';

/** `modules.pytz`. */
export const pytzMembers: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['utc', new TimeZoneValue('UTC')],
  ['UTC', new TimeZoneValue('UTC')],
  ['timezone', hostFunction('timezone', ['zone'], (args) => new TimeZoneValue(toText(args.zone)))],
]);
