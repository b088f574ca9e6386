import type { Exemptions } from '../support/exemption.ts';

const oneTransaction = 'it does so in one transaction, with or without `--full-refresh`';
const noPartitions = 'it has no partitions to overwrite; `delete+insert` and `merge` replace rows by key';

const transactional: Exemptions = {
  'a plain run refuses to turn a table into a view, since for a moment there would be neither': oneTransaction,
  'insert_overwrite replaces the partitions that new rows are in': noPartitions,
  'insert_overwrite replaces the whole table': noPartitions,
};

/** What DuckDB cannot pass. */
export const duckDbLimits: Exemptions = transactional;

const noSafeCast = 'Postgres has no cast that gives null; as in dbt, it fails';

/** What Postgres cannot pass. */
export const postgresLimits: Exemptions = {
  ...transactional,
  'a seed of 3,000 columns': 'a table of Postgres has at most 1,600 columns',
  'dbt.safe_cast gives null for what cannot be cast': noSafeCast,
  'dbt.safe_cast to each type gives null for what is not of it': noSafeCast,
  'dbt.safe_cast gives null for what is no timestamp': noSafeCast,
};

const published = 'hooks run on the published table, after its audit: no transaction holds both';

const noArrays = 'the emulator fails where JSON is no array';
const unreadable = 'the emulator lacks `COLUMN_FIELD_PATHS`, where descriptions are read';

/** What BigQuery, or the emulator that plays it, cannot pass. */
export const bigQueryLimits: Exemptions = {
  'delete+insert replaces rows by key': 'each statement is its own transaction there; `merge` does the same in one',
  'insert_overwrite replaces the whole table': 'partitions are replaced, as in dbt',
  'a cancelled build ends at once, leaves the old tables, and the next run is clean': {
    reason: 'the emulator cannot cancel a job; cancelling is shown at the wire, against a server of the tests',
    untried: 'the query to be cancelled would keep the emulator busy for hours',
  },
  'persist_docs keeps descriptions of a table and its columns in the warehouse': unreadable,
  'descriptions with quotes and backslashes': unreadable,
  'dbt.datediff of weeks counts Sundays': 'the emulator counts seven days where BigQuery counts Sundays',
  'a post-hook that changes the table is audited with it': published,
  'the query comment stands in the statement and cannot end early': {
    reason: 'BigQuery has no function that tells the statement that is running',
    untried: 'the emulator has one',
  },
  'json_text reads keys with quotes': 'the emulator loses the escape of a quote in a path',
  'json_array_length of an object, a number or a null of JSON is null': noArrays,
  'json_elements gives no rows where there is no array': noArrays,
};

const noComments = 'the emulator keeps no comments of columns';
const upperCase = 'models are built under names that need no quotes there';

/** What Snowflake, or the emulator that plays it, cannot pass. */
export const snowflakeLimits: Exemptions = {
  'insert_overwrite replaces the partitions that new rows are in':
    'it has no partitions of the user; as in dbt, the whole table is replaced',
  'a post-hook that changes the table is audited with it': published,
  'a model and a seed named by reserved words, quoted': upperCase,
  'a model in mixed case, quoted, is built twice under one name': upperCase,
  'persist_docs keeps descriptions of a table and its columns in the warehouse': noComments,
  'descriptions with quotes and backslashes': noComments,
  'dbt.safe_cast gives null for what is no timestamp': 'the emulator casts timestamps without trying',
  'dbt.listagg of the first few': 'the emulator cannot cut an array that it has just aggregated',
  'the query comment stands in the statement and cannot end early': 'the emulator lacks `current_statement()`',
  'json_text gives null for an object or an array': 'the emulator calls everything JSON in `typeof()`',
  'json_elements gives no rows where there is no array': 'the emulator passes over the mode of `flatten()`',
  'array_contains of texts, in their case': 'the emulator reads a text as JSON where a variant is made of it',
};
