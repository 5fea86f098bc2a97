/** Checks what no single statement can know: rules that are missing, or that nothing leads to. */
import type { Draft } from './draft.ts';
import type { Scope } from './scope.ts';
import type { Span } from './syntax.ts';

export function checkWhole(scope: Scope, draft: Draft): void {
  if (draft.entered.size === 0) {
    reportMissingEntry(scope);
    return;
  }
  warnOfIdleRules(scope, draft);
  warnOfIdleOrders(scope, draft);
  checkStops(scope, draft);
  checkWholeRanges(scope, draft);
  for (const { name, used, kind, value } of scope.definitions.values()) {
    if (used || value.type === 'unknown') continue;
    const said = kind === 'let' ? 'named' : 'asked for';
    scope.report.warning(name, `${name.text} is ${said} but never used.`);
  }
}

/** Points at the last line, for that is where the trader is writing. */
function reportMissingEntry(scope: Scope): void {
  const to = scope.source.trimEnd().length;
  const lineStart = scope.source.lastIndexOf('\n', Math.max(0, to - 1)) + 1;
  scope.report.error(
    { from: Math.min(lineStart, to), to },
    'Nothing is ever bought or sold: an entry rule is missing.',
    'For example: enter long when close > sma(close, 50).',
  );
}

function warnOfIdleRules(scope: Scope, draft: Draft): void {
  const { entered, exits, levels } = draft;
  for (const { side, at } of exits) {
    if (side && !entered.has(side)) {
      scope.report.warning(at, `Nothing enters ${side}, so this exit is never used.`);
    }
  }
  for (const { kind, side, at } of levels) {
    // A stop for both sides serves the side there is.
    const serves = levels.some((other) => other.at === at && entered.has(other.side));
    if (!serves) scope.report.warning(at, `Nothing enters ${side}, so this ${kind} is never used.`);
  }
}

/** An input that counts bars takes whole steps from a whole number. */
function checkWholeRanges(scope: Scope, draft: Draft): void {
  for (const { name, min = 0, max = 0, step = 1 } of draft.inputs) {
    const key = name.toLowerCase();
    if (!scope.wholeInputs.has(key) || [min, max, step].every(Number.isInteger)) continue;
    const at = scope.definitions.get(key)!.name;
    scope.report.error(at, `${name} counts bars, so its range and step are whole numbers.`);
  }
}

function checkStops(scope: Scope, draft: Draft): void {
  const { size, needStop } = draft;
  for (const side of draft.entered) {
    if (draft.levels.some((one) => one.kind === 'stop' && one.side === side)) continue;
    const missing = (what: string, at: Span) =>
      scope.report.error(
        at,
        `${what} needs a stop, and ${side} entries have none.`,
        'Add a line such as: stop 2 * atr(14).',
      );
    if (size?.plan?.kind === 'risk') missing('A size by risk', size.at);
    for (const at of needStop) missing('A distance in R', at);
  }
}

function warnOfIdleOrders(scope: Scope, { entries, orders }: Draft): void {
  if (!orders.cancelAt || entries.some(({ order }) => order.kind !== 'market')) return;
  const reason = 'No entry waits for a price, so there is nothing to cancel.';
  scope.report.warning(orders.cancelAt, reason);
}
