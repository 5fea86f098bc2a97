/**
 * By what the trades of a list are known. A name says what the trade is and nothing of what else
 * is in the file or in which order: files that overlap, and parts of one position in several,
 * then tell each trade once.
 */
import type { Side } from '#core/broker/book.ts';

export interface ListedTrade {
  /** Empty where the list has none. */
  readonly ticket: string;
  readonly symbol: string;
  readonly side: Side;
  readonly volumeLots: number;
  /** As the file writes them: read in another zone it is the same trade. */
  readonly openedMs: number;
  readonly closedMs: number;
  readonly openPrice: number;
  readonly closePrice: number;
  /** Its result and costs as the file writes them, but for signs that other lines decide. */
  readonly money: readonly number[];
  readonly cells: readonly string[];
}

export interface TradeName {
  readonly name: string;
  /** Parts of one position have its ticket. */
  readonly position: string;
}

/** Between what earlier versions called a trade and what tells it from others called so. */
const mark = '@';

export class TradeNames {
  /** By name the rows that have it. */
  private readonly known = new Map<string, string[]>();

  /** Null for a row that stands twice: with a ticket both are one trade, without they are two. */
  of(trade: ListedTrade): TradeName | null {
    const { ticket, openedMs, closedMs, volumeLots, openPrice, closePrice, money } = trade;
    const plain = `${openedMs}-${closedMs}-${trade.symbol}-${trade.side}-${volumeLots}`;
    const what = `${openPrice} ${closePrice} ${money.join(' ')}`;
    const name =
      ticket === ''
        ? `${plain}${mark}${what}`
        : `${ticket}${mark}${openedMs} ${closedMs} ${trade.side} ${volumeLots} ${what}`;
    const row = ticket === '' ? '' : JSON.stringify(trade.cells);
    const before = this.known.get(name);
    if (!before) this.known.set(name, [row]);
    else if (ticket !== '' && before.includes(row)) return null;
    else before.push(row);
    const own = before ? `${name}/${before.length}` : name;
    return { name: own, position: ticket === '' ? own : ticket };
  }
}

/** What earlier versions called the first of such trades in a file; null for what is no such name. */
export function earlierName(name: string): string | null {
  const at = name.lastIndexOf(mark);
  return at <= 0 ? null : name.slice(0, at);
}
