export type { ErrorCode, Place } from './errors.ts';
export { errorCodes, StrataError, StrataErrors } from './errors.ts';
