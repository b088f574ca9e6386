/** Commands of dbt that are not there yet, and what helps instead. */
export const missingCommands: ReadonlyMap<string, string> = new Map([
  ['clone', 'Without clones, build the models you need in a schema of your own: --target NAME.'],
  ['deps', 'Packages are read where they lie: run "dbt deps" once, copy them to dbt_packages/, or use "local:".'],
  ['docs', '"strata parse" writes target/manifest.json, which has all descriptions; there is no catalog.json.'],
  ['freshness', 'A test in SQL can say how old the newest row of a source may be.'],
  ['retry', 'Select what failed by name, with all that depends on it: strata build --select NAME+.'],
  [
    'run-operation',
    'Show what a macro gives with strata compile --inline "{{ macro() }}", or call it in on-run-start.',
  ],
  ['snapshot', 'Models read the snapshots that dbt has made; the rest of the project builds without them.'],
  ['source', 'A test in SQL can say how old the newest row of a source may be.'],
]);
