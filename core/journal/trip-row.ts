/**
 * Round trips as rows of one table of figures: a hundred thousand of them as objects with fields of
 * their own took longer to make, and to keep, than all else that the journal does when it opens.
 */
import type { Side } from '../broker/book.ts';
import { copyOf, keyPrefix, type JournalDeal } from './journal-deal.ts';
import { share, tidy, units, unitsPerLot } from './decimal-sums.ts';
import type { RoundTrip } from './round-trip.ts';
import type { Ticket } from './ticket.ts';

const opposite = { buy: 'sell', sell: 'buy' } as const;
const isClosing = ({ entry }: JournalDeal): boolean => entry === 'out' || entry === 'out-by';
const sideOf = ({ kind }: JournalDeal): Side => (kind === 'sell' ? 'sell' : 'buy');

/** Figures of a row, by their places in it; NaN for what is not there. Volumes are in units. */
const [openedMs, lastClosedMs, opened, closed, paid, got] = [0, 1, 2, 3, 4, 5];
const [gross, commission, fee, swap, net, sl, tp] = [6, 7, 8, 9, 10, 11, 12];
const figuresOfRow = 13;

const orNull = (figure: number): number | null => (Number.isNaN(figure) ? null : figure);

/** Of the round trips that are made of some deals. */
export class TripTable {
  readonly figures: Float64Array;
  /** In order of time. */
  readonly deals: Ticket[] = [];
  /** After each deal of a round trip the place of its next. */
  readonly nextDeal: Int32Array;
  rows = 0;

  /** Each deal begins one round trip at most. */
  constructor(mostDeals: number) {
    this.figures = new Float64Array(mostDeals * figuresOfRow);
    this.nextDeal = new Int32Array(mostDeals);
  }
}

/** What the round trips of a symbol of an account share. */
export interface TripScope {
  readonly account: string;
  readonly symbol: string;
  /** Of the keys of the account's deals: many share one text. */
  readonly prefix: string;
}

export const tripScope = ({
  account,
  symbol,
}: Pick<JournalDeal, 'account' | 'symbol'>): TripScope => ({
  ...{ account, symbol },
  prefix: keyPrefix(account),
});

export interface TripBeginning {
  readonly table: TripTable;
  readonly scope: TripScope;
  /** Empty where the source names none. */
  readonly position: Ticket;
  /** Which one of its position, from 1. */
  readonly ordinal: number;
}

/**
 * A round trip as far as its deals are taken. Its facts are read off the table: spread, sent or
 * written as JSON it has none of them, see `told`.
 */
export class TripRow implements RoundTrip {
  private readonly table: TripTable;
  private readonly scope: TripScope;
  /** Where its figures begin. */
  private readonly at: number;
  private readonly position: Ticket;
  private readonly ordinal: number;
  readonly side: Side;
  isWhole: boolean;
  private firstDeal = -1;
  private lastDeal = -1;
  private dealCount = 0;

  /** Nothing of the deal is in it yet. */
  constructor(deal: JournalDeal, { table, scope, position, ordinal }: TripBeginning) {
    const isKnown = !isClosing(deal);
    this.table = table;
    this.scope = scope;
    this.at = table.rows++ * figuresOfRow;
    this.position = position;
    this.ordinal = ordinal;
    this.side = isKnown ? sideOf(deal) : opposite[sideOf(deal)];
    this.isWhole = isKnown;
    const { figures } = table;
    figures[this.at + openedMs] = deal.atMs;
    for (const place of [lastClosedMs, sl, tp]) figures[this.at + place] = NaN;
  }

