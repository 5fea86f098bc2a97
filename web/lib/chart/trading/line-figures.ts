/** What a line of a trade says: its name, and what price reaching it would make or lose. */
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import { pipSize } from '#core/risk/grid.ts';
import { moneyOfMove, wayFor } from '#core/risk/move.ts';
import { kindWords, lotsText, sideWords } from '#lib/words/orders.ts';
import type { TradeLine } from './trade-line.ts';
import { say } from '../../words/language.ts';

export interface LineFigures {
  /** Account money, negative where it is lost; null where no volume is known. */
  readonly money: number | null;
  /** In the trade's favour. */
  readonly pips: number;
  /** Of equity, as the money; null while none is known. */
  readonly equityRatio: number | null;
}

/** What the trade of a line has made once price stands at `price`. */
export function figuresAt(
  { side, from, volumeLots }: Pick<TradeLine, 'side' | 'from' | 'volumeLots'>,
  price: number,
  { instrument, equity }: { readonly instrument: Instrument; readonly equity: number | null },
): LineFigures {
  const way = wayFor(side, from, price);
  const money = volumeLots === null ? null : moneyOfMove(way, volumeLots, instrument);
  return {
    money,
    pips: way / pipSize(instrument),
    equityRatio: money === null || !equity ? null : money / equity,
  };
}

/** Points between a working order and the price that fills it. */
export function pointsAway(
  { side }: Pick<TradeLine, 'side'>,
  price: number,
  { instrument, quote }: { readonly instrument: Instrument; readonly quote: Quote },
): number {
  return Math.round(
    Math.abs(price - (side === 'buy' ? quote.ask : quote.bid)) / instrument.pointSize,
  );
}

const partWords = {
  sl: say`Stop`,
  tp: say`Target`,
  limit: say`Limit`,
  trail: say`Trail begins`,
} as const;

/** `Buy 0.05`, `Sell limit 0.10`, `Stop`. */
export function lineName({ part, side, kind, volumeLots, isTrailing }: TradeLine): string {
  if (part === 'sl' && isTrailing) return say`Trailing stop`;
  if (part !== 'open' && part !== 'entry') return partWords[part];
  const what = part === 'open' || kind === 'market' ? '' : ` ${kindWords[kind].toLowerCase()}`;
  return `${sideWords[side]}${what}${volumeLots === null ? '' : ` ${lotsText(volumeLots)}`}`;
}

/** With the lots where several are told apart by them: `Stop 0.05`. */
export function tagName(line: TradeLine): string {
  const { part, volumeLots } = line;
  const isLevel = part === 'sl' || part === 'tp';
  return isLevel && volumeLots !== null
    ? `${lineName(line)} ${lotsText(volumeLots)}`
    : lineName(line);
}

/** `Stop of buy 0.05`, for who does not see what the line belongs to. */
export function longLineName(line: TradeLine): string {
  const { part, owner } = line;
  const whose =
    owner === 'draft' ? say`the order form` : lineName({ ...line, part: wholeOf(line) });
  if (part !== 'open' && part !== 'entry') return say`${lineName(line)} of ${lowered(whose)}`;
  return owner === 'draft' ? say`Order form: ${lowered(lineName(line))}` : whose;
}

const wholeOf = ({ owner }: TradeLine) => (owner.startsWith('position') ? 'open' : 'entry');
const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
