/**
 * The folder of the built-in macros, package `dbt`. It lies beside this module in the sources and beside the bundle
 * in dist/, so one relative address serves both. parse/ reads it.
 */
export const builtinFolder = new URL('./builtin/', import.meta.url);

/** The package name of the built-in macros: `dbt.dateadd(…)` means these, as in dbt. */
export const builtinPackage = 'dbt';
