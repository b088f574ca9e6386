/** A type's spelling taken apart: `numeric(18,2)` is base numeric with parameters 18 and 2. */
export interface TypeSpelling {
  readonly base: string;
  readonly parameters: readonly number[];
}

/** What a warehouse calls its types: other spellings of each, and which is wider than which. */
export interface TypeSystem {
  /** Lower-case spelling → the one name it is compared under. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Integer types with the number of decimal digits that any of their values needs. */
  readonly integerDigits: ReadonlyMap<string, number>;
  /** Exact decimals of this type without parameters hold anything. */
  readonly hasUnboundedDecimal: boolean;
}

/** Significant digits a double precision number holds exactly. */
const DOUBLE_DIGITS = 15;

/** Takes a spelling apart and resolves aliases; nested types stay whole. */
function parseType(spelling: string, system: TypeSystem): TypeSpelling {
  const text = spelling.trim().toLowerCase().replace(/\s+/g, ' ');
  const match = /^([^()]*)\((\s*\d+\s*(?:,\s*\d+\s*)*)\)(.*)$/.exec(text);
  if (match === null) return { base: system.aliases.get(text) ?? text, parameters: [] };
  const [, before = '', inside = '', after = ''] = match;
  const base = `${before.trim()} ${after.trim()}`.trim().replace(' []', '[]');
  return { base: system.aliases.get(base) ?? base, parameters: inside.split(',').map(Number) };
}

/** Whether two spellings name one type; one without parameters matches any. */
export function isSameSpelling(a: string, b: string, system: TypeSystem): boolean {
  const [left, right] = [parseType(a, system), parseType(b, system)];
  if (left.base !== right.base) return false;
  if (left.parameters.length === 0 || right.parameters.length === 0) return true;
  const [precision, scale = 0] = left.parameters;
  const [otherPrecision, otherScale = 0] = right.parameters;
  return precision === otherPrecision && scale === otherScale;
}

/** Whether `to` holds every value of `from` and more. */
export function isWider(from: string, to: string, system: TypeSystem): boolean {
  const [narrow, wide] = [parseType(from, system), parseType(to, system)];
  if (narrow.base === wide.base) return isLonger(narrow, wide, system);
  const digits = system.integerDigits.get(narrow.base);
  if (digits !== undefined) return holdsDigits(wide, digits, system);
  if (narrow.base === 'varchar') return wide.base === 'text';
  return (narrow.base === 'float' && wide.base === 'double') || (narrow.base === 'date' && wide.base === 'timestamp');
}

function isLonger(narrow: TypeSpelling, wide: TypeSpelling, system: TypeSystem): boolean {
  if (narrow.parameters.length === 0) return false;
  if (narrow.base === 'decimal') return isLongerDecimal(narrow, wide, system);
  const [length = 0] = narrow.parameters;
  const [longer] = wide.parameters;
  return longer === undefined || longer > length;
}

function isLongerDecimal(narrow: TypeSpelling, wide: TypeSpelling, system: TypeSystem): boolean {
  if (wide.parameters.length === 0) return system.hasUnboundedDecimal;
  const [precision = 0, scale = 0] = narrow.parameters;
  const [widePrecision = 0, wideScale = 0] = wide.parameters;
  const isDifferent = precision !== widePrecision || scale !== wideScale;
  return isDifferent && wideScale >= scale && widePrecision - wideScale >= precision - scale;
}

function holdsDigits(wide: TypeSpelling, digits: number, system: TypeSystem): boolean {
  const wideDigits = system.integerDigits.get(wide.base);
  if (wideDigits !== undefined) return wideDigits > digits;
  if (wide.base === 'double') return digits <= DOUBLE_DIGITS;
  if (wide.base !== 'decimal') return false;
  const [precision, scale = 0] = wide.parameters;
  return precision === undefined ? system.hasUnboundedDecimal : precision - scale >= digits;
}
