import { commandLine } from './cases/command-line.ts';
import { configs } from './cases/configs.ts';
import { connections } from './cases/connections.ts';
import { contracts } from './cases/contracts.ts';
import { jinjaRuntime } from './cases/jinja-runtime.ts';
import { jinjaSyntax } from './cases/jinja-syntax.ts';
import { packages } from './cases/packages.ts';
import { profiles } from './cases/profiles.ts';
import { projectFile } from './cases/project-file.ts';
import { properties } from './cases/properties.ts';
import { refsAndCycles } from './cases/refs-and-cycles.ts';
import { scores } from './cases/scores.ts';
import { seedSettings } from './cases/seed-settings.ts';
import { seeds } from './cases/seeds.ts';
import { selectors } from './cases/selectors.ts';
import { snapshots } from './cases/snapshots.ts';
import { sources } from './cases/sources.ts';
import { sql } from './cases/sql.ts';
import { testsYaml } from './cases/tests-yaml.ts';
import type { MalformedCase } from './malformed-case.ts';

/** All cases by what they are about. */
export const themes: Readonly<Record<string, readonly MalformedCase[]>> = {
  'project-file': projectFile,
  profiles: profiles,
  packages: packages,
  'command-line': commandLine,
  selectors: selectors,
  properties: properties,
  'tests-yaml': testsYaml,
  sources: sources,
  'jinja-syntax': jinjaSyntax,
  'jinja-runtime': jinjaRuntime,
  'refs-and-cycles': refsAndCycles,
  configs: configs,
  contracts: contracts,
  'seed-settings': seedSettings,
  snapshots: snapshots,
  scores: scores,
  seeds: seeds,
  sql: sql,
  connections: connections,
};
