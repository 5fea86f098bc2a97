/** Finds what a name stands for: a value of a function, an input, a `let`, a series, a part of the clock. */
import { checkExpression, deepestUnfolding } from './check-expression.ts';
import { findField } from './fields.ts';
import { ownFrame } from './plan.ts';
import { inText, reportUnknownName, type Definition, type Scope } from './scope.ts';
import type { ExpressionOf, Span } from './syntax.ts';
import { timeValue } from './time-functions.ts';
import { unknown, type Value } from './value.ts';

export function checkName(scope: Scope, expression: ExpressionOf<'name'>): Value {
  const key = expression.name.toLowerCase();
  const local = scope.locals.get(key);
  if (local) return local(scope);
  const definition = scope.definitions.get(key);
  if (definition) return definedValue(scope, definition, expression);
  const field = findField(key);
  if (field) {
    const column = scope.plan.add({ op: 'field', field: field.name });
    return { type: 'series', column, pane: field.pane };
  }
  const time = timeValue(scope, key);
  if (time) return time;
  reportUnknownName(scope, expression, expression.name);
  return unknown;
}

/** On the bars of another frame a `let` is computed of those: `average on D1` is that of days. */
function definedValue(scope: Scope, definition: Definition, at: Span): Value {
  definition.used = true;
  const { name, expression, value } = definition;
  if (scope.frame === ownFrame || !expression || value.type === 'unknown') return value;
  const key = `${scope.frame} ${name.text.toLowerCase()}`;
  const known = scope.elsewhere.get(key);
  if (known) return known;
  if (scope.depth >= deepestUnfolding) {
    const reason = `${name.text} is named by names that are named by names, more than ${deepestUnfolding} deep.`;
    scope.report.error(at, reason, 'Write on after the first of them.');
    return unknown;
  }
  const found = checkExpression(inText(scope), expression);
  scope.elsewhere.set(key, found);
  return found;
}
