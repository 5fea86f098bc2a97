/** When the paper market is open, when its spread is wide, and which nights count for swap. */
import { nextTicket, tell, type PaperBook } from './paper-book.ts';
import { endOrder } from './paper-orders.ts';
import { heldSymbol, pointOf, rateOf, toMinor, unitsOf } from './paper-money.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** 0 = Sunday; day 0 of the epoch was a Thursday. */
function weekdayOf(marketMs: number): number {
  return (((Math.floor(marketMs / DAY_MS) + 4) % 7) + 7) % 7;
}

function minuteOf(marketMs: number): number {
  return Math.floor((((marketMs % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
}

export function isOpenAt({ terms, marketMs }: Pick<PaperBook, 'terms' | 'marketMs'>): boolean {
  return terms.sessions === 'always' || isOpenInWeek(marketMs);
}

/** Monday 00:05 to Friday 23:55 of the market's time. */
export function isOpenInWeek(marketMs: number): boolean {
  const weekday = weekdayOf(marketMs);
  if (weekday === 0 || weekday === 6) return false;
  const minute = minuteOf(marketMs);
  if (weekday === 1 && minute < 5) return false;
  return weekday !== 5 || minute < 23 * 60 + 55;
}

/** 23:55 to 00:15: around midnight spreads are four times as wide. */
export function spreadFactorAt(marketMs: number): number {
  const minute = minuteOf(marketMs);
  return minute >= 23 * 60 + 55 || minute < 15 ? 4 : 1;
}

/** Time goes on: orders expire, and each midnight passed charges swap. */
export function advance(book: PaperBook, serverMs: number, marketMs: number): void {
  const before = Math.floor(book.marketMs / DAY_MS);
  book.serverMs = Math.max(book.serverMs, serverMs);
  // A replay that begins anew goes back; nothing is charged for that.
  book.marketMs = marketMs;
  for (let day = before; day < Math.floor(marketMs / DAY_MS); day++) {
    const nights = nightsAfter(weekdayOf(day * DAY_MS));
    if (nights > 0) chargeSwap(book, nights);
  }
  for (const order of book.orders.slice()) {
    const { expirationServerMs } = order;
    if (expirationServerMs > 0 && expirationServerMs <= book.serverMs) {
      endOrder(book, order, 'expired');
    }
  }
}

/** Wednesday's counts for the weekend as well, whose own count for nothing. */
function nightsAfter(weekday: number): number {
  if (weekday === 0 || weekday === 6) return 0;
  return weekday === 3 ? 3 : 1;
}

function chargeSwap(book: PaperBook, nights: number): void {
  if (!book.terms.hasSwap) return;
  for (const held of book.positions) {
    const symbol = heldSymbol(book, held.symbol);
    const points = held.side === 1 ? symbol.swapLongPoints : symbol.swapShortPoints;
    const money = points * pointOf(symbol) * unitsOf(symbol, held.steps);
    held.swapMinor += toMinor(money * rateOf(book, symbol.profitCurrency) * nights);
    if (book.terms.swapChangesTicket) held.ticket = nextTicket(book);
    tell(book, { kind: 'position', ticket: String(held.ticket), symbol: held.symbol });
  }
}
