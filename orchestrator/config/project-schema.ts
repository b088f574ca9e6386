import * as z from 'zod/mini';
import { freeMapping, oneOf, strictShape, text, textList, textOrList } from './shape.ts';

const hooks = z.nullish(textOrList);
const paths = z.optional(textList);
const tree = z.nullish(freeMapping);

const dispatchRule = strictShape({ macro_namespace: text, search_order: textList });

/** dbt_project.yml: every key dbt knows, whether Strata uses it or not. */
export const projectShape = strictShape({
  name: text,
  'config-version': z.optional(z.literal(2, { error: () => '2' })),
  version: z.optional(oneOf('text or a number', [z.string(), z.number()])),
  profile: z.nullish(text),
  'project-root': z.optional(text),
  'model-paths': paths,
  'source-paths': paths,
  'seed-paths': paths,
  'data-paths': paths,
  'test-paths': paths,
  'analysis-paths': paths,
  'macro-paths': paths,
  'snapshot-paths': paths,
  'function-paths': paths,
  'docs-paths': paths,
  'asset-paths': paths,
  'target-path': z.optional(text),
  'log-path': z.optional(text),
  'packages-install-path': z.optional(text),
  'clean-targets': z.nullish(textList),
  quoting: z.nullish(
    strictShape({
      database: z.nullish(z.boolean()),
      schema: z.nullish(z.boolean()),
      identifier: z.nullish(z.boolean()),
      project: z.nullish(z.boolean()),
      snowflake_ignore_case: z.nullish(z.boolean()),
    }),
  ),
  'on-run-start': hooks,
  'on-run-end': hooks,
  dispatch: z.nullish(z.array(dispatchRule)),
  models: tree,
  seeds: tree,
  snapshots: tree,
  analyses: tree,
  sources: tree,
  tests: tree,
  data_tests: tree,
  unit_tests: tree,
  metrics: tree,
  'semantic-models': tree,
  semantic_models: tree,
  'saved-queries': tree,
  saved_queries: tree,
  exposures: tree,
  functions: tree,
  vars: tree,
  'query-comment': z.nullish(
    oneOf('text or a mapping', [
      z.string(),
      strictShape({
        comment: z.nullish(text),
        append: z.nullish(z.boolean()),
        'job-label': z.nullish(z.boolean()),
        job_label: z.nullish(z.boolean()),
      }),
    ]),
  ),
  'require-dbt-version': z.optional(textOrList),
  'restrict-access': z.optional(z.boolean()),
  packages: z.optional(z.array(freeMapping)),
  flags: tree,
  'dbt-cloud': tree,
  anchors: z.optional(z.unknown()),
});

export type ProjectYaml = z.infer<typeof projectShape>;

/** Names that Jinja contexts use, so no package may have them. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(
  `_sql_results adapter api column config context database env env_var exceptions execute flags fromjson fromyaml
   graph invocation_id load_agate_table load_result log model modules post_hooks pre_hooks ref render return
   run_started_at schema source sql sql_now store_result store_raw_result target this tojson toyaml
   try_or_compiler_error var write`.split(/\s+/),
);
