import { cpSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { targetReaders } from '../../orchestrator/cli/warehouses.ts';
import { loadProject } from '../../orchestrator/config/load-project.ts';
import { duckDbDialect } from '../../orchestrator/dialects/duckdb.ts';
import { buildGraph, type Graph } from '../../orchestrator/graph/graph.ts';
import { type SelectionRequest, selectNodes } from '../../orchestrator/graph/selector.ts';
import type { Manifest } from '../../orchestrator/manifest/manifest.ts';
import { parseProject } from '../../orchestrator/parse/parse-project.ts';
import { Sandbox } from './cli-runner.ts';

interface Golden extends Pick<SelectionRequest, 'select' | 'exclude' | 'indirectSelection'> {
  readonly resourceTypes?: readonly string[];
  readonly selected: readonly string[] | null;
}

const fixture = fileURLToPath(new URL('../fixtures/selection', import.meta.url));
const selections: readonly Golden[] = JSON.parse(readFileSync(`${fixture}/expected/selections.json`, 'utf8'));
const listed = new Set(['model', 'seed', 'snapshot', 'test', 'source', 'exposure'] as const);
let sandbox: Sandbox;

beforeAll(() => {
  sandbox = new Sandbox();
  cpSync(fixture, sandbox.work, { recursive: true });
});

afterAll(() => sandbox.remove());

describe('a project read from its files', () => {
  let manifest: Manifest;
  let graph: Graph;

  beforeAll(() => {
    const invocation = {
      id: 'x',
      startedAt: new Date(0),
      which: 'list',
      fullRefresh: false,
      storeFailures: false,
      args: {},
    };
    const project = loadProject({ projectDir: sandbox.work, profilesDir: sandbox.work, targetReaders, env: {} });
    manifest = parseProject(project, { dialect: duckDbDialect, invocation, partialParse: false }).manifest;
    graph = buildGraph(manifest);
  });

  it('selects what dbt selects, by the same unique ids', () => {
    const golden = selections.filter((one) => one.selected !== null && one.resourceTypes === undefined);
    const select = (request: Golden): unknown => ({
      ...request,
      selected: selectNodes(manifest, graph, { ...request, resourceTypes: listed }).uniqueIds,
    });
    expect(golden.map(select)).toEqual(golden);
  });
});

describe('strata ls', () => {
  it('prints what selects each node, with tests that come along', async () => {
    const { code, stdout } = await sandbox.run('ls --select stg_crm__accounts');
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([
      'selection.staging.crm.stg_crm__accounts',
      'selection.invoices_have_accounts',
      'selection.staging.crm.not_null_stg_crm__accounts_id',
      'selection.staging.crm.relationships_stg_crm__users_account_id__id__ref_stg_crm__accounts_',
      'selection.staging.crm.unique_stg_crm__accounts_id',
    ]);
  });

  it('prints names, paths and JSON', async () => {
    const names = await sandbox.run('ls --select source:crm exposure:* --resource-type source exposure --output name');
    expect(names.stdout).toBe('revenue_board\nuser_board\ncrm.accounts\ncrm.users\n');
    const paths = await sandbox.run('ls --select +dim_accounts --resource-type model seed --output path');
    expect(paths.stdout).toBe(
      'models/marts/core/dim_accounts.sql\nmodels/staging/crm/stg_crm__accounts.sql\nseeds/countries.csv\n',
    );
    const json = await sandbox.run('ls --select rates --output json --output-keys name config.materialized unique_id');
    expect(json.stdout).toBe('{"name":"rates","config.materialized":"seed","unique_id":"seed.selection.rates"}\n');
  });

  it('takes --models for models alone, as dbt does', async () => {
    const models = await sandbox.run('ls --models +dim_users');
    expect(models.stdout.trimEnd().split('\n')).toEqual([
      'selection.marts.core.dim_accounts',
      'selection.marts.core.dim_users',
      'selection.staging.crm.stg_crm__accounts',
      'selection.staging.crm.stg_crm__users',
    ]);
    expect(await sandbox.run('ls --models a --select b')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Error: --models goes neither with --select nor with --resource-type.\n',
    });
  });

  it('warns of what matches nothing, and prints nothing', async () => {
    expect(await sandbox.run('ls --select dim_acounts')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Warning: "dim_acounts" matches no enabled node. Did you mean "dim_accounts"?\n',
    });
    expect(await sandbox.run('ls --select dim_acounts --warn-error')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Error: "dim_acounts" matches no enabled node. Did you mean "dim_accounts"?\n',
    });
  });

  it('refuses an expression it cannot read', async () => {
    expect(await sandbox.run('ls --select tga:nightly')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Error: "tga:nightly": there is no selector method "tga". Did you mean "tag"?\n',
    });
  });
});
