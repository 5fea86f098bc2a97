/** Checks what is computed on other bars: `sma(close, 20) on D1`, `close on "GBPUSD"`. */
import { parseTimeframe } from '../market/timeframe.ts';
import { checkExpression } from './check-expression.ts';
import type { Frame } from './plan.ts';
import { inFrame, type Scope } from './scope.ts';
import type { ExpressionOf } from './syntax.ts';
import { isZone } from './time-functions.ts';
import { unknown, type Value } from './value.ts';

/** Each is a market of its own to be loaded and computed. */
const mostFrames = 16;
const symbolPattern = /^[A-Za-z0-9.^_#&=+!/-]{1,32}$/;

export function checkElsewhere(scope: Scope, expression: ExpressionOf<'elsewhere'>): Value {
  const frame = frameOf(scope, expression);
  if (!frame) {
    checkExpression(scope, expression.of);
    return unknown;
  }
  const index = scope.plan.frameOf(frame);
  if (index > mostFrames) {
    const reason = `Rules may read ${mostFrames} other timeframes and symbols, not more.`;
    scope.report.error(expression, reason);
    return unknown;
  }
  return align(scope, index, checkExpression(inFrame(scope, index), expression.of));
}

/** What is not said is as where the expression stands. */
function frameOf(scope: Scope, expression: ExpressionOf<'elsewhere'>): Frame | null {
  const here = scope.plan.frames()[scope.frame]!;
  const { symbol, timeframe, zone } = expression;
  if (symbol && !symbolPattern.test(symbol.text)) {
    const reason = 'A symbol has 1 to 32 letters, digits or signs, and no blanks.';
    scope.report.error(symbol, reason, 'For example: close on "GBPUSD".');
    return null;
  }
  const name = timeframe && parseTimeframe(timeframe.text);
  if (timeframe && !name) {
    const symbolic = /^[A-Za-z]{6}$/.test(timeframe.text);
    const reason = `${timeframe.text} is no timeframe${symbolic ? '; a symbol stands in quotes' : ''}.`;
    const advice = 'For example: M15, H4, D1, W1 or MN1.';
    scope.report.error(timeframe, reason, symbolic ? `"${timeframe.text}"` : advice);
    return null;
  }
  if (zone && !isZone(scope, zone.text, zone)) return null;
  const own = { timeframe: name ?? null, zone: zone?.text ?? null };
  return { symbol: symbol?.text ?? here.symbol, ...(name ? own : withoutSymbol(here)) };
}

function withoutSymbol({ timeframe, zone }: Frame): Omit<Frame, 'symbol'> {
  return { timeframe, zone };
}

function align(scope: Scope, from: number, value: Value): Value {
  switch (value.type) {
    case 'series':
    case 'condition':
      return { ...value, column: alignedColumn(scope, from, value.column) };
    case 'list':
      return { ...value, items: value.items.map((item) => align(scope, from, item)) };
    default:
      return value;
  }
}

/** The column of another frame as it is seen from where the expression stands. */
export function alignedColumn(scope: Scope, from: number, column: number): number {
  return from === scope.frame ? column : scope.plan.add({ op: 'align', of: column });
}
