import { listItems } from '../runtime/iterate.ts';
import { escapeValue } from '../values/escape.ts';
import { Markup, PyTuple, type Value } from '../values/model.ts';
import { type Method, type MethodTable, method, tabulate } from './method.ts';
import { stringMethods } from './string.ts';
import { stripTags, unescapeHtml } from './strip-tags.ts';

/** The methods whose second argument gets into the text and so is escaped; what is only looked for never is. */
const methodsThatInsert: ReadonlySet<string> = new Set(['replace', 'ljust', 'rjust', 'center']);

/** A string method on markup: text that it inserts is escaped, texts in the result are markup again. */
function lift(inner: Method<string>): Method<Markup> {
  if (!methodsThatInsert.has(inner.name)) {
    return { ...inner, run: (self, args, kwargs, state) => wrap(inner.run(self.text, args, kwargs, state)) };
  }
  return {
    ...inner,
    run: (self, [first, inserted, ...rest], kwargs, state) => {
      const escaped = inserted === undefined ? undefined : escapeValue(inserted);
      return wrap(inner.run(self.text, [first, escaped, ...rest], kwargs, state));
    },
  };
}

function wrap(value: Value): Value {
  if (typeof value === 'string') return new Markup(value);
  if (value instanceof PyTuple) return PyTuple.make(Array.from(value, wrap));
  return Array.isArray(value) ? value.map(wrap) : value;
}

/** The methods of `Markup`. */
export const markupMethods: MethodTable<Markup> = tabulate<Markup>([
  ...Array.from(stringMethods.values(), lift),
  method('join', [1, 1], (self, [items]) => new Markup(listItems(items).map(escapeValue).join(self.text))),
  method('striptags', [0, 0], (self) => stripTags(self.text)),
  method('unescape', [0, 0], (self) => unescapeHtml(self.text)),
]);
