/** One value made of the values of a list, written out column by column. */
import { arithmetic } from './arithmetic.ts';
import type { Scope } from './scope.ts';
import type { ExpressionOf } from './syntax.ts';
import { describeValue, numberValue, unknown, type Value } from './value.ts';

const signs = { max_of: 'max', min_of: 'min', sum_of: '+', average_of: '+' } as const;

export function joinList(
  scope: Scope,
  call: ExpressionOf<'call'>,
  name: string,
  items: readonly Value[],
): Value {
  const at = call.parameters[0]!;
  const plain = Object.hasOwn(signs, name);
  const wrong = items.find((item) =>
    plain ? item.type !== 'number' && item.type !== 'series' : item.type !== 'condition',
  );
  if (wrong?.type === 'unknown') return unknown;
  if (items.length === 0 || wrong) {
    const wanted = plain ? 'numbers or series' : 'conditions';
    const found = wrong ? `; this one holds ${describeValue(wrong)}` : '; this one is empty';
    scope.report.error(at, `${name} is for a list of ${wanted}${found}.`);
    return unknown;
  }
  if (plain) {
    const sign = signs[name as keyof typeof signs];
    const joined = items.reduce((a, b) =>
      a === unknown ? a : arithmetic(scope, call, sign, a, b),
    );
    if (name !== 'average_of' || joined === unknown) return joined;
    const mean = arithmetic(scope, call, '/', joined, numberValue(items.length));
    // The mean of prices is a price, though the sum of two panes is not.
    const price = items.some((item) => item.type === 'series' && item.pane === 'price');
    return mean.type === 'series' ? { ...mean, pane: price ? 'price' : 'own' } : mean;
  }
  const columns = items.flatMap((item) => (item.type === 'condition' ? [item.column] : []));
  if (name === 'count_of') {
    return { type: 'series', column: scope.plan.add({ op: 'tally', of: columns }), pane: 'own' };
  }
  const op = name === 'all_of' ? 'and' : 'or';
  const column = columns.reduce((left, right) => scope.plan.add({ op, left, right }));
  return { type: 'condition', column };
}
