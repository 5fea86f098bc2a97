/** Checks the statements of a rule text one after the other and gathers the program. */
import { EXIT_LONG, EXIT_SHORT } from '../execution/signals.ts';
import { checkCondition, checkExpression } from './check-expression.ts';
import { checkInput } from './check-input.ts';
import { checkLevel } from './check-level.ts';
import { checkSize } from './check-size.ts';
import { brokenRequirement } from './constant.ts';
import { createPlan } from './plan.ts';
import type { Level, Levels, Program, ProgramInput, SizePlan } from './program.ts';
import type { Report } from './report.ts';
import { define, type Scope } from './scope.ts';
import type { Side, Span, Statement } from './syntax.ts';
import { unknown } from './value.ts';

/** What has been gathered while the statements are read. */
interface Draft {
  readonly inputs: ProgramInput[];
  readonly entries: { side: 1 | -1; condition: number }[];
  readonly exits: { sides: number; condition: number; at: Span; side: Side | null }[];
  readonly levels: Record<'stop' | 'target', Partial<Record<Side, Level>>>;
  readonly levelSpans: { kind: 'stop' | 'target'; side: Side; at: Span }[];
  readonly named: Program['named'][number][];
  readonly entered: Set<Side>;
  size: { plan: SizePlan | null; at: Span } | null;
}

const allEquity: SizePlan = { kind: 'equity', amount: { kind: 'number', value: 1 } };

export function checkRules(
  source: string,
  statements: readonly Statement[],
  report: Report,
): Program {
  const scope = createScope(source, statements, report);
  const draft: Draft = {
    inputs: [],
    entries: [],
    exits: [],
    levels: { stop: {}, target: {} },
    levelSpans: [],
    named: [],
    entered: new Set(),
    size: null,
  };
  for (const statement of statements) checkStatement(scope, draft, statement);
  checkWhole(scope, draft, source, statements);
  for (const requirement of scope.requirements) {
    const reason = brokenRequirement(requirement, scope.defaults);
    if (reason) report.error(requirement, reason, requirement.suggestion);
  }
  return {
    source,
    inputs: draft.inputs.map((input) =>
      scope.wholeInputs.has(input.name.toLowerCase()) ? { ...input, integer: true } : input,
    ),
    plan: scope.plan.nodes(),
    entries: draft.entries,
    exits: draft.exits.map(({ sides, condition }) => ({ sides, condition })),
    stop: levelsOf(draft.levels.stop),
    target: levelsOf(draft.levels.target),
    size: draft.size?.plan ?? allEquity,
    requirements: scope.requirements,
    named: draft.named,
  };
}

function createScope(source: string, statements: readonly Statement[], report: Report): Scope {
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
    definitions: new Map(),
    later,
    wholeInputs: new Set(),
    requirements: [],
    defaults: new Map(),
  };
}

function levelsOf(sides: Partial<Record<Side, Level>>): Levels | null {
  const { long = null, short = null } = sides;
  return long || short ? { long, short } : null;
}

function checkStatement(scope: Scope, draft: Draft, statement: Statement): void {
  switch (statement.kind) {
    case 'broken': {
      const { name, from, to } = statement;
      if (name) define(scope, { name: { text: name, from, to }, value: unknown, kind: 'let' });
      return;
    }
    case 'input': {
      const input = checkInput(scope, statement);
      if (input) draft.inputs.push(input);
      return;
    }
    case 'let': {
      const value = checkExpression(scope, statement.value);
      const name = statement.name.text;
      define(scope, { name: statement.name, value, kind: 'let' });
      if (value.type === 'series') {
        draft.named.push({ name, column: value.column, pane: value.pane });
      }
      if (value.type === 'outputs') {
        const { column: of, pane } = value;
        value.made.outputs.forEach((output, index) => {
          const column = scope.plan.add({ op: 'output', of, index });
          draft.named.push({ name: `${name}.${output}`, column, pane });
        });
      }
      return;
    }
    case 'enter': {
      draft.entered.add(statement.side);
      const condition = checkCondition(scope, statement.condition, 'when');
      if (condition !== null) {
        draft.entries.push({ side: statement.side === 'long' ? 1 : -1, condition });
      }
      return;
    }
    case 'exit': {
      const { side } = statement;
      const condition = checkCondition(scope, statement.condition, 'when');
      if (condition === null) return;
      const sides = (side === 'short' ? 0 : EXIT_LONG) | (side === 'long' ? 0 : EXIT_SHORT);
      draft.exits.push({ sides, condition, at: statement, side });
      return;
    }
    case 'stop':
    case 'target': {
      const level = checkLevel(scope, statement);
      const sides: readonly Side[] = statement.side ? [statement.side] : ['long', 'short'];
      for (const side of sides) {
        if (
          draft.levelSpans.some((other) => other.kind === statement.kind && other.side === side)
        ) {
          scope.report.error(
            statement,
            `There is a ${statement.kind} for ${side} entries already.`,
            `Keep one, or write ${statement.kind} long and ${statement.kind} short.`,
          );
          return;
        }
      }
      for (const side of sides) {
        draft.levelSpans.push({ kind: statement.kind, side, at: statement });
        if (level) draft.levels[statement.kind][side] = level;
      }
      return;
    }
    case 'size': {
      if (draft.size) {
        scope.report.error(statement, 'The size is set already.', 'Keep one size line.');
        return;
      }
      draft.size = { plan: checkSize(scope, statement), at: statement };
      return;
    }
  }
}

/** What no single statement can know: rules that are missing or that nothing leads to. */
function checkWhole(
  scope: Scope,
  draft: Draft,
  source: string,
  statements: readonly Statement[],
): void {
  const { report } = scope;
  const broken = statements.some((statement) => statement.kind === 'broken');
  if (draft.entered.size === 0 && !broken) {
    const end = source.trimEnd().length;
    const last = source.lastIndexOf('\n', Math.max(0, end - 1)) + 1;
    const reason = 'Nothing is ever bought or sold: an entry rule is missing.';
    const advice = 'For example: enter long when close > sma(close, 50).';
    report.error({ from: Math.min(last, end), to: end }, reason, advice);
  }
  if (broken) return;
  for (const { side, at } of draft.exits) {
    if (side && !draft.entered.has(side) && draft.entered.size > 0) {
      report.warning(at, `Nothing enters ${side}, so this exit is never used.`);
    }
  }
  const entered = draft.entered;
  for (const { kind, side, at } of draft.levelSpans) {
    const both = draft.levelSpans.some((other) => other.at === at && entered.has(other.side));
    if (!both && entered.size > 0) {
      report.warning(at, `Nothing enters ${side}, so this ${kind} is never used.`);
    }
  }
  if (draft.size?.plan?.kind === 'risk') {
    for (const side of entered) {
      if (draft.levelSpans.some((level) => level.kind === 'stop' && level.side === side)) continue;
      const reason = `A size by risk needs a stop, and ${side} entries have none.`;
      report.error(draft.size.at, reason, 'Add a line such as: stop 2 * atr(14).');
    }
  }
  for (const { name, used, kind, value } of scope.definitions.values()) {
    if (used || value.type === 'unknown') continue;
    report.warning(
      name,
      `${name.text} is ${kind === 'let' ? 'named' : 'asked for'} but never used.`,
    );
  }
}
