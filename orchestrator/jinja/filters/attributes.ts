import { getItem } from '../runtime/access.ts';
import { isUndefined, Markup, type Value } from '../values/model.ts';
import { toText } from '../values/print.ts';

/** Reads something of an item. */
export type Getter = (item: Value) => Value;

/** Reads the attribute a filter was given: `name`, `a.b`, `0.name`, an index, or the item itself. */
export function attributeGetter(attribute: Value, fallback?: Value): Getter {
  const parts = attributeParts(attribute);
  return (item) => {
    let value = item;
    for (const part of parts) {
      value = getItem(value, part);
      if (fallback !== undefined && fallback !== null && isUndefined(value)) value = fallback;
    }
    return value;
  };
}

function attributeParts(attribute: Value): Value[] {
  if (attribute === undefined || attribute === null) return [];
  if (typeof attribute !== 'string' && !(attribute instanceof Markup)) return [attribute];
  return toText(attribute)
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Reads several attributes with commas between them, as `sort` takes them. */
export function attributeListGetter(attribute: Value, finish: Getter): (item: Value) => Value[] {
  const attributes = typeof attribute === 'string' ? attribute.split(',') : [attribute];
  const getters = attributes.map((one) => attributeGetter(one));
  return (item) => getters.map((get) => finish(get(item)));
}

/** Lower case where letters are to compare without regard to case. */
export function ignoreCase(value: Value): Value {
  if (typeof value === 'string') return value.toLowerCase();
  return value instanceof Markup ? value.text.toLowerCase() : value;
}
