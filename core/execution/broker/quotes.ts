/** Bid and ask of bars and ticks in price units, with the spread that the settings add. */
import type { Bars, PriceColumns, PriceField } from '../../market/bars.ts';
import type { Ticks } from '../../market/ticks.ts';
import type { SpreadSettings } from '../cost-settings.ts';

export interface Quotes {
  readonly scale: number;
  readonly bid: PriceColumns;
  /** The bid where no ask is known. */
  readonly ask: PriceColumns;
  /** Price units by which the ask stands above that, on every bar. */
  readonly above: number;
  /** Points by which it does on each bar; null = the settings do not ask for the column. */
  readonly abovePoints: Int32Array | null;
  readonly point: number;
}

export function fromBars(bars: Bars, spread: SpreadSettings): Quotes {
  const point = 10 ** -bars.digits;
  return {
    scale: bars.scale,
    bid: bars.bid,
    ask: bars.ask ?? bars.bid,
    above: spread.points * point,
    abovePoints: spread.column ? bars.spreadPoints : null,
    point,
  };
}

export function bidOf({ bid, scale }: Quotes, field: PriceField, i: number): number {
  return bid[field][i]! / scale;
}

export function askOf(quotes: Quotes, field: PriceField, i: number): number {
  const { ask, scale, above, abovePoints, point } = quotes;
  const column = abovePoints ? abovePoints[i]! * point : 0;
  return ask[field][i]! / scale + above + column;
}

export interface TickQuotes {
  readonly ticks: Ticks;
  readonly above: number;
}

export function fromTicks(ticks: Ticks, spread: SpreadSettings): TickQuotes {
  return { ticks, above: spread.points * 10 ** -ticks.digits };
}

export function tickBid({ ticks }: TickQuotes, i: number): number {
  return ticks.bid[i]! / ticks.scale;
}

export function tickAsk({ ticks, above }: TickQuotes, i: number): number {
  return (ticks.ask ?? ticks.bid)[i]! / ticks.scale + above;
}
