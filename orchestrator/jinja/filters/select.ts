import { requireText } from '../methods/method.ts';
import { getOwnAttribute } from '../runtime/access.ts';
import { runtimeError } from '../runtime/failures.ts';
import { iterateValue } from '../runtime/iterate.ts';
import { Iterator } from '../runtime/sequences.ts';
import { applyTest } from '../tests.ts';
import { isTrue, isUndefined, type PyDict, type Value } from '../values/model.ts';
import { toText } from '../values/print.ts';
import { attributeGetter } from './attributes.ts';
import { applyFilter, type Filter, type FilterContext, filter, variadicFilter } from './filter.ts';

interface Call {
  readonly args: readonly Value[];
  readonly kwargs: PyDict | undefined;
  readonly context: FilterContext;
}

function* map(value: Value, call: Call): Generator<Value> {
  if (!isTrue(value)) return;
  const change = prepareMap(call);
  for (const item of iterateValue(value)) yield change(item);
}

function prepareMap({ args, kwargs, context }: Call): (item: Value) => Value {
  const [name, ...rest] = args;
  if (args.length === 0 && kwargs?.has('attribute') === true) {
    const extra = kwargs.keys().find((key) => key !== 'attribute' && key !== 'default');
    if (extra !== undefined) throw runtimeError(`Unexpected keyword argument '${toText(extra)}'`);
    return attributeGetter(kwargs.get('attribute'), kwargs.get('default'));
  }
  if (args.length === 0) throw runtimeError('map requires a filter argument');
  const applied = context.findFilter(toText(name));
  if (applied === undefined) throw runtimeError(`No filter named '${toText(name)}'.`);
  return (item) => applyFilter(applied, item, { args: rest, kwargs }, context);
}

interface Selection {
  readonly byAttribute: boolean;
  readonly keep: boolean;
}

function* select(value: Value, call: Call, { byAttribute, keep }: Selection): Generator<Value> {
  if (!isTrue(value)) return;
  if (byAttribute && call.args.length === 0) throw runtimeError('Missing parameter for attribute name');
  const get = attributeGetter(byAttribute ? call.args[0] : undefined);
  const test = prepareTest({ ...call, args: byAttribute ? call.args.slice(1) : call.args });
  for (const item of iterateValue(value)) if (test(get(item)) === keep) yield item;
}

function prepareTest({ args, kwargs, context }: Call): (item: Value) => boolean {
  const [name, ...rest] = args;
  if (args.length === 0) return isTrue;
  const test = context.findTest(toText(name));
  if (test === undefined) throw runtimeError(`No test named '${toText(name)}'.`);
  return (item) => applyTest(test, item, { args: rest, kwargs }, context);
}

function selector(name: string, selection: Selection): Filter {
  return variadicFilter(
    name,
    (value, args, context, kwargs) => new Iterator(select(value, { args, kwargs, context }, selection)),
  );
}

/** Filters that choose or change items, and the two that look at a value's own. */
export const selectFilters: readonly Filter[] = [
  variadicFilter('map', (value, args, context, kwargs) => new Iterator(map(value, { args, kwargs, context }))),
  selector('select', { byAttribute: false, keep: true }),
  selector('reject', { byAttribute: false, keep: false }),
  selector('selectattr', { byAttribute: true, keep: true }),
  selector('rejectattr', { byAttribute: true, keep: false }),
  filter('attr', ['name'], (value, [name]) => getOwnAttribute(value, requireText(name, 'attribute name'))),
  ...['default', 'd'].map((name) =>
    filter(name, ['default_value?', 'boolean?'], (value, [fallback, boolean]) => {
      const isMissing = isUndefined(value) || (isTrue(boolean) && !isTrue(value));
      return isMissing ? (fallback === undefined ? '' : fallback) : value;
    }),
  ),
];
