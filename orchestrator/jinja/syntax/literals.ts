/** The value of an integer literal: a number, or a bigint beyond 2^53. */
export function parseIntegerLiteral(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(/^0+$/.test(text) ? 0 : text);
}
