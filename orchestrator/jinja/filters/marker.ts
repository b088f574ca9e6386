import { type Filter, filter } from './filter.ts';

/** Filters that say which type a value shall have where a template is evaluated to one; in text they change nothing. */
export const markerFilters: readonly Filter[] = ['as_text', 'as_bool', 'as_number', 'as_native'].map((name) =>
  filter(name, [], (value) => value),
);
