import { closest, distance } from 'fastest-levenshtein';

/** The known name most like a misspelt one, when it is near enough to be worth suggesting. */
export function findNearest(name: string, known: Iterable<string>): string | undefined {
  const candidates = [...known];
  if (candidates.length === 0) return undefined;
  const best = closest(name, candidates);
  return distance(name, best) <= Math.max(2, Math.floor(name.length / 3)) ? best : undefined;
}

/** `Did you mean "x"?` for a misspelt name, or the fallback when nothing is near. */
export function suggest(name: string, known: Iterable<string>, fallback?: string): string | undefined {
  const nearest = findNearest(name, known);
  return nearest === undefined ? fallback : `Did you mean "${nearest}"?`;
}
