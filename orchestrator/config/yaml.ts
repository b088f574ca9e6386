import {
  boolYaml11Tag,
  constructFromEvents,
  defineScalarTag,
  EVENT_ID,
  type Event,
  FAILSAFE_SCHEMA,
  floatYaml11Tag,
  intYaml11Tag,
  mergeTag,
  NOT_RESOLVED,
  nullYaml11Tag,
  parseEvents,
  YAMLException,
} from 'js-yaml';
import { type Place, StrataError } from '../errors.ts';
import { PyFloat } from '../jinja/values.ts';
import { describeYamlMistake } from './yaml-mistakes.ts';
import { type YamlPath, YamlPositions } from './yaml-positions.ts';

/** A YAML file's value, and where each part of it stands. */
export interface YamlDocument {
  readonly file: string;
  readonly value: unknown;
  /** The place of the key or list item at a path, or of its nearest ancestor that exists. */
  locate(path: YamlPath): Place;
}

export interface YamlOptions {
  /** What a key given twice means: an error, or the last one wins (packages of others). Default: error. */
  readonly duplicateKeys?: 'error' | 'last-wins';
  /** Keeps `1.0` apart from `1`, which a template prints differently: for variables. Default: both are numbers. */
  readonly keepFloats?: boolean;
}

const BOOLEANS = new Set(['yes', 'no', 'true', 'false', 'on', 'off'].flatMap(spellings));

// PyYAML, and so every dbt project, reads yes/no/on/off as booleans but leaves y and n alone; dates stay text, which
// prints the same in a template.
const boolTag = defineScalarTag<boolean>('tag:yaml.org,2002:bool', {
  implicit: true,
  implicitFirstChars: [...'yYnNtTfFoO'],
  resolve: (source, isExplicit, tagName) =>
    BOOLEANS.has(source) ? boolYaml11Tag.resolve(source, isExplicit, tagName) : NOT_RESOLVED,
  identify: (value) => typeof value === 'boolean',
});

const schema = FAILSAFE_SCHEMA.withTags(nullYaml11Tag, boolTag, intYaml11Tag, floatYaml11Tag, mergeTag);

const floatTag = defineScalarTag<number | PyFloat>('tag:yaml.org,2002:float', {
  implicit: true,
  implicitFirstChars: floatYaml11Tag.implicitFirstChars,
  resolve: (source, isExplicit, tagName) => {
    const value = floatYaml11Tag.resolve(source, isExplicit, tagName);
    return typeof value === 'number' && Number.isInteger(value) ? new PyFloat(value) : value;
  },
  identify: (value) => value instanceof PyFloat,
});

const schemaWithFloats = schema.withTags(floatTag);

/** Reads a YAML text as dbt does (YAML 1.1). An empty text is null. Throws `yaml-syntax` with line and column. */
export function readYaml(text: string, file: string, options: YamlOptions = {}): YamlDocument {
  const events = parse(text, file);
  const value = construct(events, text, file, options);
  let positions: YamlPositions | undefined;
  return {
    file,
    value,
    locate(path) {
      positions ??= new YamlPositions(text, events);
      return { file, ...positions.find(path) };
    },
  };
}

function parse(text: string, file: string): readonly Event[] {
  try {
    return parseEvents(text, {});
  } catch (error) {
    throw syntaxError(error, text, file);
  }
}

function construct(events: readonly Event[], source: string, file: string, options: YamlOptions): unknown {
  if (events.length === 0) return null;
  try {
    const documents = constructFromEvents([...events], {
      source,
      schema: options.keepFloats === true ? schemaWithFloats : schema,
      json: options.duplicateKeys === 'last-wins',
    });
    if (documents.length <= 1) return documents[0] ?? null;
  } catch (error) {
    throw syntaxError(error, source, file);
  }
  const second = events.findIndex((event, index) => index > 0 && event.type === EVENT_ID.DOCUMENT);
  const { line } = new YamlPositions(source, events).placeOf(second + 1);
  throw new StrataError(
    'yaml-syntax',
    'The file holds more than one YAML document.',
    { file, line },
    {
      hint: 'Remove the "---" between them or split the file.',
    },
  );
}

function syntaxError(error: unknown, text: string, file: string): StrataError {
  if (!(error instanceof YAMLException)) throw error;
  const lines = text.split('\n');
  const merged = lines.findIndex((each) => /^(<{7}|={7}|>{7})( |\r?$)/.test(each));
  if (merged !== -1) {
    const hint = 'Keep one of the two sides and remove the lines with <<<<<<<, ======= and >>>>>>>.';
    return new StrataError('yaml-syntax', 'A merge left its marks here.', { file, line: merged + 1 }, { hint });
  }
  const mark = error.mark as { line: number; column: number } | undefined;
  const place = mark === undefined ? { file } : { file, line: mark.line + 1, column: mark.column + 1 };
  const line = lines[mark?.line ?? 0] ?? '';
  const { message, hint } = describeYamlMistake(error.reason, line, mark?.column ?? 0);
  // The parser's own error is no cause to keep: it quotes the lines around, and they may hold a password.
  return new StrataError('yaml-syntax', message, place, { hint });
}

function spellings(word: string): string[] {
  return [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)];
}
