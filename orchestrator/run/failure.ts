import { StrataError, StrataErrors } from '../errors.ts';
import type { Node } from '../manifest/node.ts';

/** Any error as one of ours, at the node's file where it names no place. */
export function toStrataError(error: unknown, node: Node): StrataError {
  const place = { file: node.original_file_path };
  if (error instanceof StrataErrors) return error.errors[0] ?? new StrataError('internal', error.message, place);
  if (!(error instanceof StrataError)) {
    const message = error instanceof Error ? error.message : String(error);
    return new StrataError('internal', message, place, { cause: error });
  }
  if (error.place.file !== undefined) return error;
  return new StrataError(error.code, error.message, place, { hint: error.hint, cause: error.cause });
}
