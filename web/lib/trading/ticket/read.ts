/**
 * The ticket that a form comes down to: levels as prices on the grid, the size in lots, all by one
 * and the same quote; or what is missing, in words, and of which field.
 */
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { OrderTicket } from '#core/broker/request.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { RiskFacts } from '#core/risk/exposure.ts';
import { snapPrice } from '#core/risk/grid.ts';
import { lotsForRisk } from '#core/risk/lot-size.ts';
import { entryPrice, type TicketDraft } from './draft.ts';
import { levelPrice, type LevelFrame, type LevelName } from './levels.ts';

export type TicketField =
  'symbol' | 'price' | 'limitPrice' | 'volume' | 'sl' | 'tp' | 'worst' | 'until' | 'deviation';

export interface FieldProblem {
  /** Null: of the order as a whole. */
  readonly field: TicketField | null;
  readonly text: string;
}

export interface ReadContext {
  readonly instrument: Instrument;
  readonly quote: Quote | null;
  /** Null while nothing is known of the account: then no size follows from a risk. */
  readonly facts: RiskFacts | null;
}

export interface ReadTicket {
  readonly ticket: OrderTicket;
  readonly entry: number;
}

/** What kept a size from being found, as the risk rules say it. */
export interface SizeFailure {
  readonly field: 'volume';
  readonly failure: Failure;
}

export type ReadProblem = FieldProblem | SizeFailure;

type Levels = Pick<OrderTicket, 'sl' | 'tp'>;
type Rest = Omit<OrderTicket, 'volumeLots' | 'sl' | 'tp'>;

export function readTicket(
  draft: TicketDraft,
  context: ReadContext,
): Result<ReadTicket, ReadProblem> {
  const { instrument, quote } = context;
  const rest = readRest(draft, instrument);
  if (!rest.ok) return rest;
  const entry = entryPrice(draft, quote);
  if (entry === null) return missing(null, `There is no price of ${draft.symbol} yet.`);
  const frame = (which: LevelName, volumeLots: number | null): LevelFrame => ({
    ...{ side: draft.side, which, entry, volumeLots, instrument },
  });
  const lots = draft.sizeBy === 'lots' ? draft.volumeLots : null;
  const sl = readLevel(draft, frame('sl', lots));
  if (!sl.ok) return sl;
  const size = readSize(draft, { ...rest.value, sl: sl.value, tp: null }, context);
  if (!size.ok) return size;
  const tp = readLevel(draft, frame('tp', size.value));
  if (!tp.ok) return tp;
  const levels: Levels = { sl: sl.value, tp: tp.value };
  return ok({ ticket: { ...rest.value, ...levels, volumeLots: size.value }, entry });
}

const missing = (field: TicketField | null, text: string): Result<never, FieldProblem> =>
  fail({ field, text });

function readRest(draft: TicketDraft, instrument: Instrument): Result<Rest, FieldProblem> {
  const { symbol, side, kind } = draft;
  const isMarket = kind === 'market';
  if (!isMarket && draft.price === null) return missing('price', 'Enter the price of the order.');
  if (kind === 'stop-limit' && draft.limitPrice === null) {
    return missing('limitPrice', 'Enter the limit price as well.');
  }
  const untilMs = draft.lastsUntil === '' ? null : Date.parse(`${draft.lastsUntil}Z`);
  if (!isMarket && Number.isNaN(untilMs)) {
    return missing('until', 'The end of the order is no time.');
  }
  const onGrid = (price: number | null) => (price === null ? null : snapPrice(price, instrument));
  return ok({
    ...{ symbol, side, kind },
    price: isMarket ? null : onGrid(draft.price),
    limitPrice: kind === 'stop-limit' ? onGrid(draft.limitPrice) : null,
    deviationPoints: Math.max(0, Math.round(draft.deviationPoints ?? 0)),
    worstPrice: isMarket ? onGrid(draft.worstPrice) : null,
    lastsUntilMs: isMarket ? null : untilMs,
  });
}

/** Nothing typed, or 0, is no level. */
function readLevel(draft: TicketDraft, frame: LevelFrame): Result<number | null, FieldProblem> {
  const { which } = frame;
  const value = draft[which];
  const unit = which === 'sl' ? draft.slBy : draft.tpBy;
  if (value === null || value === 0) return ok(null);
  if (unit === 'money' && which === 'sl' && draft.sizeBy !== 'lots') {
    return missing('sl', 'A size by risk follows from the stop: give it as price or points.');
  }
  const price = levelPrice(value, unit, frame);
  const name = which === 'sl' ? 'stop' : 'target';
  return price === null ? missing(which, `There is no such ${name}.`) : ok(price);
}

function readSize(
  draft: TicketDraft,
  ticket: Omit<OrderTicket, 'volumeLots'>,
  { instrument, quote, facts }: ReadContext,
): Result<number, ReadProblem> {
  if (draft.sizeBy === 'lots') {
    const { volumeLots } = draft;
    return volumeLots === null ? missing('volume', 'Enter how many lots.') : ok(volumeLots);
  }
  const risk = draft.sizeBy === 'percent' ? draft.riskPercent : draft.riskMoney;
  if (risk === null) return missing('volume', 'Enter how much may be lost at the stop.');
  if (ticket.sl === null) return missing('sl', 'A size by risk needs a stop.');
  if (!facts) return missing('volume', 'The account has not said what it holds yet.');
  const riskRatio = draft.sizeBy === 'percent' ? risk / 100 : risk / facts.broker.equity;
  const sized = lotsForRisk({ ...facts, instrument, quote, ticket, riskRatio });
  return sized.ok ? ok(sized.value.volumeLots) : fail({ field: 'volume', failure: sized.error });
}
