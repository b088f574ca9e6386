import { describe, expect, it } from 'vitest';
import { listFiles, stripText } from './project-files.ts';

const models = listFiles('models', '.sql');
const macros = listFiles('macros', '.sql');
const tests = listFiles('tests/data', '.sql');
const all = [...models, ...macros, ...tests, ...listFiles('models', '.yml')];

const keywords =
  'select|from|where|with|as|and|or|not|case|when|then|else|end|inner|left|join|on|group|order|by|union|all|having|cast|null|is|in|over|partition|between|distinct|count|sum|min|max';

/** Functions and syntax that one warehouse has and another has not. */
const warehouseWords =
  /\b(?:strptime|strftime|to_timestamp|generate_series|generate_array|flatten|unnest|list_agg|string_agg|array_agg|date_diff|datediff|date_add|dateadd|timestampdiff|epoch|extract|qualify|ilike|any_value|median|quantile_cont|approx_\w+|iff|nvl|safe_divide|interval|collate)\b|::/i;

const ownMacros = new RegExp(
  `\\b(?:${listFiles('macros/cross_db', '.sql')
    .map(({ name }) => name)
    .join('|')})\\(`,
  'g',
);

/** Without calls of our macros, some of which are named like the function of one warehouse. */
const dropOwnMacros = (template: string) => template.replace(ownMacros, '(');

describe('the SQL of the project', () => {
  it('keeps lines within 100 columns and without trailing blanks', () => {
    const found = all.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, i) => (line.length > 100 || /\s$/.test(line) ? [`${path}:${i + 1}`] : [])),
    );
    expect(found).toEqual([]);
  });

  it('writes keywords in lower case', () => {
    const upper = new RegExp(`\\b(?:${keywords.toUpperCase()})\\b`);
    const found = [...models, ...macros, ...tests]
      .filter(({ text }) => upper.test(stripText(text)))
      .map(({ path }) => path);
    expect(found).toEqual([]);
  });

  it('spells joins out', () => {
    const found = [...models, ...tests].flatMap(({ path, text }) =>
      stripText(text)
        .split('\n')
        .filter((line) => /\bjoin\b/.test(line) && !/\b(?:inner|left|cross) join\b/.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  it('ends every model with its last step', () => {
    const found = models.filter(({ text }) => {
      const steps = [...text.matchAll(/^(\w+) as \($/gm)].map((match) => match[1]);
      return !text.endsWith(`\nselect * from ${steps.at(-1)}\n`);
    });
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('reads sources in staging only, and always through the macro that knows the user’s files', () => {
    const found = models.filter(({ text }) => /\bsource\(/.test(text)).map(({ path }) => path);
    const raw = models.filter(({ text }) => text.includes('raw_relation(')).map(({ name }) => name);
    expect(found).toEqual([]);
    expect(raw.filter((name) => !name.startsWith('stg_'))).toEqual([]);
  });

  it('never reads the clock', () => {
    const clock =
      /\b(?:current_date|current_timestamp|now\(|getdate|sysdate|localtimestamp|run_started_at|modules\.datetime)/i;
    const found = [...models, ...macros, ...tests].filter(({ text }) => clock.test(stripText(text)));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('keeps what differs between warehouses in macros/cross_db', () => {
    const found = [...models, ...macros, ...tests]
      .filter(({ path }) => !path.startsWith('macros/cross_db/'))
      .flatMap(({ path, text }) => {
        const sql = stripText(text)
          .replace(/\{\{[^}]*\}\}/g, dropOwnMacros)
          .replace(/\bdbt\.\w+/g, '');
        const word = warehouseWords.exec(sql)?.[0];
        return word === undefined ? [] : [`${path}: ${word}`];
      });
    expect(found).toEqual([]);
  });

  it('names models by their layer', () => {
    const layers: readonly (readonly [string, RegExp])[] = [
      ['models/staging/', /^stg_[a-z]+__[a-z_]+$/],
      ['models/intermediate/', /^int_[a-z_]+$/],
      ['models/marts/', /^(?:dim|fct|rpt)_[a-z0-9_]+$/],
      ['models/scoring/', /^[a-z_]+s$/],
    ];
    const found = models.filter(
      ({ path, name }) => !layers.some(([folder, pattern]) => path.startsWith(folder) && pattern.test(name)),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});

describe('the macros of the project', () => {
  it('stand one to a file, named after it, beside its versions for each warehouse', () => {
    const found = macros.filter(({ name, text }) => {
      const defined = [...text.matchAll(/\{%-?\s*(?:macro|test)\s+(\w+)/g)].map((match) => match[1] ?? '');
      return !defined.includes(name) || defined.some((other) => other !== name && !other.endsWith(`__${name}`));
    });
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('say what they are for', () => {
    expect(macros.filter(({ text }) => !text.startsWith('{#')).map(({ path }) => path)).toEqual([]);
  });
});
