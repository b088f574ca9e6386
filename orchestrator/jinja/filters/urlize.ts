import { requireInteger } from '../methods/method.ts';
import { runtimeError } from '../runtime/failures.ts';
import { listItems } from '../runtime/iterate.ts';
import { escapeHtml, escapeValue } from '../values/escape.ts';
import { isTrue, type Value } from '../values/model.ts';
import { toText } from '../values/print.ts';

const port = '(?::\\d{1,5})?(?:[/?#]\\S*)?$';
const commonDomain = '(?:com|net|int|edu|gov|org|info|mil)';
const webAddress = new RegExp(
  `^(?:https?://|www\\.)(?:[\\p{L}\\p{N}_%-]+\\.)*(?:[a-z]{2,63}|xn--[\\w%]{2,59})${port}`,
  'iu',
);
const numericAddress = new RegExp(`^https?://(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[\\da-f:]+\\])${port}`, 'iu');
const bareAddress = new RegExp(`^(?:[\\p{L}\\p{N}_%-]{2,63}\\.)+${commonDomain}${port}`, 'iu');
const mailAddress = /^\S+@[\p{L}\p{N}_][\p{L}\p{N}_.-]*\.[\p{L}\p{N}_]+$/u;
const brackets = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const;

interface LinkRules {
  readonly limit: number | undefined;
  readonly attributes: string;
  readonly targetAttribute: string;
  readonly schemes: readonly string[];
}

/** Turns addresses in a text into links. */
export function linkUrls(value: Value, [limit, noFollow, target, rel, extraSchemes]: readonly Value[]): string {
  const words = new Set(
    rel === undefined || rel === null
      ? []
      : toText(rel)
          .split(/\s+/)
          .filter((word) => word !== ''),
  );
  if (isTrue(noFollow)) words.add('nofollow');
  words.add('noopener');
  const schemes = extraSchemes === undefined || extraSchemes === null ? [] : listItems(extraSchemes).map(toText);
  const wrong = schemes.find((scheme) => !/^[\w.+-]{2,}:\/{0,2}$/.test(scheme));
  if (wrong !== undefined) throw runtimeError(`'${wrong}' is not a valid URI scheme prefix.`);
  const rules: LinkRules = {
    limit: limit === undefined || limit === null ? undefined : requireInteger(limit),
    attributes: ` rel="${escapeHtml([...words].sort().join(' '))}"`,
    targetAttribute: target === undefined || target === null ? '' : ` target="${escapeValue(target)}"`,
    schemes,
  };
  return escapeValue(value)
    .split(/(\s+)/)
    .map((word) => linkWord(word, rules))
    .join('');
}

function linkWord(word: string, rules: LinkRules): string {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? '';
  let middle = word.slice(head.length);
  const tail = /(?:[)>.,\n]|&gt;)+$/.exec(middle)?.[0] ?? '';
  middle = middle.slice(0, middle.length - tail.length);
  const [kept, rest] = balance(middle, tail);
  return head + linkAddress(kept, rules) + rest;
}

/** A closing bracket belongs to the address when its opening one does. */
function balance(middle: string, tail: string): [string, string] {
  let kept = middle;
  let rest = tail;
  for (const [open, close] of brackets) {
    const opened = countOf(kept, open);
    if (opened <= countOf(kept, close)) continue;
    for (let i = Math.min(opened, countOf(rest, close)); i > 0; i--) {
      const end = rest.indexOf(close) + close.length;
      kept += rest.slice(0, end);
      rest = rest.slice(end);
    }
  }
  return [kept, rest];
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

function linkAddress(word: string, { limit, attributes, targetAttribute, schemes }: LinkRules): string {
  const shown = limit !== undefined && word.length > limit ? `${word.slice(0, limit)}...` : word;
  const link = (prefix: string) => `<a href="${prefix}${word}"${attributes}${targetAttribute}>${shown}</a>`;
  if (webAddress.test(word) || numericAddress.test(word)) return link(/^https?:\/\//.test(word) ? '' : 'https://');
  if (word.startsWith('mailto:') && mailAddress.test(word.slice(7))) return `<a href="${word}">${word.slice(7)}</a>`;
  if (bareAddress.test(word)) return link('https://');
  const isMail = word.includes('@') && !word.startsWith('www.') && !word.startsWith('@') && !word.includes(':');
  if (isMail && mailAddress.test(word)) return `<a href="mailto:${word}">${word}</a>`;
  return schemes.some((scheme) => word !== scheme && word.startsWith(scheme)) ? link('') : word;
}
