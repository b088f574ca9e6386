import type { NodeSpec } from '../../unit/run/support/project.ts';

/** Rows of each table of the project. */
export const rowCount = 3000;

/** Tables whose rows all carry one version: a table that mixes two, or lacks rows, was published half done. */
export const versionedTables = ['base', 'left_side', 'right_side', 'joined', 'loaded', 'grown'];

/** A project of every materialization, with tests, that writes the version into every row. */
export function versionedProject(version: number): readonly NodeSpec[] {
  const lines = Array.from({ length: rowCount }, (_, at) => `${version},${at}`);
  const copy = (name: string, from: string): NodeSpec => ({
    name,
    sql: `select version, i from {${from}}`,
    reads: [from],
  });
  const whole = (name: string): NodeSpec => ({
    name: `${name}_is_whole`,
    type: 'test',
    sql: `select count(*) from {${name}} having count(*) <> ${rowCount} or min(version) <> max(version)`,
    reads: [name],
  });
  return [
    { name: 'loaded', type: 'seed', csv: `version,i\n${lines.join('\n')}\n` },
    { name: 'base', sql: `select ${version} as version, i from generate_series(0, ${rowCount - 1}) as numbers(i)` },
    copy('left_side', 'base'),
    copy('right_side', 'base'),
    {
      name: 'joined',
      sql: 'select a.version, a.i from {left_side} a inner join {right_side} b on a.i = b.i',
      reads: ['left_side', 'right_side'],
    },
    { ...copy('seen', 'joined'), config: { materialized: 'view' } },
    { ...copy('grown', 'seen'), config: { materialized: 'incremental', unique_key: 'i' } },
    ...versionedTables.map(whole),
  ];
}
