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
import { checkVolume } from '#core/risk/ticket-check.ts';
import { numberText } from '#lib/words/numbers.ts';
import { entryPrice, type TicketDraft, type TicketField } from './draft.ts';
import { levelPrice, type LevelFrame, type LevelName } from './levels.ts';
import { say } from '../../words/language.ts';

export interface FieldProblem {
  /** Null: of the order as a whole. */
  readonly field: TicketField | null;
  readonly text: string;
  /** It stands beside the field too: what is there can never be sent. */
  readonly isWrong?: true;
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
  for (const [field, name] of fieldNames) {
    const unread = draft.unread[field] ?? null;
    if (unread === null) continue;
    const label = field === 'volume' && draft.sizeBy !== 'lots' ? say`Risk` : name;
    return wrong(field, `${label}: ${unread}`);
  }
  const rest = readRest(draft, instrument);
  if (!rest.ok) return rest;
  const entry = entryPrice(draft, quote);
  if (entry === null) return missing(null, say`There is no price of ${draft.symbol} yet.`);
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
const wrong = (field: TicketField, text: string): Result<never, FieldProblem> =>
  fail({ field, text, isWrong: true });

/** As the form labels them, in the order in which they stand. */
const fieldNames: readonly (readonly [TicketField, string])[] = [
  ['price', say`Price`],
  ['limitPrice', say`Limit price`],
  ['volume', say`Volume`],
  ['sl', say`Stop`],
  ['tp', say`Target`],
  ['worst', say`Worst price`],
  ['deviation', say`Slippage`],
];
/** Beyond these no server takes a number. */
const mostPrice = 1e9;
const mostDeviationPoints = 100_000;

/** Why a price of the form can be none, in words; null where it can, or is not there. */
function priceProblem(name: string, price: number | null, { tickSize }: Instrument) {
  if (price === null) return null;
  if (!(price > tickSize / 2)) return say`The ${name} must be above 0.`;
  return price <= mostPrice ? null : say`The ${name} must be at most ${numberText(mostPrice)}.`;
}

function readRest(draft: TicketDraft, instrument: Instrument): Result<Rest, FieldProblem> {
  const { symbol, side, kind } = draft;
  const isMarket = kind === 'market';
  if (!isMarket && draft.price === null)
    return missing('price', say`Enter the price of the order.`);
  if (kind === 'stop-limit' && draft.limitPrice === null) {
    return missing('limitPrice', say`Enter the limit price as well.`);
  }
  const worst = isMarket ? draft.worstPrice : null;
  const prices = [
    ['price', 'price', isMarket ? null : draft.price],
    ['limitPrice', say`limit price`, kind === 'stop-limit' ? draft.limitPrice : null],
    ['worst', say`worst price`, worst],
  ] as const;
  for (const [field, name, price] of prices) {
    const problem = priceProblem(name, price, instrument);
    if (problem !== null) return wrong(field, problem);
  }
  const deviationPoints = isMarket ? Math.round(draft.deviationPoints ?? 0) : 0;
  if (!(deviationPoints >= 0 && deviationPoints <= mostDeviationPoints)) {
    return wrong('deviation', say`The slippage is 0 to ${numberText(mostDeviationPoints)} points.`);
  }
  const untilMs = draft.lastsUntil === '' ? null : Date.parse(`${draft.lastsUntil}Z`);
  if (!isMarket && Number.isNaN(untilMs)) {
    return missing('until', say`The end of the order is no time.`);
  }
  const onGrid = (price: number | null) => (price === null ? null : snapPrice(price, instrument));
  return ok({
    ...{ symbol, side, kind },
    price: isMarket ? null : onGrid(draft.price),
    limitPrice: kind === 'stop-limit' ? onGrid(draft.limitPrice) : null,
    deviationPoints,
    worstPrice: onGrid(worst),
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
    return missing('sl', say`A size by risk follows from the stop: give it as price or points.`);
  }
  const price = levelPrice(value, unit, frame);
  const name = which === 'sl' ? say`stop` : say`target`;
  if (price === null) return wrong(which, say`There is no such ${name}.`);
  const problem = priceProblem(name, price, frame.instrument);
  return problem === null ? ok(price) : wrong(which, problem);
}

function readSize(
  draft: TicketDraft,
  ticket: Omit<OrderTicket, 'volumeLots'>,
  { instrument, quote, facts }: ReadContext,
): Result<number, ReadProblem> {
  if (draft.sizeBy === 'lots') {
    const { volumeLots } = draft;
    if (volumeLots === null) return missing('volume', say`Enter how many lots.`);
    const failure = checkVolume(instrument, volumeLots);
    return failure ? fail({ field: 'volume', failure }) : ok(volumeLots);
  }
  const risk = draft.sizeBy === 'percent' ? draft.riskPercent : draft.riskMoney;
  if (risk === null) return missing('volume', say`Enter how much may be lost at the stop.`);
  if (!(risk > 0)) return wrong('volume', say`The risk must be above 0.`);
  if (draft.sizeBy === 'percent' && risk > 100) {
    return wrong('volume', say`The risk must be at most 100 % of equity.`);
  }
  if (ticket.sl === null) return missing('sl', say`A size by risk needs a stop.`);
  if (!facts) return missing('volume', say`The account has not said what it holds yet.`);
  const riskRatio = draft.sizeBy === 'percent' ? risk / 100 : risk / facts.broker.equity;
  const sized = lotsForRisk({ ...facts, instrument, quote, ticket, riskRatio });
  return sized.ok ? ok(sized.value.volumeLots) : fail({ field: 'volume', failure: sized.error });
}
