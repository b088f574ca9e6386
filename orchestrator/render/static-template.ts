import type { RefArgs } from '../manifest/node.ts';
import type { Extracted } from './extracted.ts';
import { type StaticCall, StaticReader } from './static-reader.ts';

/** A piece of a static template: text as it stands, or a call with literal arguments. */
export type StaticPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'ref'; readonly ref: RefArgs }
  | { readonly kind: 'source'; readonly source: readonly [string, string] }
  | { readonly kind: 'config'; readonly settings: Readonly<Record<string, unknown>> };

/**
 * Reads a template that holds nothing but text, comments, and ref(), source() and config() calls with literal arguments,
 * which most models do: nothing needs to be compiled or run for them. Undefined for any other template.
 */
export function readStaticTemplate(code: string): readonly StaticPiece[] | undefined {
  // What these characters mean to Jinja, for blocks and for trimming, is left to the template language.
  if (code.includes('{%') || /[\r\f\v\x1c-\x1f\x85\ufeff]|\n$/.test(code)) return undefined;
  const pieces: StaticPiece[] = [];
  let end = 0;
  let isTrimmed = false;
  const addText = (until: number, trimsEnd: boolean): void => {
    const text = code.slice(end, until);
    const start = isTrimmed ? text.trimStart() : text;
    pieces.push({ kind: 'text', text: trimsEnd ? start.trimEnd() : start });
  };
  for (let at = nextTag(code, 0); at !== -1; at = nextTag(code, end)) {
    const tag = readTag(code, at);
    if (tag === undefined) return undefined;
    addText(at, code[at + 2] === '-');
    if (tag.piece !== undefined) pieces.push(tag.piece);
    end = tag.end;
    isTrimmed = code[end - 3] === '-';
  }
  addText(code.length, false);
  return pieces;
}

/** What such a template says about its node; no macro is called in it. */
export function extractStatically(code: string): Extracted | undefined {
  const pieces = readStaticTemplate(code);
  if (pieces === undefined) return undefined;
  return {
    refs: pieces.flatMap((piece) => (piece.kind === 'ref' ? [piece.ref] : [])),
    sources: pieces.flatMap((piece) => (piece.kind === 'source' ? [piece.source] : [])),
    configCalls: pieces.flatMap((piece) => (piece.kind === 'config' ? [piece.settings] : [])),
    macros: [],
  };
}

function nextTag(code: string, from: number): number {
  for (let at = code.indexOf('{', from); at !== -1; at = code.indexOf('{', at + 1)) {
    const next = code[at + 1];
    if (next === '{' || next === '#') return at;
  }
  return -1;
}

interface Tag {
  /** Nothing for a comment. */
  readonly piece: StaticPiece | undefined;
  readonly end: number;
}

function readTag(code: string, at: number): Tag | undefined {
  if (code[at + 2] === '+') return undefined;
  if (code[at + 1] === '#') {
    const end = code.indexOf('#}', at + 2);
    return end === -1 ? undefined : { piece: undefined, end: end + 2 };
  }
  const call = new StaticReader(code, at + 2).readCall();
  const piece = call === undefined ? undefined : toPiece(call);
  return call === undefined || piece === undefined ? undefined : { piece, end: call.end };
}

function toPiece({ name, positional, named }: StaticCall): StaticPiece | undefined {
  if (name === 'ref') {
    const ref = toRef(positional, named);
    return ref === undefined ? undefined : { kind: 'ref', ref };
  }
  if (name === 'config') {
    return positional.length > 0 ? undefined : { kind: 'config', settings: Object.fromEntries(named) };
  }
  const [source, table] = positional;
  const isPlain =
    positional.length === 2 && named.size === 0 && typeof source === 'string' && typeof table === 'string';
  return name === 'source' && isPlain ? { kind: 'source', source: [source, table] } : undefined;
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
