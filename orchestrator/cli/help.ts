import type { Command, Flag } from './command.ts';

/** The help of `strata` itself. */
export function formatHelp(commands: readonly Command[], version: string): string {
  const shown = commands.filter((command) => command.hidden !== true);
  const width = Math.max(...shown.map((command) => command.name.length)) + 2;
  const lines = shown.map((command) => `  ${command.name.padEnd(width)}${command.summary}`);
  return [
    `strata ${version}: builds, tests and scores a dbt-format SQL project.`,
    '',
    'Usage: strata COMMAND [FLAGS]',
    '',
    'Commands',
    ...lines,
    '',
    'strata COMMAND --help shows the flags of a command and examples.',
    'Exit codes: 0 all went well, 1 a node failed, 2 the command, the project or the connection is unusable,',
    '130 or 143 cancelled.',
    '',
  ].join('\n');
}

/** The help of one command. */
export function formatCommandHelp(command: Command): string {
  const words = (command.positionals ?? []).map((word) => ` ${word}`).join('');
  const shown = command.flags.filter((flag) => flag.hidden !== true);
  const names = new Map(shown.map((flag) => [flag, describeFlag(flag)]));
  const width = Math.min(36, Math.max(...[...names.values()].map((name) => name.length)) + 2);
  const longest = Math.max(...command.examples.map(([line]) => line.length)) + 2;
  return [
    `${command.summary}`,
    '',
    `Usage: strata ${command.name}${words} [FLAGS]`,
    '',
    'Flags',
    ...shown.flatMap((flag) => formatFlag(names.get(flag) ?? '', flag.describe, width)),
    '',
    'Examples',
    ...command.examples.map(([line, meaning]) => `  ${line.padEnd(longest)}${meaning}`),
    '',
  ].join('\n');
}

function describeFlag(flag: Flag): string {
  const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
  const value = flag.kind === 'boolean' ? '' : ` ${flag.placeholder ?? 'VALUE'}`;
  return `  ${short}--${flag.name}${value}`;
}

/** A name too long for its column gets a line of its own. */
function formatFlag(name: string, describe: string, width: number): readonly string[] {
  return name.length + 2 > width ? [name, `${''.padEnd(width)}${describe}`] : [`${name.padEnd(width)}${describe}`];
}
