import type { Filter } from './filter.ts';
import { htmlFilters } from './html.ts';
import { markerFilters } from './marker.ts';
import { numberFilters } from './number.ts';
import { selectFilters } from './select.ts';
import { sequenceFilters } from './sequence.ts';
import { textFilters } from './text.ts';

const table: ReadonlyMap<string, Filter> = new Map(
  [...sequenceFilters, ...selectFilters, ...textFilters, ...numberFilters, ...htmlFilters, ...markerFilters].map(
    (entry) => [entry.name, entry],
  ),
);

/** The names of all built-in filters. */
export const filterNames: readonly string[] = [...table.keys()];

/** The built-in filter of that name. */
export function findFilter(name: string): Filter | undefined {
  return table.get(name);
}
