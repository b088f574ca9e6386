import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRenderBench } from '../../support/render.ts';

/** Templates and what Jinja2 3.1.6 on Python 3.11 printed for them with the real modules. */
const cases: [string, string][] = JSON.parse(readFileSync(new URL('./python-modules.json', import.meta.url), 'utf8'));

describe('modules', () => {
  test.each(cases)('%s', (template, expected) => {
    expect(createRenderBench().render(template)).toBe(expected);
  });

  test('a pattern may begin with several groups of flags', () => {
    const template = String.raw`{{ modules.re.sub('(?i)(?s)a.b', 'x', 'A\nB') }} {{ modules.re.findall('(?im)^a$', 'A\na') }}`;
    expect(createRenderBench().render(template)).toBe("x ['A', 'a']");
  });

  test('several inline flags in front of a pattern count together', () => {
    const template = "{{ modules.re.sub('(?i)(?s)a.b', '-', 'xA\\nB') }}";
    expect(createRenderBench().render(template)).toBe('x-');
  });

  test('a zone gives a date the offset of that season', () => {
    const template = "{{ modules.datetime.datetime(2024, 7, 1, tzinfo=modules.pytz.timezone('Europe/Berlin')) }}";
    expect(createRenderBench().render(template)).toBe('2024-07-01 00:00:00+02:00');
  });

  test('a zone shifts the clock by its offset on that day', () => {
    const template = `{{ run_started_at.astimezone(modules.pytz.timezone('America/New_York')) }}
{{ run_started_at.astimezone(modules.pytz.timezone('Asia/Kolkata')).strftime('%H:%M %z') }}
{{ modules.pytz.utc }}`;
    expect(createRenderBench().render(template)).toBe('2026-01-01 22:04:05-05:00\n08:34 +0530\nUTC');
  });

  test.each([
    ["{{ modules.pytz.timezone('Mars/Base') }}", "unknown time zone 'Mars/Base'"],
    ['{{ modules.datetime.date(2023, 2, 29) }}', 'day is out of range for month'],
    ["{{ modules.datetime.datetime.strptime('x', '%Y') }}", "time data 'x' does not match format '%Y'"],
    ["{{ modules.re.match('(', 'x') }}", "The pattern '(' is no regular expression."],
    ['{{ modules.itertools.product(range(2000), range(2000)) }}', 'itertools would make more than 1000000 items'],
  ])('%s is an error', (template, message) => {
    expect(() => createRenderBench().render(template)).toThrow(message);
  });

  test.each(['{{ modules.os }}', '{{ modules.datetime.sys }}', '{{ modules.re.constructor }}'])(
    '%s does not exist',
    (template) => {
      expect(createRenderBench().render(template)).toBe('');
    },
  );
});
