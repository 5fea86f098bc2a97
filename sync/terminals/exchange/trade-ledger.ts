/**
 * Executions of an exchange as deals and positions.
 *
 * The exchange has one nameless position a symbol; here each time from flat to flat is a position
 * of its own, named by the order that opened it, as MetaTrader does, so that nothing of an older one
 * is counted to it. What was held when the account was connected is named by that moment.
 */
import type { Deal, DealEntry } from '#core/broker/book.ts';
import type { DealCursor } from '#core/broker/messages.ts';
import { z } from 'zod';
import type { Execution, ShownOrder } from './bybit-shapes.ts';
import { magicOfLink } from './bybit-views.ts';

const heldPosition = z.object({
  id: z.string(),
  /** More than 0 for one that was bought. */
  signedLots: z.number(),
  averagePrice: z.number(),
  openedMs: z.number(),
  magic: z.string(),
});
export type HeldPosition = Readonly<z.infer<typeof heldPosition>>;

const isDeal = (value: unknown) =>
  typeof value === 'object' && value !== null && 'deal' in value && 'serverMs' in value;

/** What is kept; deals are our own and come back as they were written. */
export const ledgerShape = z.object({
  version: z.literal(1),
  /** Executions before are not ours to tell. */
  sinceMs: z.number(),
  /** The latest execution that was read. */
  cursorMs: z.number(),
  /** What was held from before is in `held`. */
  isAnchored: z.boolean(),
  held: z.record(z.string(), heldPosition),
  deals: z.array(z.custom<Deal>(isDeal)),
});
export type Ledger = Readonly<z.infer<typeof ledgerShape>>;

/** The server has asked for those long before so many newer ones came. */
const mostDeals = 2_000;

/** The position that an order's fills are of; where they are not read yet, as it will be. */
export function positionOfOrder(
  { deals, held }: Ledger,
  { orderId, symbol, cumExecQty }: Pick<ShownOrder, 'orderId' | 'symbol' | 'cumExecQty'>,
): string | null {
  const deal = deals.findLast(({ order }) => order === orderId);
  if (deal) return deal.position;
  return cumExecQty > 0 ? (held[symbol]?.id ?? orderId) : null;
}

export function newLedger(sinceMs: number): Ledger {
  return { version: 1, sinceMs, cursorMs: sinceMs, isAnchored: false, held: {}, deals: [] };
}

/** Takes what is new of these, listed latest first, in the order in which it happened. */
export function withExecutions(ledger: Ledger, executions: readonly Execution[]): Ledger {
  const known = new Set(ledger.deals.map(({ deal }) => deal));
  const fresh = new Map(
    executions
      .filter(({ execId, execTime }) => !known.has(execId) && execTime > ledger.sinceMs)
      .map((each) => [each.execId, each]),
  );
  return [...fresh.values()].reverse().sort(byTime).reduce(withOne, ledger);
}

/** Within a millisecond the exchange's count of a symbol tells, or else how they were listed. */
function byTime(a: Execution, b: Execution): number {
  if (a.execTime !== b.execTime) return a.execTime - b.execTime;
  return a.symbol === b.symbol ? (a.seq ?? 0) - (b.seq ?? 0) : 0;
}

function withOne(ledger: Ledger, execution: Execution): Ledger {
  const { symbol, execTime } = execution;
  const before = ledger.held[symbol] ?? null;
  const { deal, after } = isTrade(execution)
    ? traded(execution, before)
    : { deal: charged(execution, before), after: before };
  const { [symbol]: _, ...others } = ledger.held;
  return {
    ...ledger,
    cursorMs: Math.max(ledger.cursorMs, execTime),
    held: after ? { ...others, [symbol]: after } : others,
    deals: [...ledger.deals, deal].slice(-mostDeals),
  };
}

const isTrade = ({ execType }: Execution): boolean =>
  ['Trade', 'AdlTrade', 'BustTrade', 'Delivery', 'Settle', 'BlockTrade'].includes(execType);

/** Sums of decimals leave dust, which no step of volume is as small as. */
const tidy = (lots: number): number => Math.round(lots * 1e8) / 1e8 + 0;

