/** What stands in the order form, as it is typed, and what is remembered of it. */
import type { OrderKind, Side } from '#core/broker/book.ts';
import type { Quote } from '#core/broker/instrument.ts';
import type { OrderTicket } from '#core/broker/request.ts';
import { priceText } from '#lib/words/numbers.ts';
import { levelUnits, type LevelUnit } from './levels.ts';
import { say } from '../../words/language.ts';

export const sizeUnits = ['lots', 'percent', 'money'] as const;
/** By lots, or by what may be lost at the stop: a part of equity, or money. */
export type SizeUnit = (typeof sizeUnits)[number];

export type TicketField =
  'symbol' | 'price' | 'limitPrice' | 'volume' | 'sl' | 'tp' | 'worst' | 'until' | 'deviation';

export interface TicketDraft {
  symbol: string;
  side: Side;
  kind: OrderKind;
  sizeBy: SizeUnit;
  volumeLots: number | null;
  riskPercent: number | null;
  riskMoney: number | null;
  price: number | null;
  limitPrice: number | null;
  /** What the figures of stop and target are. */
  slBy: LevelUnit;
  tpBy: LevelUnit;
  sl: number | null;
  tp: number | null;
  worstPrice: number | null;
  deviationPoints: number | null;
  /** As a field for date and time holds it, in UTC; '' = until canceled. */
  lastsUntil: string;
  /** What is wrong with a field's text that is no number, else null. Nothing is sent meanwhile. */
  unread: Partial<Record<TicketField, string | null>>;
}

/** The units that a trader likes, which stay from one order to the next. */
export type TicketHabits = Pick<TicketDraft, 'sizeBy' | 'slBy' | 'tpBy' | 'riskPercent'>;

export const usualHabits: TicketHabits = {
  sizeBy: 'lots',
  slBy: 'price',
  tpBy: 'price',
  riskPercent: 1,
};

export function newDraft(
  symbol: string,
  volumeLots: number,
  habits: TicketHabits = usualHabits,
): TicketDraft {
  return {
    symbol,
    side: 'buy',
    kind: 'market',
    volumeLots,
    riskMoney: null,
    price: null,
    limitPrice: null,
    sl: null,
    tp: null,
    worstPrice: null,
    deviationPoints: 20,
    lastsUntil: '',
    unread: {},
    ...habits,
  };
}

/** Keeps what a field says of its text; null = it can be read. */
export function noteUnread(draft: TicketDraft, field: TicketField, words: string | null): void {
  draft.unread[field] = words;
}

export const habitsOf = ({ sizeBy, slBy, tpBy, riskPercent }: TicketDraft): TicketHabits => ({
  ...{ sizeBy, slBy, tpBy, riskPercent },
});

/** What was kept, as far as it is whole. */
export function readHabits(kept: unknown): TicketHabits {
  const said: Partial<Record<keyof TicketHabits, unknown>> =
    typeof kept === 'object' && kept !== null ? kept : {};
  const one = <T extends string>(all: readonly T[], value: unknown, usual: T): T =>
    all.find((each) => each === value) ?? usual;
  const percent = said.riskPercent;
  const isPercent = typeof percent === 'number' && percent > 0 && percent <= 100;
  return {
    sizeBy: one(sizeUnits, said.sizeBy, usualHabits.sizeBy),
    slBy: one(levelUnits, said.slBy, usualHabits.slBy),
    tpBy: one(levelUnits, said.tpBy, usualHabits.tpBy),
    riskPercent: isPercent ? percent : usualHabits.riskPercent,
  };
}

/** Where the order would be filled as things stand; null while that is not known. */
export function entryPrice(
  draft: Pick<TicketDraft, 'side' | 'kind' | 'price' | 'limitPrice'>,
  quote: Quote | null,
): number | null {
  if (draft.kind === 'stop-limit') return draft.limitPrice ?? draft.price;
  if (draft.kind !== 'market') return draft.price;
  return quote && (draft.side === 'buy' ? quote.ask : quote.bid);
}

/** `Buy 0.10 EURUSD at 1.08353`. */
export function ticketWords(
  { side, kind, symbol, price }: Omit<OrderTicket, 'volumeLots'>,
  size: string,
  digits: number,
): string {
  const act = side === 'buy' ? say`Buy` : say`Sell`;
  const what = [act, size, symbol, kind === 'market' ? '' : kind.replace('-', ' ')];
  const at = price === null ? '' : say` at ${priceText(price, digits)}`;
  return what.filter((word) => word !== '').join(' ') + at;
}
