// The emulators of warehouses that tests start, and how each is installed.
import { ensurePythonTool } from './python-tool.mjs';
import { ensureZetaSql } from './zetasql.mjs';

const tools = {
  bigquery: {
    name: 'bigquery',
    title: 'the BigQuery emulator',
    requirements: 'scripts/emulators/bigquery.txt',
    // The emulator loads DuckDB's spatial extension at its start; the wheel brings it, DuckDB must be told once.
    finish: "import duckdb_extensions; duckdb_extensions.import_extension('spatial')",
  },
  snowflake: {
    name: 'snowflake',
    title: 'the Snowflake emulator',
    requirements: 'scripts/emulators/snowflake.txt',
  },
};

/** The Python that an emulator is installed in, or the reason why there is none. */
export function ensureEmulator(name) {
  return ensurePythonTool(tools[name]);
}

/** Installs what is missing of all of them, and of the analyzer, before tests start, one after another: two at once are no faster. */
export async function ensureEmulators() {
  const installations = [...Object.keys(tools).map((name) => () => ensureEmulator(name)), ensureZetaSql];
  for (const install of installations) {
    const { reason } = await install();
    if (reason !== undefined) process.stderr.write(`Tests on it are skipped: ${reason}.\n`);
  }
}
