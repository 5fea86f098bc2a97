/** A round trip while its deals are being added up. */
import type { Side } from '../broker/book.ts';
import type { JournalDeal } from './journal-deal.ts';
import type { RoundTrip } from './round-trip.ts';

/** Lots as whole numbers, so that parts of a position add up to nothing left. */
const unitsPerLot = 1e8;
export const units = (lots: number): number => Math.round(lots * unitsPerLot);

/** Takes away what a sum of decimals leaves behind. */
const tidy = (money: number): number => Math.round(money * 1e8) / 1e8;

const opposite = { buy: 'sell', sell: 'buy' } as const;
const isClosing = ({ entry }: JournalDeal): boolean => entry === 'out' || entry === 'out-by';
const sideOf = ({ kind }: JournalDeal): Side => (kind === 'sell' ? 'sell' : 'buy');

interface Beginning {
  /** Which one of its position, from 1. */
  readonly ordinal: number;
  /** Of the keys of the account's deals. */
  readonly prefix: string;
  readonly place: number;
}

/** A round trip as far as its deals are taken: it goes on to change, see `told`. */
export class OpenTrip implements RoundTrip {
  readonly id: string;
  readonly account: string;
  readonly symbol: string;
  readonly side: Side;
  readonly openedMs: number;
  lastClosedMs: number | null = null;
  /** Volumes in units, see `units`. */
  opened = 0;
  closed = 0;
  /** Price × units. */
  paid = 0;
  got = 0;
  /** As the deals add up, with what a sum of decimals leaves behind. */
  grossSum = 0;
  commissionSum = 0;
  feeSum = 0;
  swapSum = 0;
  sl: number | null = null;
  tp: number | null = null;
  isWhole: boolean;
  /** Of the keys of its deals. */
  readonly prefix: string;
  readonly keys: string[] = [];

  /** Where it stands among all. */
  readonly place: number;

  /** Nothing of the deal is in it yet. */
  constructor(deal: JournalDeal, { ordinal, prefix, place }: Beginning) {
    const { account, position, symbol, atMs } = deal;
    const name = position === '' ? `#${deal.deal}` : position;
    const isKnown = !isClosing(deal);
    this.id = prefix + (ordinal > 1 && position !== '' ? `${name}#${ordinal}` : name);
    this.prefix = prefix;
    this.account = account;
    this.symbol = symbol;
    this.side = isKnown ? sideOf(deal) : opposite[sideOf(deal)];
    this.openedMs = atMs;
    this.isWhole = isKnown;
    this.place = place;
  }

  get closedMs(): number | null {
    return this.opened === 0 || isFlat(this) ? this.lastClosedMs : null;
  }
  get volumeLots(): number {
    return Math.max(this.opened, this.opened === 0 ? this.closed : 0) / unitsPerLot;
  }
  get openLots(): number {
    return Math.max(0, this.opened - this.closed) / unitsPerLot;
  }
  get entryPrice(): number | null {
    return this.opened === 0 ? null : this.paid / this.opened;
  }
  get exitPrice(): number | null {
    return this.closed === 0 ? null : this.got / this.closed;
  }
  get gross(): number {
    return tidy(this.grossSum);
  }
  get commission(): number {
    return tidy(this.commissionSum);
  }
  get fee(): number {
    return tidy(this.feeSum);
  }
  get swap(): number {
    return tidy(this.swapSum);
  }
  get net(): number {
    return tidy(this.gross + this.commission + this.fee + this.swap);
  }
  /** In no more room than they take: an array that grew keeps some for more. */
  get deals(): readonly string[] {
    return this.keys.slice();
  }
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
  trip.keys.push(trip.prefix + deal.deal);
  trip.sl ??= deal.sl;
  trip.tp ??= deal.tp;
  if (isOpening) {
    trip.opened += own;
    trip.paid += deal.price * own;
  } else {
    trip.closed += own;
    trip.got += deal.price * own;
    trip.lastClosedMs = deal.atMs;
  }
  return volume - own;
}

function book(trip: OpenTrip, deal: JournalDeal): void {
  trip.grossSum += deal.profit;
  trip.commissionSum += deal.commission;
  trip.feeSum += deal.fee;
  trip.swapSum += deal.swap;
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

/** As it stands, for good. */
export function told(trip: RoundTrip): RoundTrip {
  return {
    id: trip.id,
    account: trip.account,
    symbol: trip.symbol,
    side: trip.side,
    openedMs: trip.openedMs,
    closedMs: trip.closedMs,
    volumeLots: trip.volumeLots,
    openLots: trip.openLots,
    entryPrice: trip.entryPrice,
    exitPrice: trip.exitPrice,
    gross: trip.gross,
    commission: trip.commission,
    fee: trip.fee,
    swap: trip.swap,
    net: trip.net,
    sl: trip.sl,
    tp: trip.tp,
    isWhole: trip.isWhole,
    deals: trip.deals,
  };
}
