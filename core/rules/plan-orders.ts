/** The orders of a program in columns, one value a bar, for the broker. */
import type { Distance, EntryOrder, OrderPlan, VaryingSizing } from '../execution/order-plan.ts';
import type { Sizing } from '../execution/signals.ts';
import { prices, type Bars } from '../market/bars.ts';
import type { Columns } from './compute-columns.ts';
import { constantValue, type Constant, type InputValues } from './constant.ts';
import { pipPoints } from './levels.ts';
import type { EntryOrderRule, ReachRule } from './order-rules.ts';
import type { Operand } from './plan.ts';
import type { Program, SizePlan } from './program.ts';
import { volatilityFractions } from './volatility-fractions.ts';

interface Evaluated {
  readonly columns: Columns;
  readonly bars: Bars;
  readonly inputs: InputValues;
}

export function planOrders(program: Program, run: Evaluated): OrderPlan {
  const { orders, entries } = program;
  const { trailing, breakEven } = orders;
  const reach = (rule: ReachRule) => distanceOf(rule, run);
  const maybe = (rule: ReachRule | null) => rule && reach(rule);
  const value = (constant: Constant | null) => constant && constantValue(constant, run.inputs);
  return {
    rules: entries.map(({ side, order }) => ({ side, order: entryOrder(order, run) })),
    holds: entries.map(({ condition }) => afterWarmup(run.columns, condition)),
    oneCancelsOther: orders.oneCancelsOther,
    targetR: value(orders.targetR),
    trailing: trailing && {
      distance: reach(trailing.distance),
      activation: maybe(trailing.activation),
      lock: maybe(trailing.lock),
    },
    breakEven: breakEven && {
      activation: reach(breakEven.activation),
      lock: maybe(breakEven.lock),
    },
    partials: orders.partials.map(({ fraction, at }) => ({
      fraction: constantValue(fraction, run.inputs),
      at: reach(at),
    })),
    exitAfterBars: value(orders.exitAfterBars),
    maxPositions: value(orders.maxPositions) ?? 1,
    sizing: planSizing(program.size, run),
  };
}

/** Rules act from the bar after the warm-up. */
function afterWarmup(columns: Columns, condition: number): Uint8Array {
  const holds = columns.condition(condition).slice();
  return holds.fill(0, 0, Math.min(holds.length, columns.warmupBars + 1));
}

function entryOrder(order: EntryOrderRule, run: Evaluated): EntryOrder {
  if (order.kind === 'market') return order;
  const price = operandColumn(order.price, run);
  const expiryBars = constantValue(order.bars, run.inputs);
  if (order.kind !== 'stopLimit') return { kind: order.kind, price, expiryBars };
  return { kind: 'stopLimit', price, limit: operandColumn(order.limit, run), expiryBars };
}

/** Prices of an operand on each bar, freshly allocated where it is a number. */
export function operandColumn(
  operand: Operand,
  { columns, bars, inputs }: Evaluated,
): Float64Array {
  if ('column' in operand) return columns.series(operand.column);
  return new Float64Array(bars.length).fill(constantValue(operand.constant, inputs));
}

function distanceOf(rule: ReachRule, run: Evaluated): Distance {
  const { bars, inputs } = run;
  switch (rule.kind) {
    case 'r':
      return { kind: 'r', multiple: constantValue(rule.multiple, inputs) };
    case 'fraction': {
      const distance = prices(bars.bid, 'close', bars.scale);
      const fraction = constantValue(rule.fraction, inputs);
      for (let i = 0; i < distance.length; i++) distance[i] = distance[i]! * fraction;
      return { kind: 'price', distance };
    }
    case 'points':
    case 'pips': {
      const points =
        constantValue(rule.count, inputs) * (rule.kind === 'pips' ? pipPoints(bars) : 1);
      return {
        kind: 'price',
        distance: new Float64Array(bars.length).fill(points / 10 ** bars.digits),
      };
    }
    case 'distance':
      return { kind: 'price', distance: aboveZero(operandColumn(rule.distance, run)) };
  }
}

/** A distance of nothing, or the wrong way, is none. */
function aboveZero(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = values[i]! > 0 ? values[i]! : NaN;
  return out;
}

/** The size where it is the same on every bar; null where it varies. */
export function fixedSizing(size: SizePlan, inputs: InputValues): Sizing | null {
  if (size.kind === 'volatility' || size.kind === 'kelly') return null;
  const amount = constantValue(size.amount, inputs);
  switch (size.kind) {
    case 'units':
      return { kind: 'units', units: amount };
    case 'lots':
      return { kind: 'lots', lots: amount };
    default:
      return { kind: size.kind, fraction: amount };
  }
}

function planSizing(size: SizePlan, { columns, bars, inputs }: Evaluated): Sizing | VaryingSizing {
  switch (size.kind) {
    case 'volatility': {
      const target = constantValue(size.amount, inputs);
      const fraction = volatilityFractions(bars.timesMs, columns.series(size.column), target);
      return { kind: 'equityColumn', fraction };
    }
    case 'kelly':
      return {
        kind: 'kelly',
        part: constantValue(size.part, inputs),
        trips: constantValue(size.trips, inputs),
        otherwise: constantValue(size.otherwise, inputs),
      };
    default:
      return fixedSizing(size, inputs)!;
  }
}
