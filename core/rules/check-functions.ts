/** Checks the text's own functions, apart from the values they are called with. */
import { checkExpression } from './check-expression.ts';
import { findField } from './fields.ts';
import { findFunction } from './functions.ts';
import { createPlan } from './plan.ts';
import type { Report } from './report.ts';
import type { Local, OwnFunction, Scope } from './scope.ts';
import type { FunctionStatement, Statement } from './syntax.ts';
import { unknown, type Value } from './value.ts';

/** Functions by lower-case name, from anywhere in the text; a name that cannot be is reported. */
export function gatherFunctions(
  statements: readonly Statement[],
  report: Report,
): ReadonlyMap<string, OwnFunction | null> {
  const found = new Map<string, OwnFunction | null>();
  for (const statement of statements) {
    if (statement.kind === 'broken' && statement.declares === 'function' && statement.name) {
      found.set(statement.name, null);
    }
    if (statement.kind !== 'function') continue;
    const { name } = statement;
    const key = name.text.toLowerCase();
    const taken = findField(key) ? 'a price series' : findFunction(key) ? 'a function' : null;
    if (taken) report.error(name, `${name.text} is the name of ${taken}.`, `my_${key}`);
    else if (found.has(key)) report.error(name, `${name.text} is defined twice.`, `${key}_2`);
    else if (hasGoodParameters(statement, report)) found.set(key, { statement, used: false });
    else found.set(key, null);
  }
  return found;
}

function hasGoodParameters({ parameters }: FunctionStatement, report: Report): boolean {
  const seen = new Set<string>();
  let preset = false;
  for (const { name, default: given } of parameters) {
    const key = name.text.toLowerCase();
    if (seen.has(key)) {
      report.error(name, `${name.text} is there twice.`, `${key}_2`);
      return false;
    }
    if (preset && !given) {
      const reason = 'Values that must be given come before those that may be left out.';
      report.error(name, reason, `Give ${name.text} a preset, or move it to the front.`);
      return false;
    }
    seen.add(key);
    preset ||= given !== null;
  }
  return true;
}

const anyValue: Local = () => unknown;

/**
 * Looks inside each function once, for what is wrong with it whatever the values; what is wrong
 * for those of a call is said only of functions that are right in themselves.
 */
export function checkFunctions(scope: Scope): void {
  const wrong = new Set<string>();
  for (const [key, made] of scope.functions) {
    if (!made) continue;
    const { parameters, value } = made.statement;
    const locals = new Map(parameters.map((one) => [one.name.text.toLowerCase(), anyValue]));
    const report: Report = {
      ...scope.report,
      error: (at, reason, suggestion) => {
        wrong.add(key);
        scope.report.error(at, reason, suggestion);
      },
    };
    const { used } = made;
    // What is made while looking is part of no program.
    const apart = { plan: createPlan(), elsewhere: new Map<string, Value>(), repainting: [] };
    const inside = { ...scope, ...apart, report, calling: [key] };
    checkExpression({ ...inside, locals }, value);
    for (const one of parameters) if (one.default) checkExpression(inside, one.default);
    made.used = used;
  }
  for (const made of scope.functions.values()) {
    if (!made || made.used) continue;
    const { name } = made.statement;
    scope.report.warning(name, `${name.text} is defined but never used.`);
  }
  for (const { name, report } of scope.deferred) if (!wrong.has(name)) report();
}
