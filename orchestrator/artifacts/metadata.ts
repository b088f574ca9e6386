/** Who writes an artifact, in which invocation. */
export interface ArtifactContext {
  readonly invocationId: string;
  readonly generatedAt: Date;
  readonly strataVersion: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The release whose shapes the artifacts have. Readers of artifacts decide by it how to read them. */
const dbtVersion = '1.11.0';

/** The metadata every artifact begins with. What wrote it is told in `env`, the place dbt leaves open. */
export function formatMetadata(schema: 'manifest/v12' | 'run-results/v6', context: ArtifactContext): object {
  const env: Record<string, string> = { STRATA_VERSION: context.strataVersion };
  for (const [name, value] of Object.entries(context.env)) {
    const custom = /^DBT_ENV_CUSTOM_ENV_(.+)$/.exec(name)?.[1];
    if (custom !== undefined && value !== undefined) env[custom] = value;
  }
  return {
    dbt_schema_version: `https://schemas.getdbt.com/dbt/${schema}.json`,
    dbt_version: dbtVersion,
    generated_at: context.generatedAt.toISOString(),
    invocation_id: context.invocationId,
    env,
  };
}
