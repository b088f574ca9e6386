import { describe, expect, it } from 'vitest';
import { formatListed, type ListOutput } from '../../../orchestrator/cli/format-listed.ts';
import type { Exposure, SourceNode } from '../../../orchestrator/manifest/node.ts';
import { createNode } from './sample-run.ts';

const model = createNode('model', 'orders', { fqn: ['shop', 'marts', 'orders'], tags: ['daily'] });
const versioned = createNode('model', 'orders', { fqn: ['shop', 'orders', 'v2'] });
const source = {
  ...{ unique_id: 'source.shop.crm.users', resource_type: 'source', name: 'users', source_name: 'crm' },
  ...{ package_name: 'shop', original_file_path: 'models/crm.yml', fqn: ['shop', 'crm', 'users'] },
} as unknown as SourceNode;
const exposure = {
  ...{ unique_id: 'exposure.shop.board', resource_type: 'exposure', name: 'board', package_name: 'shop' },
  ...{ original_file_path: 'models/board.yml', fqn: ['shop', 'board'] },
} as unknown as Exposure;

describe('formatListed', () => {
  it.each([
    ['selector', model, 'shop.marts.orders'],
    ['text', model, 'shop.marts.orders'],
    ['name', model, 'orders'],
    ['path', model, 'models/orders.sql'],
    ['name', versioned, 'orders.v2'],
    ['selector', source, 'source:shop.crm.users'],
    ['name', source, 'crm.users'],
    ['selector', exposure, 'exposure:shop.board'],
    ['path', exposure, 'models/board.yml'],
  ] as const)('%s of %#', (output: ListOutput, member, line) => {
    expect(formatListed(member, output)).toBe(line);
  });

  it('gives dbt’s keys as JSON', () => {
    expect(Object.keys(JSON.parse(formatListed(model, 'json'))).sort()).toEqual([
      ...['alias', 'config', 'depends_on', 'name', 'original_file_path', 'package_name', 'resource_type', 'tags'],
      'unique_id',
    ]);
  });

  it('gives the keys asked for, also inner ones', () => {
    expect(formatListed(model, 'json', ['name', 'config.materialized', 'tags', 'nope', 'config.alias'])).toBe(
      '{"name":"orders","config.materialized":"table","tags":["daily"]}',
    );
  });
});
