import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { discoverMacros } from '../../../orchestrator/parse/discover.ts';
import { readMacros } from '../../../orchestrator/parse/read-macros.ts';
import { splitMacros } from '../../../orchestrator/parse/split-macros.ts';
import { builtinFolder } from '../../../orchestrator/render/builtin-folder.ts';

describe('splitMacros', () => {
  it.each(discoverMacros(fileURLToPath(builtinFolder), 'dbt'))('finds in $path what parsing the file finds', (file) => {
    expect(splitMacros(file)).toEqual(readMacros(file));
  });
});
