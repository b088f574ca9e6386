// Google's analyzer of BigQuery's SQL, for the tests that have it read ours.
import { ensurePythonTool } from './python-tool.mjs';

/** Its Python, or the reason why there is none. */
export function ensureZetaSql() {
  return ensurePythonTool({
    name: 'zetasql',
    title: "Google's SQL analyzer",
    requirements: 'scripts/emulators/zetasql.txt',
    // It comes as WebAssembly. Compiled once with the settings it is loaded with, it starts in one second, not in twenty.
    finish: [
      'import pathlib, sys, wasmtime',
      'from zetasql.wasi import get_wasm_path',
      'config = wasmtime.Config()',
      'config.shared_memory = True',
      'module = wasmtime.Module.from_file(wasmtime.Engine(config), get_wasm_path())',
      'pathlib.Path(sys.prefix, "zetasql.compiled").write_bytes(module.serialize())',
    ].join('\n'),
  });
}
