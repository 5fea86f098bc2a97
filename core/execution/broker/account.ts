/** What the account is worth and what it has pledged, at the quotes of the moment. */
import { exitQuote, type Broker, type MarketState, type Position } from './state.ts';

/** Money that the position would earn if it closed now, before commissions, with its swap. */
export function floatingProfit({ markets }: Broker, position: Position): number {
  const quote = exitQuote(markets[position.market]!, position.side);
  return position.side * position.units * (quote - position.entryPrice) + position.swap;
}

/** Cash and what all positions would earn if they closed now. */
export function equity(broker: Broker): number {
  let floating = 0;
  for (const position of broker.positions) floating += floatingProfit(broker, position);
  return broker.cash + floating;
}

/**
 * Money pledged for all positions: units × entry price × margin. Positions of both sides on one
 * market are each pledged for.
 */
export function usedMargin({ positions, settings }: Broker): number {
  let used = 0;
  for (const { units, entryPrice } of positions) used += units * entryPrice * settings.margin;
  return used;
}

/** Whether equity is at or below the stop-out level of the margin in use. */
export function isShort(broker: Broker): boolean {
  const { stopOut } = broker.settings;
  if (stopOut === null || broker.positions.length === 0) return false;
  return equity(broker) <= stopOut * usedMargin(broker);
}

/** The position with the greatest loss, the oldest of equals; there is one. */
export function worstPosition(broker: Broker): Position {
  let worst = broker.positions[0]!;
  for (const position of broker.positions) {
    if (floatingProfit(broker, position) < floatingProfit(broker, worst)) worst = position;
  }
  return worst;
}

export function positionsOf(broker: Broker, { index }: MarketState): readonly Position[] {
  return broker.positions.filter((position) => position.market === index);
}
