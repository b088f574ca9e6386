/** First letter upper case, the others lower case. */
export function capitalizeText(text: string): string {
  const [first = ''] = text;
  return toTitle(first) + text.slice(first.length).toLowerCase();
}

/** Python's `str.title`: the first letter of each run of letters is upper case. */
export function titleText(text: string): string {
  return text.replace(/\p{L}+/gu, capitalizeText);
}

/** Upper case becomes lower case and the other way round. */
export function swapCase(text: string): string {
  return text.replace(/\p{L}/gu, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
}

/** One letter in title case: of `ß` that is `Ss` and not `SS`. */
function toTitle(letter: string): string {
  const upper = letter.toUpperCase();
  const [first = ''] = upper;
  return upper.length > letter.length ? first + upper.slice(first.length).toLowerCase() : upper;
}
