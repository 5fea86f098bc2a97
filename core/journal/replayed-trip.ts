/** What a round trip stands at while its bars are gone through once more, by its deals so far. */
import { direction, isClosed } from './excursion.ts';
import type { RoundTrip } from './round-trip.ts';
import { moneyPerPrice, planOf, riskWay, type PlannedTrip } from './trip-figures.ts';

export interface DealtPart {
  readonly atMs: number;
  readonly isOpening: boolean;
  readonly volumeLots: number;
  readonly price: number;
  /** Of a closing, in money before costs. */
  readonly profit: number;
}

export interface StandingTrip {
  readonly phase: 'before' | 'open' | 'closed';
  readonly openLots: number;
  /** What is open, with what was closed so far, before costs; null where its worth is not known. */
  readonly money: number | null;
  /** The same in units of what the planned, else the first stop would have lost. */
  readonly r: number | null;
  /** Way of the open part from its mean entry, > 0 where it earns; null while nothing is open. */
  readonly way: number | null;
}

/** Less is what adding up lots leaves behind. */
const leastLots = 1e-9;
const leastMoney = 1e-6;

/** At `ms`, where `price` would close it. Deals stand in order of time. */
export function standingAt(
  trip: PlannedTrip,
  deals: readonly DealtPart[],
  { ms, price }: { readonly ms: number; readonly price: number },
): StandingTrip {
  if (!isOf(trip, deals)) return standingWhole(trip, { ms, price });
  const known = deals.filter(({ atMs }) => atMs <= ms);
  if (known.length === 0) return { phase: 'before', openLots: 0, money: null, r: null, way: null };
  const closed = known.filter(({ isOpening }) => !isOpening);
  const earned = closed.reduce((sum, { profit }) => sum + profit, 0);
  const { openLots, entry } = openPart(known);
  const isOpen = openLots > leastLots;
  const way = isOpen ? (price - entry) * direction(trip) : null;
  const worth = worthOf(trip, deals);
  const money =
    way === null ? earned : worth === null ? null : earned + way * openLots * worth.perLot;
  const risk = riskWay(trip, planOf(trip));
  const r = money === null || risk === null || worth === null ? null : money / (risk * worth.whole);
  return { phase: isOpen ? 'open' : 'closed', openLots: isOpen ? openLots : 0, money, r, way };
}

/** What is open, and the mean of its entries: a closing takes its part of each. */
function openPart(deals: readonly DealtPart[]): {
  readonly openLots: number;
  readonly entry: number;
} {
  let [openLots, entry] = [0, 0];
  for (const { isOpening, volumeLots, price } of deals) {
    if (isOpening) entry = (entry * openLots + price * volumeLots) / (openLots + volumeLots);
    openLots = Math.max(0, openLots + (isOpening ? volumeLots : -volumeLots));
  }
  return { openLots, entry };
}

/** Deals that also belong to others, as of a part that was split by hand, do not tell it alone. */
function isOf(trip: RoundTrip, deals: readonly DealtPart[]): boolean {
  if (!trip.isWhole) return true;
  const differs = (lots: number, isOpening: boolean) =>
    Math.abs(lotsOf(deals.filter((deal) => deal.isOpening === isOpening)) - lots) > leastLots;
  const closings = deals.filter(({ isOpening }) => !isOpening);
  const booked = closings.reduce((sum, { profit }) => sum + profit, 0);
  return (
    !differs(trip.volumeLots, true) &&
    !differs(trip.volumeLots - trip.openLots, false) &&
    // A part that was split at another entry price came to more or less than was booked.
    Math.abs(booked - trip.gross) < leastMoney
  );
}

/** By the round trip alone: what it came to at its end, no money on the way. */
function standingWhole(
  trip: PlannedTrip,
  { ms, price }: { readonly ms: number; readonly price: number },
): StandingTrip {
  const none = { openLots: 0, money: null, r: null, way: null };
  if (ms < trip.openedMs) return { ...none, phase: 'before' };
  if (!isClosed(trip) || ms < trip.closedMs) {
    const way = trip.entryPrice === null ? null : (price - trip.entryPrice) * direction(trip);
    return { ...none, phase: 'open', openLots: trip.volumeLots, way };
  }
  const [risk, whole] = [riskWay(trip, planOf(trip)), moneyPerPrice(trip)];
  const r = risk === null || whole === null ? null : trip.gross / (risk * whole);
  return { ...none, phase: 'closed', money: trip.gross, r };
}

const lotsOf = (deals: readonly DealtPart[]): number =>
  deals.reduce((sum, { volumeLots }) => sum + volumeLots, 0);

/** What one unit of price brings: over the whole of it, and a lot. */
function worthOf(trip: PlannedTrip, deals: readonly DealtPart[]) {
  const whole = isClosed(trip) ? moneyPerPrice(trip) : null;
  const lots = lotsOf(deals.filter(({ isOpening }) => !isOpening));
  return whole === null || lots === 0 ? null : { whole, perLot: whole / lots };
}
