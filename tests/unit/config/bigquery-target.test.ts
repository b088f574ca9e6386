import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { readBigQueryTarget } from '../../../orchestrator/config/targets/bigquery.ts';
import { readYaml } from '../../../orchestrator/config/yaml.ts';
import type { StrataError } from '../../../orchestrator/errors.ts';

const base = ['shop', 'outputs', 'prod'];

/** What is read of an output written as YAML, and the messages about it. */
function read(keys: string) {
  const indented = keys.trim().replaceAll(/^/gm, '      ');
  const document = readYaml(`shop:\n  outputs:\n    prod:\n      type: bigquery\n${indented}\n`, 'profiles.yml');
  const { shop } = document.value as { shop: { outputs: { prod: unknown } } };
  const errors: StrataError[] = [];
  const place = { document, base, subject: 'target "prod"', projectDir: '/shop' };
  const target = readBigQueryTarget(shop.outputs.prod, errors, place);
  return { target, messages: errors.map((error) => error.format()) };
}

describe('a BigQuery target', () => {
  it('needs a method, a project and a dataset, and has defaults for the rest', () => {
    const { target, messages } = read('method: oauth\nproject: shop-data\ndataset: marts');
    expect(messages).toEqual([]);
    expect(target?.database).toBe('shop-data');
    expect(target?.secrets).toEqual([]);
    expect(target?.credentials).toEqual({
      type: 'bigquery',
      method: 'oauth',
      project: 'shop-data',
      schema: 'marts',
      threads: 4,
      execution_project: null,
      location: null,
      keyfile: null,
      keyfile_json: null,
      token: null,
      refresh_token: null,
      client_id: null,
      client_secret: null,
      token_uri: null,
      impersonate_service_account: null,
      scopes: null,
      priority: null,
      maximum_bytes_billed: null,
      job_execution_timeout_seconds: null,
      job_retries: 1,
      quota_project: null,
      api_endpoint: null,
    });
  });

  it("takes dbt's other names, numbers as text, and paths from the project or the home", () => {
    const keys = ['database: shop-data', 'schema: marts', 'timeout_seconds: "300"', 'retries: 3', 'threads: "8"'];
    const { target, messages } = read(`method: service-account\nkeyfile: ~/key.json\n${keys.join('\n')}`);
    expect(messages).toEqual([]);
    expect(target?.credentials).toMatchObject({
      project: 'shop-data',
      schema: 'marts',
      threads: 8,
      job_execution_timeout_seconds: 300,
      job_retries: 3,
      keyfile: `${homedir()}/key.json`,
    });
    const relative = read('method: service-account\nkeyfile: key.json\nproject: p\ndataset: d');
    expect(relative.target?.credentials.keyfile).toBe('/shop/key.json');
  });

  it('shows templates both names of the project and the dataset, and no secret', () => {
    const secrets = 'refresh_token: r-1\nclient_id: id-1\nclient_secret: c-1\ntoken_uri: https://login.example/token';
    const { target } = read(`method: oauth-secrets\nproject: p\ndataset: d\nlocation: EU\n${secrets}`);
    expect(target?.secrets).toEqual(['r-1', 'c-1']);
    expect(target?.fields).toMatchObject({ project: 'p', database: 'p', dataset: 'd', schema: 'd', location: 'EU' });
    expect(JSON.stringify(target?.fields)).not.toMatch(/r-1|c-1|id-1/);
  });

  it('reads a key from YAML or from the text of a variable, and hides what is secret of it', () => {
    const fields = { type: 'service_account', client_email: 'x@p.example', private_key: 'KEY\n', private_key_id: 'id' };
    const keys = `project: p\ndataset: d\nmethod: service-account-json\nkeyfile_json:`;
    for (const form of [JSON.stringify(fields), `'${JSON.stringify(fields)}'`]) {
      const { target, messages } = read(`${keys} ${form}`);
      expect(messages).toEqual([]);
      expect(target?.credentials.keyfile_json).toEqual(fields);
      expect(target?.secrets).toEqual(['KEY\n', 'id']);
    }
  });

  it.each([
    ['method: oauth', ['lacks "project"', 'lacks "dataset"']],
    ['method: service-account\nproject: p\ndataset: d', ['lacks "keyfile"']],
    ['method: service-account-json\nproject: p\ndataset: d', ['lacks "keyfile_json"']],
    ['method: oauth-secrets\nproject: p\ndataset: d', ['lacks "token"']],
    [
      'method: oauth-secrets\nrefresh_token: r\nproject: p\ndataset: d',
      ['lacks "client_id"', 'lacks "client_secret"', 'lacks "token_uri"'],
    ],
  ])('says before connecting what is missing of %j', (keys, missing) => {
    const hint = 'to it; env_var() keeps secrets out of the file.';
    const said = missing.map((what) => `profiles.yml:3:5: Target "prod" ${what}. Add ${what.slice(6, -1)}:" ${hint}`);
    expect(read(keys)).toEqual({ target: undefined, messages: said });
  });

  it.each([
    [
      'method: oauth\nkeyfile: key.json',
      'profiles.yml:6:7: Target "prod" has method "oauth" and "keyfile", which it does not use. Remove "keyfile", or write "method: service-account".',
    ],
    [
      'project: p\ndatabase: q\nmethod: oauth',
      'profiles.yml:6:7: Target "prod" says two things: "project" and "database" are one key. Remove "database".',
    ],
    [
      'method: service-account-json\nkeyfile_json: key.json',
      'profiles.yml:6:7: Target "prod" has a "keyfile_json" that is not JSON. Put the whole text of the key file there, or its fields as a mapping.',
    ],
    [
      'method: oauth\napi_endpoint: localhost:9050',
      'profiles.yml:6:7: Target "prod" has an "api_endpoint" that is no address. Write it with its protocol, as in "https://bigquery.example.com".',
    ],
  ])('says what contradicts itself in %j', (keys, message) => {
    const rest = `dataset: d${keys.includes('project:') ? '' : '\nproject: p'}`;
    const [first = '', ...others] = keys.split('\n');
    const { target, messages } = read([first, ...others, rest].join('\n'));
    expect(target).toBeUndefined();
    expect(messages).toEqual([message]);
  });

  it('names the nearest key and the values that there are', () => {
    const { messages } = read('method: gcloud\nproject: p\ndataset: d\nlocatoin: EU');
    expect(messages).toHaveLength(2);
    expect(messages.join('\n')).toMatch(/locatoin.*location/s);
    expect(messages.join('\n')).toMatch(/oauth-secrets/);
  });
});
