import type { Scope } from '../../jinja/scope.ts';
import type { RenderState } from '../../jinja/state.ts';
import type { Macro } from '../../jinja/template.ts';
import type { Value } from '../../jinja/values.ts';
import type { MacroInfo } from '../../manifest/node.ts';
import type { RenderJob } from './render-job.ts';

/** What the members of dbt's context know of the node they are read for. */
export interface TemplateScope {
  readonly job: RenderJob;
  readonly scope: Scope;
  readonly state: RenderState;
  /** Results of statements, by name, for load_result. */
  readonly results: Map<string, Value>;
  /** The macro as a value of this scope. */
  bindMacro(macro: MacroInfo): Macro;
  /** A context member without macros of the same name: what `builtins` offers. */
  member(name: string): Value;
}
