import { asInteger, normalizeInteger } from '../runtime/numbers.ts';
import { PyFloat, type Value } from '../values/model.ts';
import { BoundMethod, type MethodTable, method, tabulate } from './method.ts';

type PyNumber = number | bigint | boolean | PyFloat;

const integerMethods: MethodTable<PyNumber> = tabulate([
  method('bit_length', [0, 0], (self) => countBits(BigInt(asInteger(self) ?? 0))),
  method('bit_count', [0, 0], (self) => toBinary(BigInt(asInteger(self) ?? 0)).replaceAll('0', '').length),
  method('conjugate', [0, 0], (self) => asInteger(self)),
]);

const floatMethods: MethodTable<PyNumber> = tabulate([
  method('is_integer', [0, 0], (self) => self instanceof PyFloat && Number.isInteger(self.value)),
  method('conjugate', [0, 0], (self) => self),
]);

function toBinary(value: bigint): string {
  return (value < 0n ? -value : value).toString(2);
}

function countBits(value: bigint): number {
  return value === 0n ? 0 : toBinary(value).length;
}

/** Attributes of numbers: the few that Python has and that are plain data. */
export function numberAttribute(target: PyNumber, name: string): Value {
  const isFloat = target instanceof PyFloat;
  const found = (isFloat ? floatMethods : integerMethods).get(name);
  if (found !== undefined) return new BoundMethod<PyNumber>(target, found);
  switch (name) {
    case 'real':
      return isFloat ? target : normalizeInteger(BigInt(target));
    case 'imag':
      return isFloat ? new PyFloat(0) : 0;
    case 'numerator':
      return isFloat ? undefined : normalizeInteger(BigInt(target));
    case 'denominator':
      return isFloat ? undefined : 1;
    default:
      return undefined;
  }
}
