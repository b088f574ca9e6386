import type { Filter } from '../filters/filter.ts';
import type { MacroDefinition } from '../macro.ts';
import type { TemplateTest } from '../tests.ts';

/** What all code of one template shares at run time. */
export interface Unit {
  readonly file: string;
  /** Definitions that the code refers to by number. */
  readonly macros: readonly MacroDefinition[];
  findFilter(name: string): Filter | undefined;
  findTest(name: string): TemplateTest | undefined;
}

const columnLimit = 65_536;

/** A line and column, both counted from 1, in one number for generated code. */
export function encodePosition(line: number, column: number): number {
  return line * columnLimit + Math.min(column, columnLimit - 1);
}

/** The line and column of an encoded position. */
export function decodePosition(position: number): { line: number; column: number } {
  return { line: Math.floor(position / columnLimit), column: position % columnLimit };
}
