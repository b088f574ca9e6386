import { StrataError } from '../errors.ts';

/** Stands for a member that a dialect's own flags say is never asked for. */
export function neverNeeded(member: string): never {
  throw new StrataError('internal', `This warehouse has no use for ${member}.`);
}
