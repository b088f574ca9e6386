export interface PythonTool {
  readonly name: string;
  readonly title: string;
  /** File with the versions, from the repository's folder on. */
  readonly requirements: string;
  /** Python to run once after the installation. */
  readonly finish?: string;
}

export type Installed = { readonly folder: string; readonly python: string; readonly reason?: never };
export type NotInstalled = { readonly reason: string };

export function ensurePythonTool(tool: PythonTool): Promise<Installed | NotInstalled>;
export function environmentOf(folder: string): NodeJS.ProcessEnv;
