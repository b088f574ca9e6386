import pico from 'picocolors';

/** The few colours lines use, or none. */
export type Colors = Pick<ReturnType<typeof pico.createColors>, 'bold' | 'cyan' | 'dim' | 'green' | 'red' | 'yellow'>;

/** What decides on colours. */
export interface ColorWish {
  readonly noColor: boolean;
  readonly useColors: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

/** Flags win over NO_COLOR and FORCE_COLOR, those over whether somebody watches. */
export function chooseColors({ noColor, useColors, env, isTerminal }: ColorWish): Colors {
  if (noColor) return pico.createColors(false);
  if (useColors) return pico.createColors(true);
  if (isSet(env['NO_COLOR'])) return pico.createColors(false);
  return pico.createColors(isSet(env['FORCE_COLOR']) || (isTerminal && env['TERM'] !== 'dumb'));
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
