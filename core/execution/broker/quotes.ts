/** Bid and ask of bars and ticks in price units, with the spread that the settings add. */
import type { Bars, PriceColumns, PriceField } from '../../market/bars.ts';
import type { Ticks } from '../../market/ticks.ts';
import type { SpreadSettings } from '../cost-settings.ts';

/** What the settings add to the ask of prices. */
interface Above {
  /** Points, everywhere. */
  readonly above: number;
  /** Points more at each index; null = the settings do not ask for the column. */
  readonly abovePoints: Int32Array | null;
  /** Points of the market in a price unit. */
  readonly points: number;
}

export interface Quotes extends Above {
  readonly scale: number;
  readonly bid: PriceColumns;
  /** The bid where no ask is known. */
  readonly ask: PriceColumns;
}

export interface TickQuotes extends Above {
  readonly ticks: Ticks;
}

/** Price units in a point of the market's last digit. */
export function pointOf({ digits }: Bars): number {
  return 10 ** -digits;
}

export function fromBars(bars: Bars, spread: SpreadSettings): Quotes {
  return quotesOf(bars, aboveOf(bars, spread));
}

/** Prices inside the bars, which take the column of their bar where they have none themselves. */
export function fromInnerBars(
  { bars, firstOf }: { readonly bars: Bars; readonly firstOf: Int32Array },
  outer: Bars,
  spread: SpreadSettings,
): Quotes {
  const above = aboveOf(outer, spread);
  const own = spread.column && bars.spreadPoints;
  const abovePoints = own || spreadInside(above.abovePoints, firstOf, bars.length);
  return quotesOf(bars, { ...above, abovePoints });
}

/** Ticks inside the bars, which take the column of their bar. */
export function fromTicks(
  { ticks, firstOf }: { readonly ticks: Ticks; readonly firstOf: Int32Array },
  outer: Bars,
  spread: SpreadSettings,
): TickQuotes {
  const above = aboveOf(outer, spread);
  const abovePoints = spreadInside(above.abovePoints, firstOf, ticks.length);
  return { ticks, ...above, abovePoints };
}

function aboveOf(bars: Bars, spread: SpreadSettings): Above {
  const abovePoints = spread.column ? bars.spreadPoints : null;
  return { above: spread.points, abovePoints, points: 10 ** bars.digits };
}

function quotesOf({ scale, bid, ask }: Bars, above: Above): Quotes {
  return { scale, bid, ask: ask ?? bid, ...above };
}

/** The column of the bars at each index of what lies inside them. */
function spreadInside(
  column: Int32Array | null,
  firstOf: Int32Array,
  length: number,
): Int32Array | null {
  if (!column) return null;
  const inside = new Int32Array(length);
  column.forEach((points, bar) => inside.fill(points, firstOf[bar], firstOf[bar + 1]));
  return inside;
}

export function bidOf({ bid, scale }: Quotes, field: PriceField, i: number): number {
  return bid[field][i]! / scale;
}

export function askOf(quotes: Quotes, field: PriceField, i: number): number {
  return raised(quotes.ask[field][i]!, quotes.scale, aboveAt(quotes, i), quotes);
}

export function tickBid({ ticks }: TickQuotes, i: number): number {
  return ticks.bid[i]! / ticks.scale;
}

export function tickAsk(quotes: TickQuotes, i: number): number {
  const { ticks } = quotes;
  return raised((ticks.ask ?? ticks.bid)[i]!, ticks.scale, aboveAt(quotes, i), quotes);
}

function aboveAt({ above, abovePoints }: Above, i: number): number {
  return abovePoints ? above + abovePoints[i]! : above;
}

/** Added before the division, so that whole points stay on the grid that levels are written on. */
function raised(price: number, scale: number, by: number, { points }: Above): number {
  return (price + by * (scale / points)) / scale;
}
