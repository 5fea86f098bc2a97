/** A round trip while its deals are being added up. */
import type { Side } from '../broker/book.ts';
import { keyPrefix, type JournalDeal } from './journal-deal.ts';
import type { RoundTrip } from './round-trip.ts';

export interface OpenTrip {
  readonly id: string;
  /** Of the keys of its deals. */
  readonly prefix: string;
  readonly account: string;
  readonly symbol: string;
  readonly side: Side;
  readonly openedMs: number;
  closedMs: number | null;
  /** Volumes in units, see `units`. */
  opened: number;
  closed: number;
  /** Price × units. */
  paid: number;
  got: number;
  gross: number;
  commission: number;
  fee: number;
  swap: number;
  sl: number | null;
  tp: number | null;
  isWhole: boolean;
  readonly deals: string[];
}

/** Lots as whole numbers, so that parts of a position add up to nothing left. */
const unitsPerLot = 1e8;
export const units = (lots: number): number => Math.round(lots * unitsPerLot);

/** Takes away what a sum of decimals leaves behind. */
const tidy = (money: number): number => Math.round(money * 1e8) / 1e8;

const opposite = { buy: 'sell', sell: 'buy' } as const;
const isClosing = ({ entry }: JournalDeal): boolean => entry === 'out' || entry === 'out-by';
const sideOf = ({ kind }: JournalDeal): Side => (kind === 'sell' ? 'sell' : 'buy');

/** Nothing of the deal is in it yet. `prefix` of its account, so that many keys share one text. */
export function begin(
  deal: JournalDeal,
  ordinal: number,
  prefix = keyPrefix(deal.account),
): OpenTrip {
  const { account, position, symbol, atMs } = deal;
  const name = position === '' ? `#${deal.deal}` : position;
  const isKnown = !isClosing(deal);
  return {
    id: prefix + (ordinal > 1 && position !== '' ? `${name}#${ordinal}` : name),
    prefix,
    account,
    symbol,
    side: isKnown ? sideOf(deal) : opposite[sideOf(deal)],
    openedMs: atMs,
    closedMs: null,
    opened: 0,
    closed: 0,
    paid: 0,
    got: 0,
    gross: 0,
    commission: 0,
    fee: 0,
    swap: 0,
    sl: null,
    tp: null,
    isWhole: isKnown,
    deals: [],
  };
}

/** Adds what of the deal belongs to it; answers the units that are more than was open. */
export function take(trip: OpenTrip, deal: JournalDeal): number {
  const volume = units(deal.volumeLots);
  const isOpening = sideOf(deal) === trip.side && !isClosing(deal);
  const isOrphan = trip.opened === 0 && !isOpening;
  const open = trip.opened - trip.closed;
  // Only what says that it turned, or says nothing, goes on beyond flat.
  const mayTurn = !isClosing(deal) && !isOrphan;
  const own = isOpening || !mayTurn ? volume : Math.min(volume, open);
  if (!isOpening && own > open) trip.isWhole = false;
  book(trip, own === volume ? deal : withoutRest(deal, volume - own, volume));
  trip.deals.push(trip.prefix + deal.deal);
  trip.sl ??= deal.sl;
  trip.tp ??= deal.tp;
  if (isOpening) {
    trip.opened += own;
    trip.paid += deal.price * own;
  } else {
    trip.closed += own;
    trip.got += deal.price * own;
    trip.closedMs = deal.atMs;
  }
  return volume - own;
}

function book(trip: OpenTrip, deal: JournalDeal): void {
  trip.gross += deal.profit;
  trip.commission += deal.commission;
  trip.fee += deal.fee;
  trip.swap += deal.swap;
}

/** All that is known to have been opened is closed. */
export const isFlat = ({ opened, closed }: OpenTrip): boolean => opened > 0 && closed >= opened;

/** Of a position whose opening is not known only closings are. */
export const belongs = ({ opened, closed }: OpenTrip, deal: JournalDeal): boolean =>
  opened > 0 || closed === 0 || isClosing(deal);

/**
 * The part of a deal that opens anew: its share of the costs. Profit and swap are of what it closed.
 */
export function share(deal: JournalDeal, part: number, whole: number): JournalDeal {
  return {
    ...deal,
    entry: 'in',
    volumeLots: part / unitsPerLot,
    commission: tidy((deal.commission * part) / whole),
    fee: tidy((deal.fee * part) / whole),
    profit: 0,
    swap: 0,
  };
}

function withoutRest(deal: JournalDeal, rest: number, whole: number): JournalDeal {
  const { commission, fee } = share(deal, rest, whole);
  return { ...deal, commission: deal.commission - commission, fee: deal.fee - fee };
}

export function told(trip: OpenTrip): RoundTrip {
  const { opened, closed } = trip;
  const [gross, commission] = [tidy(trip.gross), tidy(trip.commission)];
  const [fee, swap] = [tidy(trip.fee), tidy(trip.swap)];
  return {
    id: trip.id,
    account: trip.account,
    symbol: trip.symbol,
    side: trip.side,
    openedMs: trip.openedMs,
    closedMs: opened === 0 || isFlat(trip) ? trip.closedMs : null,
    volumeLots: Math.max(opened, opened === 0 ? closed : 0) / unitsPerLot,
    openLots: Math.max(0, opened - closed) / unitsPerLot,
    entryPrice: opened === 0 ? null : trip.paid / opened,
    exitPrice: closed === 0 ? null : trip.got / closed,
    gross,
    commission,
    fee,
    swap,
    net: tidy(gross + commission + fee + swap),
    sl: trip.sl,
    tp: trip.tp,
    isWhole: trip.isWhole,
    // In no more room than they take: an array that grew keeps some for more.
    deals: trip.deals.slice(),
  };
}
