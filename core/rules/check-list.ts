/** Checks a list, written out or made with `for` and `in`. */
import { checkExpression } from './check-expression.ts';
import { inFrame, type Local, type Scope } from './scope.ts';
import type { ExpressionOf } from './syntax.ts';
import { describeValue, unknown, type Value } from './value.ts';

export const mostItems = 100;

export function checkList(scope: Scope, expression: ExpressionOf<'list' | 'each'>): Value {
  const items =
    expression.kind === 'list'
      ? expression.items.flatMap((item) => spread(checkExpression(scope, item)))
      : eachItem(scope, expression);
  if (items === null) return unknown;
  if (items.length > mostItems) {
    const reason = `A list may have ${mostItems} values; this one has ${items.length}.`;
    scope.report.error(expression, reason);
    return unknown;
  }
  return { type: 'list', items };
}

/** A list in a list is the values of both, so that `[sma(close, n) for n in …]` is one list. */
function spread(value: Value): readonly Value[] {
  return value.type === 'list' ? value.items : [value];
}

function eachItem(scope: Scope, expression: ExpressionOf<'each'>): readonly Value[] | null {
  const { of, name, over } = expression;
  const list = checkExpression(scope, over);
  if (list.type === 'unknown') return null;
  if (list.type !== 'list') {
    const reason = `After in comes a list; this is ${describeValue(list)}.`;
    scope.report.error(over, reason, 'For example: for n in [10, 20, 50].');
    return null;
  }
  const inFrames = new Map([[scope.frame, list]]);
  const itemsIn = (asker: Scope): readonly Value[] => {
    const known = inFrames.get(asker.frame);
    if (known) return known.items;
    const found = checkExpression(inFrame({ ...scope, depth: asker.depth + 1 }, asker.frame), over);
    if (found.type !== 'list') return [];
    inFrames.set(asker.frame, found);
    return found.items;
  };
  return list.items.slice(0, mostItems + 1).flatMap((_item, index) => {
    const local: Local = (asker) => itemsIn(asker)[index] ?? unknown;
    const locals = new Map([...scope.locals, [name.text.toLowerCase(), local]]);
    return spread(checkExpression({ ...scope, locals }, of));
  });
}
