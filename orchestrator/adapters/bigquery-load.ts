import type { JobMetadata, TableField } from '@google-cloud/bigquery';
import { StrataError } from '../errors.ts';
import type { Column, Relation } from '../manifest/relation.ts';
import type { CellValue } from '../manifest/results.ts';
import { type BigQueryApi, RequestError, type TableKey } from './bigquery-api.ts';
import { findCellWriter } from './bigquery-cells.ts';
import { toCancelled } from './bigquery-errors.ts';
import { nameType } from './bigquery-values.ts';

/** Rows on their way into a table. */
export interface Load {
  readonly table: TableKey;
  /** The table's own fields: a load must not change them. */
  readonly fields: readonly TableField[];
  readonly location: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly columns: readonly Column[];
  readonly rows: Iterable<readonly CellValue[]>;
  /** Once it comes no more parts are sent, so there will be no job. */
  readonly signal: AbortSignal;
}

/** Bytes sent in one request; every part but the last has to be a multiple of 256 KiB. */
const PART_BYTES = 8 * 1024 * 1024;
const RESUME_INCOMPLETE = 308;

/**
 * Uploads rows as lines of JSON in parts, so that memory holds one part and a part that fails is sent again. The last part
 * makes the job, which adds all rows or none.
 */
export async function uploadRows(api: BigQueryApi, load: Load, jobId: string): Promise<JobMetadata> {
  const upload = { api, uri: await openUpload(api, load, jobId), signal: load.signal };
  let offset = 0;
  let rest = '';
  for (const line of renderLines(load)) {
    rest += line;
    while (rest.length > PART_BYTES) {
      await sendPart(upload, `bytes ${offset}-${offset + PART_BYTES - 1}/*`, rest.slice(0, PART_BYTES));
      offset += PART_BYTES;
      rest = rest.slice(PART_BYTES);
    }
  }
  const end = offset + rest.length;
  const job = await sendPart(upload, `bytes ${offset}-${end - 1}/${end}`, rest);
  if (job === null) throw new Error('BigQuery waits for more of an upload that is complete.');
  return job;
}

/** An upload that was opened: its address holds its state. */
interface Upload {
  readonly api: BigQueryApi;
  readonly uri: string;
  readonly signal: AbortSignal;
}

/** Where a relation is, for requests that name it outside of SQL. */
export function toTableKey({ database, schema, identifier }: Relation, project: string): TableKey {
  return { project: database ?? project, dataset: schema, table: identifier };
}

async function openUpload(api: BigQueryApi, load: Load, jobId: string): Promise<string> {
  const { project, dataset, table } = load.table;
  const { headers } = await api.exchange({
    method: 'POST',
    uri: `${api.endpoint}/upload/bigquery/v2/projects/${api.project}/jobs`,
    qs: { uploadType: 'resumable' },
    headers: { 'X-Upload-Content-Type': 'application/octet-stream' },
    json: {
      jobReference: { projectId: api.project, jobId, location: load.location },
      configuration: {
        labels: load.labels,
        load: {
          destinationTable: { projectId: project, datasetId: dataset, tableId: table },
          schema: { fields: load.fields },
          sourceFormat: 'NEWLINE_DELIMITED_JSON',
          writeDisposition: 'WRITE_APPEND',
          createDisposition: 'CREATE_NEVER',
        },
      },
    },
  });
  const { location } = headers;
  if (location === undefined) throw new Error('BigQuery opened no upload for the rows.');
  return location;
}

/** Sends a part; the job where it was the last one. */
async function sendPart(upload: Upload, range: string, body: string): Promise<JobMetadata | null> {
  if (upload.signal.aborted) throw toCancelled();
  const headers = { 'Content-Type': 'application/octet-stream', 'Content-Range': range };
  try {
    return await upload.api.send<JobMetadata>({ method: 'PUT', uri: upload.uri, headers, body });
  } catch (error) {
    if (error instanceof RequestError && error.failure.status === RESUME_INCOMPLETE) return null;
    throw error;
  }
}

function* renderLines({ columns, fields, rows }: Load): Generator<string> {
  const writers = columns.map(({ name }) => {
    const field = findField(name, fields);
    return { field, key: JSON.stringify(field.name), write: findCellWriter(nameType(field)) };
  });
  let number = 0;
  for (const row of rows) {
    number++;
    const parts = writers.map(({ field, key, write }, index) => {
      const cell = row[index] ?? null;
      try {
        return `${key}:${cell === null ? 'null' : write(cell)}`;
      } catch (error) {
        throw toCellError(error, number, field);
      }
    });
    yield `${toAscii(`{${parts.join(',')}}`)}\n`;
  }
}

/** BigQuery tells columns apart without their case. */
function findField(name: string, fields: readonly TableField[]): TableField {
  const field = fields.find((one) => one.name?.toLowerCase() === name.toLowerCase());
  if (field === undefined) throw new StrataError('database-error', `The table to load has no column "${name}".`);
  return field;
}

/** One character then is one byte, which is what parts are counted in. */
function toAscii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function toCellError(error: unknown, row: number, field: TableField): StrataError {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `row ${row}, column "${field.name}" (${nameType(field)}): ${reason}.`;
  return new StrataError('database-error', message, {}, { hint: 'Correct the value or give the column another type.' });
}
