import { type ErrorCode, StrataError } from '../../errors.ts';
import { HostObject, hostFunction } from '../../jinja/host.ts';
import { toText, type Value } from '../../jinja/values.ts';
import type { RenderJob } from './render-job.ts';

const raising = new Map<string, ErrorCode>([
  ['raise_compiler_error', 'compiler-error'],
  ['CompilationException', 'compiler-error'],
  ['raise_not_implemented', 'compiler-error'],
  ['raise_database_error', 'database-error'],
  ['raise_dependency_error', 'package-invalid'],
  ['raise_ambiguous_alias', 'duplicate-name'],
  ['raise_ambiguous_catalog_match', 'database-error'],
  ['raise_cache_inconsistent', 'database-error'],
  ['raise_contract_error', 'contract-broken'],
  ['raise_duplicate_resource_name', 'duplicate-name'],
  ['raise_invalid_property_yml_version', 'yaml-invalid'],
  ['raise_parsing_error', 'template-runtime'],
  ['raise_fail_fast_error', 'compiler-error'],
  ['missing_config', 'config-invalid'],
  ['missing_materialization', 'materialization-invalid'],
  ['missing_relation', 'ref-not-found'],
  ['relation_wrong_type', 'materialization-invalid'],
  ['column_type_missing', 'contract-broken'],
]);

/** `exceptions`: raise_compiler_error, warn and their kin. */
export class ExceptionsValue extends HostObject {
  readonly typeName = 'exceptions';
  readonly #job: RenderJob;

  constructor(job: RenderJob) {
    super();
    this.#job = job;
  }

  override getAttribute(name: string): Value {
    const { project, node } = this.#job;
    if (name === 'warn' || name === 'warn_snapshot_timestamp_data_types') {
      return hostFunction(name, ['message', '*rest'], (args) => {
        project.onMessage({ level: 'warn', text: toText(args.message), node: node.unique_id });
        return '';
      });
    }
    const code = raising.get(name);
    if (code === undefined) return undefined;
    return hostFunction(name, ['message', '*rest', '**options'], (args) => {
      throw new StrataError(code, toText(args.message));
    });
  }
}