function traded(
  execution: Execution,
  before: HeldPosition | null,
): { readonly deal: Deal; readonly after: HeldPosition | null } {
  const { side, execQty, execPrice, execTime, orderId } = execution;
  const signed = side === 'buy' ? execQty : -execQty;
  const magic = magicOfLink(execution.orderLinkId);
  const fresh = { averagePrice: execPrice, openedMs: execTime, magic };
  if (!before) {
    const after = { id: orderId, signedLots: signed, ...fresh };
    return { deal: dealOf(execution, after.id, 'in', 0), after };
  }
  const held = before.signedLots;
  const left = tidy(held + signed);
  if (Math.sign(held) === Math.sign(signed)) {
    const averagePrice = (before.averagePrice * held + execPrice * signed) / left;
    const after = { ...before, signedLots: left, averagePrice };
    return { deal: dealOf(execution, before.id, 'in', 0), after };
  }
  const closedLots = Math.min(Math.abs(held), execQty);
  const profit = closedLots * (execPrice - before.averagePrice) * Math.sign(held);
  const isTurned = left !== 0 && Math.sign(left) !== Math.sign(held);
  const deal = dealOf(execution, before.id, isTurned ? 'inout' : 'out', profit);
  if (left === 0) return { deal, after: null };
  // Turned in one stroke it keeps its name, as netting positions do.
  return { deal, after: { ...before, ...(isTurned && fresh), signedLots: left } };
}

function dealOf(execution: Execution, position: string, entry: DealEntry, profit: number): Deal {
  return {
    ...of(execution),
    position,
    kind: execution.side,
    entry,
    volumeLots: execution.execQty,
    price: execution.execPrice,
    commission: -execution.execFee + 0,
    swap: 0,
    profit: Math.round(profit * 1e8) / 1e8 + 0,
    reason: reasonOf(execution),
  };
}

/** Funding, and whatever else is paid without a trade. */
function charged(execution: Execution, held: HeldPosition | null): Deal {
  return {
    ...of(execution),
    position: held?.id ?? '',
    kind: 'charge',
    entry: null,
    volumeLots: 0,
    price: 0,
    commission: 0,
    swap: -execution.execFee + 0,
    profit: 0,
    reason: 'other',
  };
}

function of({ execId, orderId, symbol, execTime, orderLinkId }: Execution) {
  const magic = magicOfLink(orderLinkId);
  return { deal: execId, order: orderId, symbol, magic, comment: '', serverMs: execTime };
}

function reasonOf({ stopOrderType = '', execType, orderLinkId }: Execution): Deal['reason'] {
  if (execType !== 'Trade') return 'stop-out';
  if (/StopLoss|TrailingStop/.test(stopOrderType)) return 'sl';
  if (stopOrderType.includes('TakeProfit')) return 'tp';
  return magicOfLink(orderLinkId) === '0' ? 'client' : 'program';
}

/** What the exchange shows without any execution that would explain it: held from `nowMs` on. */
export function withShown(
  ledger: Ledger,
  symbol: string,
  shown: { readonly signedLots: number; readonly averagePrice: number; readonly nowMs: number },
): Ledger {
  const { signedLots, averagePrice, nowMs } = shown;
  const { [symbol]: _, ...others } = ledger.held;
  if (signedLots === 0) return { ...ledger, held: others };
  const id = `${symbol}.${nowMs}`;
  const held = { id, signedLots, averagePrice, openedMs: nowMs, magic: '0' };
  return { ...ledger, held: { ...others, [symbol]: held } };
}

/** By time, then by ticket as the server orders them: the shorter one first. */
export function dealsAfter(
  { deals }: Ledger,
  after: DealCursor,
  limit: number,
): { readonly deals: readonly Deal[]; readonly hasMore: boolean } {
  const sorted = deals.filter((deal) => compare(deal, after) > 0).sort((a, b) => compare(a, b));
  return { deals: sorted.slice(0, limit), hasMore: sorted.length > limit };
}

function compare(a: DealCursor, b: DealCursor): number {
  if (a.serverMs !== b.serverMs) return a.serverMs - b.serverMs;
  if (a.deal.length !== b.deal.length) return a.deal.length - b.deal.length;
  return a.deal < b.deal ? -1 : Number(a.deal > b.deal);
}
