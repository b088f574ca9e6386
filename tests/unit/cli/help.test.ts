import { describe, expect, it } from 'vitest';
import { commands } from '../../../orchestrator/cli/commands.ts';
import { formatCommandHelp, formatHelp } from '../../../orchestrator/cli/help.ts';

describe('formatHelp', () => {
  it('lists the commands', () => {
    expect(formatHelp(commands, '1.2.3')).toBe(`strata 1.2.3: builds, tests and scores a dbt-format SQL project.

Usage: strata COMMAND [FLAGS]

Commands
  start      Build the demo project and show what it made
  build      Load seeds, build models and scores, and test each before anything reads it
  run        Build models and scores without testing them
  test       Run the tests on what is published
  seed       Load the CSV files of the project into tables
  compile    Write the SQL of models and tests to target/compiled without running it
  parse      Check the project and write target/manifest.json
  ls         List what a selection means
  show       Show rows of a model, of a failing test or of any SQL
  debug      Show versions, project and connection, and try what the connection may do
  clean      Delete the folders in clean-targets of dbt_project.yml, by default target/
  init       Make a folder with a small project that builds
  demo-data  Write raw demo data as CSV files, with the truth planted in it

strata COMMAND --help shows the flags of a command and examples.
Exit codes: 0 all went well, 1 a node failed, 2 the command, the project or the connection is unusable,
130 or 143 cancelled.
`);
  });
});

describe('formatCommandHelp', () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    'fits %s into 120 columns with an example',
    (_name, command) => {
      const lines = formatCommandHelp(command).split('\n');
      expect(lines.filter((line) => line.length > 120)).toEqual([]);
      expect(command.examples.length).toBeGreaterThan(0);
      expect(lines.indexOf('Examples')).toBeGreaterThan(lines.indexOf('Flags'));
    },
  );

  it('shows flags with short names and values, then examples', () => {
    const init = commands.find((command) => command.name === 'init');
    expect(init === undefined ? '' : formatCommandHelp(init)).toBe(`Make a folder with a small project that builds

Usage: strata init NAME [FLAGS]

Flags
      --log-format text|json  Lines to read, or one JSON object per line
      --log-path FOLDER       Also append the log as JSON lines to strata.log there
  -q, --quiet                 Say nothing but errors
      --no-color              No colours; NO_COLOR in the environment does the same
      --use-colors            Colours also where the output is no terminal
  -d, --debug                 Show the stack and causes of errors
  -h, --help                  Show this help

Examples
  strata init shop  then: cd shop && strata build
`);
  });
});
