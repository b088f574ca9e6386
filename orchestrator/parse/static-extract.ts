import type { RefArgs } from '../manifest/node.ts';
import type { Extracted } from '../render/extract.ts';
import { StaticReader } from './static-reader.ts';

/**
 * Reads the refs, sources and settings of a template that holds nothing but ref(), source() and config() calls with
 * literal arguments, which most models do: nothing needs to be compiled or run for them. Undefined for any other
 * template.
 */
export function extractStatically(code: string): Extracted | undefined {
  if (code.includes('{%')) return undefined;
  const refs: RefArgs[] = [];
  const sources: [string, string][] = [];
  const configCalls: Record<string, unknown>[] = [];
  for (let at = nextTag(code, 0); at !== -1; at = nextTag(code, at)) {
    if (code[at + 1] === '#') {
      const end = code.indexOf('#}', at + 2);
      if (end === -1) return undefined;
      at = end + 2;
      continue;
    }
    const call = new StaticReader(code, at + 2).readCall();
    if (call === undefined) return undefined;
    const { positional, named } = call;
    switch (call.name) {
      case 'ref': {
        const ref = toRef(positional, named);
        if (ref === undefined) return undefined;
        refs.push(ref);
        break;
      }
      case 'source': {
        const [source, table] = positional;
        if (positional.length !== 2 || named.size > 0 || typeof source !== 'string' || typeof table !== 'string') {
          return undefined;
        }
        sources.push([source, table]);
        break;
      }
      case 'config':
        if (positional.length > 0) return undefined;
        configCalls.push(Object.fromEntries(named));
        break;
      default:
        return undefined;
    }
    at = call.end;
  }
  return { refs, sources, configCalls, macros: [] };
}

function nextTag(code: string, from: number): number {
  for (let at = code.indexOf('{', from); at !== -1; at = code.indexOf('{', at + 1)) {
    const next = code[at + 1];
    if (next === '{' || next === '#') return at;
  }
  return -1;
}

function toRef(positional: readonly unknown[], named: ReadonlyMap<string, unknown>): RefArgs | undefined {
  const [first, second] = positional;
  if (positional.length === 0 || positional.length > 2 || positional.some((name) => typeof name !== 'string')) {
    return undefined;
  }
  if ([...named.keys()].some((name) => name !== 'v' && name !== 'version')) return undefined;
  const version = named.get('version') ?? named.get('v') ?? null;
  if (version !== null && typeof version !== 'string' && typeof version !== 'number') return undefined;
  return second === undefined
    ? { name: String(first), package: null, version }
    : { name: String(second), package: String(first), version };
}
