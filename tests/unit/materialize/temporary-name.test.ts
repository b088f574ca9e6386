import { describe, expect, it } from 'vitest';
import { postgresDialect } from '../../../orchestrator/dialects/postgres.ts';
import { isTemporaryName, nameTemporary } from '../../../orchestrator/materialize/temporary-name.ts';

const invocation = '0A1B2C3D-4e5f-6789-abcd-ef0123456789';

function nameOf(identifier: string): string {
  return nameTemporary({ database: null, schema: 'shop', identifier }, invocation, postgresDialect).identifier;
}

describe('temporary names', () => {
  it('carry the invocation', () => {
    expect(nameOf('orders')).toBe('orders__strata_0a1b2c3d');
  });

  it('keep to 63 bytes and stay apart where long names begin alike', () => {
    const stem = 'é'.repeat(31);
    const names = [nameOf(`${stem}_a`), nameOf(`${stem}_b`)];
    expect(names.map((name) => Buffer.byteLength(name))).toEqual([62, 62]);
    expect(names[0]).not.toBe(names[1]);
    expect(names.every(isTemporaryName)).toBe(true);
  });

  it('are told from names of users', () => {
    expect(['orders', 'orders__strata', 'orders__strata_notes', 'x__strata_0a1b2c3'].filter(isTemporaryName)).toEqual(
      [],
    );
  });
});
