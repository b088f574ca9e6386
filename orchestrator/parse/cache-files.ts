import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Environment } from '../config/env-var.ts';
import { type ErrorCode, type Place, StrataError } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { ParseCache } from './cache.ts';

const SNAPSHOT_FILE = 'strata_manifest_cache.json';
const ENTRIES_FILE = 'strata_partial_parse.json';

/** What a kept result was made under, in the first line of its file: the rest is read only when it still holds. */
interface Header {
  readonly key: string;
  /** Digests of the environment variables that templates read. */
  readonly env: Readonly<Record<string, string>>;
}

/** A whole manifest as the last parse left it. */
export interface Snapshot {
  readonly manifest: Manifest;
  readonly warnings: readonly StrataError[];
}

/** What keys and checks a kept result. */
export interface CacheKey {
  readonly folder: string;
  readonly key: string;
  readonly environment: Environment;
}

interface KeptWarning {
  readonly code: ErrorCode;
  readonly message: string;
  readonly place: Place;
  readonly hint: string | undefined;
}

/** The manifest of the last parse, when everything it was made from is the same. */
export function readSnapshot(cacheKey: CacheKey): Snapshot | undefined {
  const body = readBody<{ manifest: Manifest; warnings: readonly KeptWarning[] }>(cacheKey, SNAPSHOT_FILE);
  if (body === undefined) return undefined;
  const { manifest, warnings } = body;
  return { manifest, warnings: warnings.map((kept) => new StrataError(kept.code, kept.message, kept.place, kept)) };
}

/** Keeps a manifest for the next parse. */
export function writeSnapshot(cacheKey: CacheKey, { manifest, warnings }: Snapshot): void {
  const kept = warnings.map(({ code, message, place, hint }) => ({ code, message, place, hint }));
  writeBody(cacheKey, SNAPSHOT_FILE, { manifest, warnings: kept });
}

/** Results of single files; those that depend on more than their file are there only when that is the same. */
export function openEntries(cacheKey: CacheKey): ParseCache {
  return new ParseCache(readBody<readonly (readonly [string, unknown])[]>(cacheKey, ENTRIES_FILE) ?? []);
}

/** Keeps the results of single files for the next parse. */
export function writeEntries(cacheKey: CacheKey, cache: ParseCache): void {
  writeBody(cacheKey, ENTRIES_FILE, [...cache.entries()]);
}

function readBody<Body>(cacheKey: CacheKey, name: string): Body | undefined {
  const path = join(cacheKey.folder, name);
  if (!existsSync(path)) return undefined;
  try {
    const text = readFileSync(path, 'utf8');
    const end = text.indexOf('\n');
    const header = JSON.parse(text.slice(0, end)) as Header;
    if (!holds(header, cacheKey)) return undefined;
    const body = JSON.parse(text.slice(end + 1)) as Body;
    cacheKey.environment.remember(Object.keys(header.env));
    return body;
  } catch {
    // Anything unreadable is as good as nothing: the project is read again.
    return undefined;
  }
}

function holds(header: Header, { key, environment }: CacheKey): boolean {
  return (
    header.key === key && Object.entries(header.env).every(([name, digest]) => environment.digest(name) === digest)
  );
}

/** Writes beside and renames, so that a reader never sees half a file. A folder that cannot be written is no error. */
function writeBody(cacheKey: CacheKey, name: string, body: unknown): void {
  const path = join(cacheKey.folder, name);
  const beside = `${path}.${process.pid}`;
  const header: Header = { key: cacheKey.key, env: cacheKey.environment.digests() };
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch {
    return;
  }
  try {
    writeFileSync(beside, `${JSON.stringify(header)}\n${JSON.stringify(body)}`);
    renameSync(beside, path);
  } catch {
    rmSync(beside, { force: true });
  }
}
