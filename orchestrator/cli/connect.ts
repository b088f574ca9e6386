import type { Adapter, ConnectOptions } from '../adapters/adapter.ts';
import type { Project } from '../config/load-project.ts';
import { openAdapter } from './warehouses.ts';

/** Connects to the project's target for as long as `use` takes. */
export async function withAdapter<Result>(
  { target }: Pick<Project, 'target'>,
  use: (adapter: Adapter) => Promise<Result>,
  options: ConnectOptions = {},
): Promise<Result> {
  const adapter = await openAdapter(target.credentials);
  try {
    await adapter.connect(options);
    return await use(adapter);
  } finally {
    await adapter.close();
  }
}
