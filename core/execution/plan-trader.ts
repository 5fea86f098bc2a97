/** The plan of rules at the order desk: pending orders, care of positions, sizes that vary. */
import type { OpenPosition, OrderDesk, OrderRequest, PositionCare, Reach } from './order-desk.ts';
import type { Distance, EntryOrder, EntryRule, OrderPlan, VaryingSizing } from './order-plan.ts';
import { closeByRule, entryTerms, type Moment } from './rule-orders.ts';
import type { Signals, Sizing } from './signals.ts';

/**
 * Trades one bar of the plan: exits first, then in the order of the text every rule that signals
 * and may enter. Only the first rule with a market order counts. A rule that signals again takes
 * back its order of before, if that still works.
 */
export function tradePlan(signals: Signals, plan: OrderPlan, moment: Moment): void {
  const { bar, desk, market } = moment;
  const left = closeByRule(signals, moment);
  let hasMarketOrder = false;
  for (let k = 0; k < plan.rules.length; k++) {
    if (plan.holds[k]![bar] !== 1) continue;
    const rule = plan.rules[k]!;
    const isMarket = rule.order.kind === 'market';
    if ((isMarket && hasMarketOrder) || !mayEnter(plan, rule, { left, moment })) continue;
    hasMarketOrder ||= isMarket;
    takeBack(desk, { market, rule: k });
    desk.place({
      ...orderOf(signals, plan, { rule, bar, market, desk }),
      tag: k,
      // A market order does not wait, and so cancels nothing.
      ...(plan.oneCancelsOther && !isMarket && { ocoGroup: groupOf(market, bar) }),
    });
  }
}

/** One number a market and bar, so that orders of one signal bar share it and no others do. */
function groupOf(market: number, bar: number): number {
  return bar * 65_536 + market;
}

function takeBack(
  desk: OrderDesk,
  { market, rule }: { readonly market: number; readonly rule: number },
): void {
  for (const order of desk.workingOrders()) {
    if (order.market === market && order.tag === rule) desk.cancel(order.id);
  }
}

/**
 * An entry on the side that is open is ignored unless more positions may be; one against it
 * turns a single position round, takes from a net, and counts as one more where hedged.
 */
function mayEnter(
  { maxPositions }: OrderPlan,
  { side }: EntryRule,
  { left, moment }: { readonly left: readonly OpenPosition[]; readonly moment: Moment },
): boolean {
  const { exclusive, positions } = moment.settings;
  if (exclusive) return true;
  const counted = positions === 'hedging' ? left : left.filter((open) => open.side === side);
  // How often a net was added to, the broker knows: it drops what is too much.
  return positions === 'netting'
    ? counted.length === 0 || maxPositions > 1
    : counted.length < maxPositions;
}

interface Signal {
  readonly rule: EntryRule;
  readonly bar: number;
  readonly market: number;
  readonly desk: OrderDesk;
}

function orderOf(signals: Signals, plan: OrderPlan, signal: Signal): OrderRequest {
  const { rule, bar, market, desk } = signal;
  return {
    market,
    side: rule.side,
    ...entryTerms(signals, rule.side, bar),
    ...(rule.stop && { stop: rule.stop[bar]! }),
    ...(rule.target && { target: rule.target[bar]! }),
    ...pricesOf(rule.order, bar),
    sizing: sizingOf(plan.sizing, bar, desk),
    care: careOf(plan, bar),
    maxPositions: plan.maxPositions,
  };
}

function pricesOf(
  order: EntryOrder,
  bar: number,
): Pick<OrderRequest, 'kind' | 'price' | 'limit' | 'expiryBars'> {
  if (order.kind === 'market') return { kind: 'market' };
  const { kind, expiryBars } = order;
  const price = order.price[bar]!;
  if (order.kind !== 'stopLimit') return { kind, price, expiryBars };
  return { kind, price, limit: order.limit[bar]!, expiryBars };
}

function sizingOf(sizing: Sizing | VaryingSizing, bar: number, desk: OrderDesk): Sizing {
  switch (sizing.kind) {
    case 'equityColumn': {
      const fraction = sizing.fraction[bar]!;
      return { kind: 'equity', fraction: fraction > 0 ? fraction : 0 };
    }
    case 'kelly': {
      const profits = desk.closedProfits(sizing.trips);
      const enough = profits.length >= sizing.trips;
      const fraction = enough ? sizing.part * kellyFraction(profits) : sizing.otherwise;
      return { kind: 'equity', fraction };
    }
    default:
      return sizing;
  }
}

/**
 * W − (1 − W) ÷ (average win ÷ average loss), 0 … 1; 1 where nothing was lost. Source: Kelly
 * 1956, A New Interpretation of Information Rate.
 */
function kellyFraction(profits: readonly number[]): number {
  const wins = profits.filter((profit) => profit > 0);
  const losses = profits.filter((profit) => profit < 0);
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  if (wins.length === 0) return 0;
  if (losses.length === 0) return 1;
  const won = wins.length / profits.length;
  return Math.max(0, won - (1 - won) / (mean(wins) / -mean(losses)));
}

function careOf(plan: OrderPlan, bar: number): PositionCare {
  const { targetR, trailing, breakEven, partials, exitAfterBars } = plan;
  const at = (distance: Distance) => reachAt(distance, bar);
  return {
    ...(targetR !== null && { targetR }),
    ...(trailing && {
      trailing: {
        distance: at(trailing.distance),
        ...(trailing.activation && { activation: at(trailing.activation) }),
        ...(trailing.lock && { lock: at(trailing.lock) }),
      },
    }),
    ...(breakEven && {
      breakEven: {
        activation: at(breakEven.activation),
        ...(breakEven.lock && { lock: at(breakEven.lock) }),
      },
    }),
    partials: partials.map(({ fraction, at: distance }) => ({ fraction, at: at(distance) })),
    ...(exitAfterBars !== null && { exitAfterBars }),
  };
}

function reachAt(distance: Distance, bar: number): Reach {
  return distance.kind === 'r' ? distance : { kind: 'price', distance: distance.distance[bar]! };
}
