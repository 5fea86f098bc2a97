/** Which field of the form a refusal is about, and what would be refused as things stand. */
import type { BookView } from '#core/broker/views.ts';
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { OrderTicket } from '#core/broker/request.ts';
import type { ErrorCode, Failure } from '#core/errors.ts';
import type { RiskFacts } from '#core/risk/exposure.ts';
import { checkOpening } from '#core/risk/pre-trade-check.ts';
import { checkTicket } from '#core/risk/ticket-check.ts';
import type { TicketField } from './draft.ts';

const fields: Partial<Record<ErrorCode, TicketField>> = {
  'trade.symbol-closed': 'symbol',
  'trade.symbol-unknown': 'symbol',
  'trade.symbol-unpriced': 'symbol',
  'trade.volume-invalid': 'volume',
  'trade.volume-below-min': 'volume',
  'trade.volume-above-max': 'volume',
  'trade.volume-off-grid': 'volume',
  'trade.price-moved': 'worst',
  'trade.time-past': 'until',
  'trade.stop-side': 'sl',
  'trade.target-side': 'tp',
  'risk.stop-missing': 'sl',
  'risk.reward': 'tp',
  'risk.trade': 'volume',
  'risk.position': 'volume',
  'risk.exposure': 'volume',
  'risk.margin': 'volume',
};
/** As the rules name the number that they do not like. */
const named: Readonly<Record<string, TicketField>> = {
  price: 'price',
  'limit price': 'limitPrice',
  stop: 'sl',
  target: 'tp',
  'worst price': 'worst',
  deviation: 'deviation',
  risk: 'volume',
  // As the server names a field of what was sent.
  limitPrice: 'limitPrice',
  sl: 'sl',
  tp: 'tp',
  worstPrice: 'worst',
  deviationPoints: 'deviation',
  lastsUntilMs: 'until',
  volumeLots: 'volume',
  riskRatio: 'volume',
  symbol: 'symbol',
};

/** Null where it is about the account, or the order as a whole. */
export function fieldOf({ code, figures }: Pick<Failure, 'code' | 'figures'>): TicketField | null {
  const field = figures?.['field'];
  if (typeof field === 'string' && field in named) return named[field] ?? null;
  return fields[code] ?? null;
}

/** What the rules of risk go by, as far as a device knows it. */
export function factsOf(
  { account, positions, orders, openIntents }: BookView,
  instruments: ReadonlyMap<string, Instrument>,
): RiskFacts | null {
  const { broker, limits } = account;
  if (!broker) return null;
  // Numbers that only the connector needs are not told: an order that is on its way may count
  // twice for a moment, which errs on the safe side.
  const intents = openIntents.map((each) => ({ ...each, magic: '', earlierMagics: [] }));
  return { limits, broker, peakEquity: 0, instruments, positions, orders, intents };
}

export interface LiveCheck {
  readonly ticket: OrderTicket;
  readonly instrument: Instrument;
  readonly quote: Quote | null;
  readonly facts: RiskFacts | null;
  readonly nowMs: number;
}

/** What the server would say as things stand; it alone decides. Null: nothing is known against it. */
export function wouldRefuse({ facts, ...check }: LiveCheck): Failure | null {
  const checked = checkTicket(check);
  if (!checked.ok) return checked.error;
  if (!facts) return null;
  const { ticket, instrument, quote } = check;
  const opening = checkOpening({ ...facts, instrument, quote, ticket });
  return opening.ok ? null : opening.error;
}
