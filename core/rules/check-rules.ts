/** Checks the statements of a rule text one after the other and gathers the program. */
import { checkCondition, checkExpression } from './check-expression.ts';
import { checkInput } from './check-input.ts';
import { checkLevel } from './check-level.ts';
import { checkEntryOrder, gatherOrder } from './check-order.ts';
import { checkReach } from './check-reach.ts';
import { checkRepainting } from './check-repainting.ts';
import { checkSize } from './check-size.ts';
import { checkVaryingSize } from './check-varying-size.ts';
import { checkWhole } from './check-whole.ts';
import { checkFunctions, gatherFunctions } from './check-functions.ts';
import { checkPlot } from './check-plot.ts';
import { brokenRequirement, type Requirement } from './constant.ts';
import { createDraft, finishDraft, type Draft } from './draft.ts';
import { namedSeries } from './named-series.ts';
import { createPlan, ownFrame } from './plan.ts';
import type { Program, SizePlan } from './program.ts';
import type { Report } from './report.ts';
import { define, textOf, type Scope } from './scope.ts';
import type { LevelStatement, Side, Span, Statement } from './syntax.ts';
import { unknown } from './value.ts';

/** Good for a run only if no error is reported. */
export function checkRules(
  source: string,
  statements: readonly Statement[],
  report: Report,
): Program {
  const requirements: Requirement[] = [];
  const scope = createScope(source, statements, report, requirements);
  const draft = createDraft();
  for (const statement of statements) checkStatement(scope, draft, statement);
  checkFunctions(scope);
  // What cannot be read may well be what seems to be missing.
  if (statements.every((statement) => statement.kind !== 'broken')) checkWhole(scope, draft);
  checkRepainting(scope, draft);
  for (const requirement of requirements) {
    const reason = brokenRequirement(requirement, scope.defaults);
    if (reason) report.error(requirement, reason, requirement.suggestion);
  }
  return finishDraft(scope, draft, requirements);
}

function createScope(
  source: string,
  statements: readonly Statement[],
  report: Report,
  requirements: Requirement[],
): Scope {
  const later = new Map<string, Span>();
  for (const statement of statements) {
    if (statement.kind !== 'let' && statement.kind !== 'input') continue;
    const key = statement.name.text.toLowerCase();
    if (!later.has(key)) later.set(key, { from: statement.from, to: statement.to });
  }
  return {
    source,
    report,
    plan: createPlan(),
    frame: ownFrame,
    locals: new Map(),
    elsewhere: new Map(),
    depth: 0,
    unfolded: { count: 0, depth: 0 },
    definitions: new Map(),
    later,
    wholeInputs: new Set(),
    requirements,
    functions: gatherFunctions(statements, report),
    calling: [],
    deferred: [],
    defaults: new Map(),
    repainting: [],
  };
}

function checkStatement(scope: Scope, draft: Draft, statement: Statement): void {
  switch (statement.kind) {
    case 'broken': {
      const { name, from, to } = statement;
      if (name && statement.declares === 'value')
        define(scope, { name: { text: name, from, to }, value: unknown, kind: 'let' });
      return;
    }
    case 'input': {
      const input = checkInput(scope, statement);
      if (input) draft.inputs.push(input);
      return;
    }
    case 'let': {
      const { name } = statement;
      const value = checkExpression(scope, statement.value);
      define(scope, { name, value, kind: 'let', expression: statement.value });
      draft.named.push(...namedSeries(scope, name.text, value));
      return;
    }
    case 'function':
      return;
    case 'plot':
      checkPlot(scope, draft, statement);
      return;
    case 'enter': {
      const { side } = statement;
      draft.entered.add(side);
      const order = checkEntryOrder(scope, statement.order);
      const condition = checkCondition(scope, statement.condition, 'when');
      if (condition !== null && order) draft.entries.push({ side, condition, order });
      return;
    }
    case 'exit': {
      const { side } = statement;
      const condition = checkCondition(scope, statement.condition, 'when');
      if (condition !== null) draft.exits.push({ side, condition, at: statement });
      return;
    }
    case 'stop':
    case 'target':
      gatherLevel(scope, draft, statement);
      return;
    case 'size':
      gatherSize(scope, draft, statement, () => checkSize(scope, statement));
      return;
    case 'varyingSize':
      gatherSize(scope, draft, statement, () => checkVaryingSize(scope, statement));
      return;
    default:
      gatherOrder(scope, draft, statement);
  }
}

function gatherSize(scope: Scope, draft: Draft, at: Span, check: () => SizePlan | null): void {
  if (draft.size) {
    scope.report.error(at, 'The size is set already.', 'Keep one size line.');
  } else draft.size = { plan: check(), at };
}

function gatherLevel(scope: Scope, draft: Draft, statement: LevelStatement): void {
  const { kind } = statement;
  if (kind === 'target' && statement.unit === 'r') {
    gatherTargetR(scope, draft, statement);
    return;
  }
  const level = checkLevel(scope, statement);
  const sides: readonly Side[] = statement.side ? [statement.side] : ['long', 'short'];
  const inR = kind === 'target' && draft.orders.targetR !== null;
  const taken = sides.find(
    (side) => inR || draft.levels.some((other) => other.kind === kind && other.side === side),
  );
  if (taken) {
    const reason = `There is a ${kind} for ${taken} entries already.`;
    const advice = `Keep one, or write ${kind} long and ${kind} short.`;
    scope.report.error(statement, reason, advice);
    return;
  }
  for (const side of sides) draft.levels.push({ kind, side, level, at: statement });
}

/** It stands for both sides, for R is the same thing on either. */
function gatherTargetR(scope: Scope, draft: Draft, statement: LevelStatement): void {
  const { side, at, value, from, to } = statement;
  if (side || at) {
    const text = textOf(scope, value);
    scope.report.error(statement, 'A target in R stands for both sides.', `target ${text} R`);
    return;
  }
  if (draft.orders.targetR || draft.levels.some((level) => level.kind === 'target')) {
    scope.report.error(statement, 'There is a target already.', 'Keep one.');
    return;
  }
  const reach = checkReach(scope, draft, { value, unit: 'r', from, to });
  if (reach?.kind === 'r') draft.orders.targetR = reach.multiple;
}
