const upper = '\\p{Uppercase}\\p{Lt}';
const lower = '\\p{Lowercase}';
const casedRun = new RegExp(`[${upper}${lower}]+`, 'gu');
const notTitle = new RegExp(`(?<=[${upper}${lower}])[${upper}]|(?<![${upper}${lower}])${lower}`, 'u');
const cased = new RegExp(`[${upper}${lower}]`, 'u');

/** First letter upper case, the others lower case. */
export function capitalizeText(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  // A sigma's lower case depends on what is in front of it, so all of the text is lowered before it is cut.
  return text === '' ? '' : toTitle(first) + text.toLowerCase().slice(first.toLowerCase().length);
}

/** Python's `str.title`: the first letter of each run of letters that have a case is upper case. */
export function titleText(text: string): string {
  return text.replace(casedRun, capitalizeText);
}

/** Upper case becomes lower case and the other way round. */
export function swapCase(text: string): string {
  return text.replace(/\p{Uppercase}+|\p{Lowercase}+/gu, (letters) =>
    /^\p{Uppercase}/u.test(letters) ? letters.toLowerCase() : letters.toUpperCase(),
  );
}

/** Whether all letters that have a case are upper case, and there is one. */
export function isUpperText(text: string): boolean {
  return /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
}

/** Whether all letters that have a case are lower case, and there is one. */
export function isLowerText(text: string): boolean {
  return /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);
}

/** Whether upper case letters stand only where a word starts and lower case letters only after them. */
export function isTitleText(text: string): boolean {
  return cased.test(text) && !notTitle.test(text);
}

/** Text for comparing without regard to case: by way of upper case, so that `ß` becomes `ss` and `ς` becomes `σ`. */
export function foldCase(text: string): string {
  return Array.from(text, foldLetter).join('');
}

function foldLetter(letter: string): string {
  if (letter === 'ı') return letter;
  // Cherokee folds to upper case, which its letters had first.
  if (/[\u13a0-\u13fd\uab70-\uabbf]/.test(letter)) return letter.toUpperCase();
  return letter.toLowerCase().toUpperCase().toLowerCase();
}

/** The letters whose title case is neither their upper nor their lower case, by their lower case. */
const titleForms = new Map(Array.from('ǅǈǋǲᾈᾉᾊᾋᾌᾍᾎᾏᾘᾙᾚᾛᾜᾝᾞᾟᾨᾩᾪᾫᾬᾭᾮᾯᾼῌῼ', (letter) => [letter.toLowerCase(), letter]));

/** One letter in title case: of `ß` that is `Ss` and not `SS`, and Georgian letters stay as they are. */
function toTitle(letter: string): string {
  if (/[\u10d0-\u10ff]/.test(letter)) return letter;
  const known = titleForms.get(letter.toLowerCase());
  if (known !== undefined) return known;
  const [first = '', ...others] = letter.toUpperCase();
  const rest = others.join('');
  // The iota that goes under a Greek capital is a mark and no letter.
  return first + (cased.test(first) ? rest.toLowerCase().replace('ι', '\u0345') : rest);
}