  get id(): string {
    const { position, ordinal, table, scope } = this;
    const name = position === '' ? `#${table.deals[this.firstDeal]!}` : position;
    return scope.prefix + (ordinal > 1 ? `${name}#${ordinal}` : name);
  }
  get account(): string {
    return this.scope.account;
  }
  get symbol(): string {
    return this.scope.symbol;
  }
  get openedMs(): number {
    return this.figure(openedMs);
  }
  get closedMs(): number | null {
    return this.isOpen ? null : orNull(this.figure(lastClosedMs));
  }
  get volumeLots(): number {
    return (this.figure(opened) || this.figure(closed)) / unitsPerLot;
  }
  get openLots(): number {
    return Math.max(0, this.figure(opened) - this.figure(closed)) / unitsPerLot;
  }
  get entryPrice(): number | null {
    // Nothing ÷ nothing is NaN.
    return orNull(this.figure(paid) / this.figure(opened));
  }
  get exitPrice(): number | null {
    return orNull(this.figure(got) / this.figure(closed));
  }
  get gross(): number {
    return this.figure(gross);
  }
  get commission(): number {
    return this.figure(commission);
  }
  get fee(): number {
    return this.figure(fee);
  }
  get swap(): number {
    return this.figure(swap);
  }
  get net(): number {
    return this.figure(net);
  }
  get sl(): number | null {
    return orNull(this.figure(sl));
  }
  get tp(): number | null {
    return orNull(this.figure(tp));
  }
  get deals(): readonly string[] {
    const { deals, nextDeal } = this.table;
    const keys: string[] = [];
    for (let deal = this.firstDeal; keys.length < this.dealCount; deal = nextDeal[deal]!) {
      keys.push(this.scope.prefix + deals[deal]!);
    }
    return keys;
  }

  private figure(place: number): number {
    return this.table.figures[this.at + place]!;
  }

  /** Of what is known to have been opened some is not closed. */
  private get isOpen(): boolean {
    return this.figure(closed) < this.figure(opened);
  }
  /** All that is known to have been opened is closed. */
  get isFlat(): boolean {
    return this.figure(opened) > 0 && !this.isOpen;
  }

  /** Of a position whose opening is not known only closings are. */
  mayTake(deal: JournalDeal): boolean {
    return this.figure(opened) > 0 || this.figure(closed) === 0 || isClosing(deal);
  }

  /** Adds what of the deal belongs to it, the newest of the table; answers the units that are more than was open. */
  take(deal: JournalDeal): number {
    const volume = units(deal.volumeLots);
    const isOpening = sideOf(deal) === this.side && !isClosing(deal);
    const isOrphan = this.figure(opened) === 0 && !isOpening;
    const open = this.figure(opened) - this.figure(closed);
    // Only what says that it turned, or says nothing, goes on beyond flat.
    const mayTurn = !isClosing(deal) && !isOrphan;
    const own = isOpening || !mayTurn ? volume : Math.min(volume, open);
    if (!isOpening && own > open) this.isWhole = false;
    this.book(own === volume ? deal : withoutRest(deal, volume - own, volume));
    this.link(this.table.deals.length - 1);
    const { figures } = this.table;
    figures[this.at + (isOpening ? opened : closed)]! += own;
    figures[this.at + (isOpening ? paid : got)]! += deal.price * own;
    if (!isOpening) figures[this.at + lastClosedMs] = deal.atMs;
    return volume - own;
  }

  private book(deal: JournalDeal): void {
    const { figures } = this.table;
    figures[this.at + gross]! += deal.profit;
    figures[this.at + commission]! += deal.commission;
    figures[this.at + fee]! += deal.fee;
    figures[this.at + swap]! += deal.swap;
    if (deal.sl !== null && this.sl === null) figures[this.at + sl] = deal.sl;
    if (deal.tp !== null && this.tp === null) figures[this.at + tp] = deal.tp;
  }

  /** Once all deals are taken: no more of them may come. */
  settle(): void {
    const { figures } = this.table;
    let sum = 0;
    for (const place of [gross, commission, fee, swap]) {
      sum += figures[this.at + place] = tidy(this.figure(place));
    }
    figures[this.at + net] = tidy(sum);
  }

  /** One that turned a position is the last of one round trip and the first of another. */
  private link(deal: number): void {
    if (this.dealCount === 0) this.firstDeal = deal;
    else this.table.nextDeal[this.lastDeal] = deal;
    this.lastDeal = deal;
    this.dealCount++;
  }
}

function withoutRest(deal: JournalDeal, rest: number, whole: number): JournalDeal {
  const { commission, fee } = share(deal, rest, whole);
  const own = { commission: deal.commission - commission, fee: deal.fee - fee };
  return { ...copyOf(deal), ...own };
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
