import * as z from 'zod/mini';
import { freeMapping, oneOf, strictShape, text, textOrList } from '../config/shape.ts';

// Values that dbt renders may be templates where a number or a boolean is meant.
const template = z.string().check(z.regex(/\{[{%]/, { abort: true }));
const flag = oneOf('true or false', [z.boolean(), template]);
const wholeNumber = oneOf('a whole number', [z.int(), template]);
const version = oneOf('text or a number', [z.string(), z.number()]);
const mapping = z.nullish(freeMapping);
const optionalText = z.nullish(text);

/** One test as written: its name, or a mapping. What the mapping holds is checked where the test is built. */
const test = oneOf('the name of a test or a mapping of it to its arguments', [z.string(), freeMapping]);
const tests = z.nullish(z.array(test));

const docs = z.nullish(strictShape({ show: z.optional(flag), node_color: optionalText }));

const constraint = strictShape({
  type: z.enum(['check', 'not_null', 'unique', 'primary_key', 'foreign_key', 'custom']),
  name: optionalText,
  expression: optionalText,
  columns: z.nullish(z.array(text)),
  to: optionalText,
  to_columns: z.nullish(z.array(text)),
  warn_unenforced: z.optional(z.boolean()),
  warn_unsupported: z.optional(z.boolean()),
});
const constraints = z.nullish(z.array(constraint));

const column = strictShape({
  name: text,
  description: optionalText,
  data_type: optionalText,
  quote: z.nullish(flag),
  meta: mapping,
  tags: z.nullish(textOrList),
  config: mapping,
  docs,
  constraints,
  granularity: optionalText,
  tests,
  data_tests: tests,
  policy_tags: z.nullish(z.array(text)),
  dimension: z.optional(z.unknown()),
  entity: z.optional(z.unknown()),
});
const columns = z.nullish(z.array(column));

const described = {
  name: text,
  description: optionalText,
  meta: mapping,
  tags: z.nullish(textOrList),
  config: mapping,
  docs,
  columns,
  constraints,
  access: optionalText,
  group: optionalText,
  data_type: optionalText,
  tests,
  data_tests: tests,
  quote_columns: z.nullish(flag),
};

const versionEntry = strictShape({
  v: version,
  defined_in: optionalText,
  description: optionalText,
  access: optionalText,
  config: mapping,
  docs,
  constraints,
  tests,
  data_tests: tests,
  columns: z.nullish(z.array(freeMapping)),
  deprecation_date: z.nullish(version),
});

const model = strictShape({
  ...described,
  latest_version: z.nullish(version),
  versions: z.nullish(z.array(versionEntry)),
  deprecation_date: z.nullish(version),
  time_spine: mapping,
  semantic_model: z.optional(z.unknown()),
  agg_time_dimension: optionalText,
  metrics: z.optional(z.unknown()),
});
const snapshot = strictShape({ ...described, relation: optionalText });

const period = z.nullish(
  strictShape({
    count: z.nullish(wholeNumber),
    period: z.nullish(oneOf('minute, hour or day', [z.enum(['minute', 'hour', 'day']), template])),
  }),
);
const freshness = z.nullish(strictShape({ warn_after: period, error_after: period, filter: optionalText }));
const quoting = z.nullish(
  strictShape({
    database: z.nullish(flag),
    schema: z.nullish(flag),
    identifier: z.nullish(flag),
    column: z.nullish(flag),
  }),
);

const freshnessKeys = { freshness, loaded_at_field: optionalText, loaded_at_query: optionalText };

const sourceTable = strictShape({
  name: text,
  description: optionalText,
  identifier: optionalText,
  meta: mapping,
  tags: z.nullish(textOrList),
  config: mapping,
  docs,
  columns,
  quoting,
  external: mapping,
  data_type: optionalText,
  tests,
  data_tests: tests,
  quote_columns: z.nullish(flag),
  ...freshnessKeys,
});

const source = strictShape({
  name: text,
  description: optionalText,
  database: optionalText,
  schema: optionalText,
  loader: optionalText,
  meta: mapping,
  tags: z.nullish(textOrList),
  config: mapping,
  quoting,
  overrides: optionalText,
  tables: z.nullish(z.array(sourceTable)),
  tests,
  data_tests: tests,
  ...freshnessKeys,
});

const macro = strictShape({
  name: text,
  description: optionalText,
  meta: mapping,
  config: mapping,
  docs,
  arguments: z.nullish(z.array(strictShape({ name: text, type: z.nullish(version), description: optionalText }))),
});

const exposure = strictShape({
  name: text,
  type: z.enum(['dashboard', 'notebook', 'analysis', 'ml', 'application']),
  owner: strictShape({ name: optionalText, email: z.nullish(textOrList), slack: optionalText, github: optionalText }),
  description: optionalText,
  label: optionalText,
  maturity: z.nullish(z.enum(['low', 'medium', 'high'])),
  url: optionalText,
  meta: mapping,
  tags: z.nullish(textOrList),
  config: mapping,
  depends_on: z.nullish(z.array(text)),
});

const list = <Item extends z.ZodMiniType>(item: Item) => z.nullish(z.array(item));
const later = z.optional(z.unknown());

/** A properties file: every key dbt knows at its top. */
export const propertiesShape = strictShape({
  version: z.optional(z.nullable(z.literal(2, { error: () => '2' }))),
  models: list(model),
  seeds: list(strictShape(described)),
  snapshots: list(snapshot),
  analyses: list(strictShape(described)),
  sources: list(source),
  macros: list(macro),
  exposures: list(exposure),
  tests: list(strictShape(described)),
  data_tests: list(strictShape(described)),
  unit_tests: later,
  metrics: later,
  groups: later,
  semantic_models: later,
  saved_queries: later,
  functions: later,
  anchors: later,
});

/** Top-level keys that are read but mean nothing to Strata yet. */
export const LATER_KEYS = ['unit_tests', 'metrics', 'groups', 'semantic_models', 'saved_queries', 'functions'] as const;

export type PropertiesYaml = z.infer<typeof propertiesShape>;
export type DescribedYaml = z.infer<typeof model> & { readonly relation?: string | null | undefined };
export type ColumnYaml = z.infer<typeof column>;
export type SourceYaml = z.infer<typeof source>;
export type SourceTableYaml = z.infer<typeof sourceTable>;
export type MacroYaml = z.infer<typeof macro>;
export type ExposureYaml = z.infer<typeof exposure>;
export type TestYaml = z.infer<typeof test>;
