/** A column of an answer as Snowflake's session protocol describes it. */
export interface WireColumn {
  readonly name: string;
  readonly type: string;
  readonly precision?: number;
  readonly scale?: number;
}

/** What the server answers to a statement. */
export type Reply =
  /** Rows as texts; `parts` are fetched from addresses of their own, as those of large answers are. */
  | {
      readonly kind: 'rows';
      readonly columns: readonly WireColumn[];
      readonly rows: readonly Row[];
      readonly parts?: readonly (readonly Row[])[];
      readonly statementTypeId?: number;
      /** What the session stands in afterwards. */
      readonly state?: { readonly finalWarehouseName: string | null; readonly finalDatabaseName: string | null };
    }
  | { readonly kind: 'error'; readonly code: string; readonly message: string; readonly sqlState?: string }
  /** Runs until it is aborted; a detached one has told the client its id before. */
  | { readonly kind: 'endless'; readonly isDetached: boolean }
  /** Tells the client to put its file into a local folder. */
  | { readonly kind: 'upload'; readonly folder: string }
  /** An HTTP status without an answer. */
  | { readonly kind: 'status'; readonly status: number };

export type Row = readonly (string | null)[];

/** The ids of statement types the client counts changed rows for. */
export const statementTypes = { select: 0x1000, insert: 0x3100, update: 0x3200, delete: 0x3300, ddl: 0x6000 };

/** Settings of a session that the client reads values by. */
const parameters = Object.entries({
  TIMEZONE: 'UTC',
  DATE_OUTPUT_FORMAT: 'YYYY-MM-DD',
  TIME_OUTPUT_FORMAT: 'HH24:MI:SS.FF9',
  TIMESTAMP_NTZ_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF3',
  TIMESTAMP_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM',
  TIMESTAMP_LTZ_OUTPUT_FORMAT: '',
  TIMESTAMP_TZ_OUTPUT_FORMAT: '',
  BINARY_OUTPUT_FORMAT: 'HEX',
  JS_TREAT_INTEGER_AS_BIGINT: true,
}).map(([name, value]) => ({ name, value }));

/** What Snowflake says to a statement that has nothing to show. */
export const done: Reply = {
  kind: 'rows',
  columns: [{ name: 'status', type: 'text' }],
  rows: [['Statement executed successfully.']],
  statementTypeId: statementTypes.ddl,
};

/** The answer to a statement that changed rows. */
export function changed(statementTypeId: number, rows: number): Reply {
  return {
    kind: 'rows',
    columns: [{ name: 'number of rows', type: 'fixed', precision: 19, scale: 0 }],
    rows: [[String(rows)]],
    statementTypeId,
  };
}

/** The body of an answer with rows. */
export function toBody(reply: Extract<Reply, { kind: 'rows' }>, queryId: string, address: string): object {
  const parts = reply.parts ?? [];
  const total = reply.rows.length + parts.reduce((sum, part) => sum + part.length, 0);
  const data = {
    parameters,
    rowtype: reply.columns.map(({ name, type, precision = null, scale = null }) => ({
      ...{ name, type, precision, scale, nullable: true, length: null, byteLength: null },
    })),
    rowset: reply.rows,
    total,
    returned: total,
    queryId,
    statementTypeId: reply.statementTypeId ?? statementTypes.select,
    version: 1,
    queryResultFormat: 'json',
    ...reply.state,
    ...(parts.length === 0
      ? {}
      : { chunks: parts.map((part, index) => toPart(part, `${address}/parts/${queryId}/${index}`)) }),
    ...(parts.length === 0 ? {} : { chunkHeaders: { 'x-part-key': 'sesame' } }),
  };
  return { data, code: null, message: null, success: true };
}

/** The body of a refusal. */
export function toError(code: string, message: string, extra: object = {}): object {
  return { data: extra, code, message, success: false };
}

/** The body that tells the client where to upload the file a PUT names. */
export function toUpload(sql: string, folder: string, queryId: string): object {
  const source = /file:\/\/([^']+)/.exec(sql)?.[1] ?? '';
  const data = {
    command: 'UPLOAD',
    src_locations: [source],
    autoCompress: false,
    overwrite: false,
    sourceCompression: 'gzip',
    parallel: 4,
    stageInfo: { locationType: 'LOCAL_FS', location: folder, path: '', creds: {} },
    queryId,
  };
  return { data, code: null, message: null, success: true };
}

/** Rows of a part as it is fetched: the lists without the brackets around all of them. */
export function renderPart(rows: readonly Row[]): string {
  return rows.map((row) => JSON.stringify(row)).join(',');
}

function toPart(rows: readonly Row[], url: string): object {
  const size = renderPart(rows).length;
  return { url, rowCount: rows.length, uncompressedSize: size, compressedSize: size };
}
