/**
 * What a scheduler written in TypeScript imports: the command line as a function, and the errors that artifacts and
 * logs name by code.
 */
export { runCommandLine } from './cli/main.ts';
export type { OutputStream, Surroundings } from './cli/surroundings.ts';
export type { ErrorCode, Place } from './errors.ts';
export { errorCodes, StrataError, StrataErrors } from './errors.ts';
