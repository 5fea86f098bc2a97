/**
 * What MetaTrader's server looks at before it does what was asked; each fault has its code.
 *
 * 10013 request · 10014 volume · 10015 price · 10016 stops · 10018 closed · 10021 no quotes ·
 * 10022 expiration · 10029 frozen · 10030 filling; see `paper-limits.ts` for the others.
 */
import type { PaperBook, PaperOrder, PaperPosition } from './paper-book.ts';
import { isOpenAt } from './paper-hours.ts';
import { entryOf, exitOf, pointOf, stepsOf } from './paper-money.ts';
import type { PaperSymbol } from './paper-symbols.ts';
import type { TerminalTrade, TradeType } from './terminal-trade.ts';
import type { Direction } from './paper-book.ts';

/** Differences of prices miss the grid by no more than this part of a point. */
const DUST = 1e-6;

export function directionOf(type: TradeType): Direction {
  return type.startsWith('buy') ? 1 : -1;
}

/** Numbers that are none, or could not be money or prices. */
export function numbersFault(trade: TerminalTrade): number | null {
  const { volumeLots, price, limitPrice, sl, tp, deviationPoints, expirationServerMs } = trade;
  const isBad = (value: number) => !Number.isFinite(value) || value < 0 || value > 1e12;
  if (isBad(volumeLots)) return 10014;
  if ([price, limitPrice].some(isBad)) return 10015;
  if ([sl, tp].some(isBad)) return 10016;
  if (!(deviationPoints >= 0)) return 10013;
  return Number.isFinite(expirationServerMs) && expirationServerMs >= 0 ? null : 10022;
}

export function marketFault(book: PaperBook, { symbol }: PaperSymbol): number | null {
  if (!isOpenAt(book)) return 10018;
  return book.quotes[symbol] ? null : 10021;
}

export function volumeFault(symbol: PaperSymbol, lots: number): number | null {
  const { volumeMinLots, volumeMaxLots } = symbol;
  const isWithin = lots >= volumeMinLots - 1e-9 && lots <= volumeMaxLots + 1e-9;
  return isWithin && stepsOf(symbol, lots) !== null ? null : 10014;
}

export function fillingFault({ fillings }: PaperSymbol, trade: TerminalTrade): number | null {
  return fillings.includes(trade.filling) ? null : 10030;
}

export function isOnGrid(symbol: PaperSymbol, price: number): boolean {
  const points = price / pointOf(symbol);
  // A double of a large price knows its last points only so well.
  return Math.abs(points - Math.round(points)) < Math.max(DUST, Math.abs(points) * 1e-12);
}

interface Levels {
  readonly sl: number;
  readonly tp: number;
}

/** Stops on the wrong side of the reference price, or nearer to it than is allowed. */
export function levelsFault(
  symbol: PaperSymbol,
  { sl, tp }: Levels,
  { side, from }: { readonly side: Direction; readonly from: number },
): number | null {
  const least = symbol.stopsLevelPoints * pointOf(symbol) - DUST * pointOf(symbol);
  const isTooNear = (distance: number) => distance <= 0 || distance < least;
  for (const level of [sl, tp]) if (level !== 0 && !isOnGrid(symbol, level)) return 10016;
  if (sl !== 0 && isTooNear(side * (from - sl))) return 10016;
  return tp !== 0 && isTooNear(side * (tp - from)) ? 10016 : null;
}

type Pending = Pick<
  PaperOrder,
  'symbol' | 'side' | 'kind' | 'price' | 'limitPrice' | 'sl' | 'tp' | 'expirationServerMs'
>;

/** Where a pending order may stand: a limit beyond the better side, a stop beyond the worse. */
export function pendingFault(book: PaperBook, symbol: PaperSymbol, order: Pending): number | null {
  const { side, kind, price, limitPrice, sl, tp, expirationServerMs } = order;
  const quote = book.quotes[symbol.symbol];
  if (!quote) return 10021;
  if (price <= 0 || !isOnGrid(symbol, price)) return 10015;
  const beyond = (kind === 'limit' ? -side : side) * (price - entryOf(quote, side));
  const point = pointOf(symbol);
  if (beyond <= 0 || beyond < (symbol.stopsLevelPoints - DUST) * point) return 10015;
  if (kind === 'stop-limit') {
    // The limit stands on the better side of the trigger.
    if (limitPrice <= 0 || !isOnGrid(symbol, limitPrice)) return 10015;
    if (side * (price - limitPrice) < 0) return 10015;
  }
  const from = kind === 'stop-limit' ? limitPrice : price;
  const levels = levelsFault(symbol, { sl, tp }, { side, from });
  if (levels !== null) return levels;
  if (expirationServerMs > 0 && expirationServerMs <= book.serverMs) return 10022;
  return null;
}

/** So near to a level that it may be met any moment: nothing of the position may be changed. */
export function isFrozen(book: PaperBook, symbol: PaperSymbol, held: PaperPosition): boolean {
  const quote = book.quotes[held.symbol];
  if (!quote || symbol.freezeLevelPoints === 0) return false;
  const freeze = symbol.freezeLevelPoints * pointOf(symbol);
  const price = exitOf(quote, held.side);
  return [held.sl, held.tp].some((level) => level !== 0 && Math.abs(price - level) <= freeze);
}

export function isOrderFrozen(book: PaperBook, symbol: PaperSymbol, order: PaperOrder): boolean {
  const quote = book.quotes[order.symbol];
  if (!quote || symbol.freezeLevelPoints === 0 || order.kind === 'market') return false;
  const price = order.isTriggered ? order.limitPrice : order.price;
  return Math.abs(entryOf(quote, order.side) - price) <= symbol.freezeLevelPoints * pointOf(symbol);
}
