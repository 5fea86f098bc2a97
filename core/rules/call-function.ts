/** Checks a call of one of the text's own functions: its inside with the values of the call. */
import { checkExpression, deepestUnfolding } from './check-expression.ts';
import type { Report } from './report.ts';
import { inFrame, type Local, type OwnFunction, type Scope } from './scope.ts';
import type { Expression, ExpressionOf } from './syntax.ts';
import { unknown, type Value } from './value.ts';

type Call = ExpressionOf<'call'>;

/** Each call is written out in the plan: what it comes to twice is computed once. */
export function callFunction(scope: Scope, call: Call, made: OwnFunction | null): Value {
  const given = call.parameters.map((parameter) => lazy(scope, parameter));
  const values = given.map((value) => value(scope));
  if (!made) return unknown;
  made.used = true;
  const { statement } = made;
  const key = statement.name.text.toLowerCase();
  if (!hasRightCount(scope, call, made)) return unknown;
  if (scope.calling.includes(key)) {
    const reason = `${call.name} is called inside itself, which would never end.`;
    scope.report.error(call.nameSpan, reason, 'Name the part that repeats with let.');
    return unknown;
  }
  if (scope.depth >= deepestUnfolding) {
    const reason = `Functions call functions more than ${deepestUnfolding} deep.`;
    scope.report.error(call, reason, 'Name a part of them with let.');
    return unknown;
  }
  if (values.includes(unknown)) return unknown;
  const text = { ...scope, locals: new Map<string, Local>() };
  const locals = new Map(
    statement.parameters.map((parameter, index) => [
      parameter.name.text.toLowerCase(),
      given[index] ?? lazy(text, parameter.default!),
    ]),
  );
  const inside: Scope = {
    ...scope,
    locals,
    calling: [...scope.calling, key],
    depth: scope.depth + 1,
    report: reportAt(scope, call, key),
    requirements: {
      push: (...all) =>
        scope.requirements.push(...all.map((one) => ({ ...one, from: call.from, to: call.to }))),
    },
  };
  return checkExpression(inside, statement.value);
}

/** A value that is checked once in each frame it is asked for. */
function lazy(scope: Scope, expression: Expression): Local {
  const known = new Map<number, Value>();
  return ({ frame, depth }) => {
    const found = known.get(frame);
    if (found) return found;
    const here = inFrame({ ...scope, depth }, frame);
    const value = checkExpression(here, expression);
    known.set(frame, value);
    return value;
  };
}

function hasRightCount(scope: Scope, call: Call, { statement }: OwnFunction): boolean {
  const { parameters, name } = statement;
  const given = call.parameters.length;
  const most = parameters.length;
  const least = parameters.filter((one) => one.default === null).length;
  if (given >= least && given <= most) return true;
  const wants = least === most ? `${most}` : `${least} to ${most}`;
  const form = `${name.text}(${parameters.map((one) => one.name.text).join(', ')})`;
  const reason = `${name.text} takes ${wants} ${most === 1 ? 'value' : 'values'}, not ${given}: ${form}.`;
  scope.report.error(call, reason);
  return false;
}

/** What is wrong inside is told at the call, unless the function is wrong in itself. */
function reportAt(scope: Scope, call: Call, name: string): Report {
  const advice = (suggestion = '') => (suggestion.endsWith('.') ? suggestion : '');
  return {
    ...scope.report,
    error: (_at, reason, suggestion) =>
      scope.deferred.push({
        name,
        report: () =>
          scope.report.error(call, `Inside ${call.name}: ${reason}`, advice(suggestion)),
      }),
    warning: () => undefined,
  };
}
