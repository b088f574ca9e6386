/**
 * What the bundle offers: the command line as a function, for schedulers written in TypeScript, and as a process for
 * bin/; the errors that artifacts and logs name by code.
 */
export { main, runCommandLine } from './cli/main.ts';
export type { OutputStream, Surroundings } from './cli/surroundings.ts';
export type { ErrorCode, Place } from './errors.ts';
export { errorCodes, StrataError, StrataErrors } from './errors.ts';
