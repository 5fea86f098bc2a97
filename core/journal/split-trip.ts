/**
 * One round trip in parts by volume, first in, first out: the first part has what was opened first
 * and what was closed first. So no part closes what it has not opened, at no moment.
 *
 * Volumes, costs and results of the parts add up to those of the whole, to the last digit. Money of
 * a deal that belongs to two parts is shared by volume. Where entries have several prices, a broker
 * books closings against their mean: the parts take what their own entries were better or worse.
 */
import { tidy, units, unitsPerLot } from './decimal-sums.ts';
import type { RoundTrip } from './round-trip.ts';
import type { DealShare, Portion } from './trip-portions.ts';
import { told } from './trip-row.ts';

interface Range {
  readonly from: number;
  readonly until: number;
}
type Money = 'profit' | 'commission' | 'fee' | 'swap';

const overlap = (a: Range, b: Range): number =>
  Math.max(0, Math.min(a.until, b.until) - Math.max(a.from, b.from));

export interface TripPart extends RoundTrip {
  /** What of each of its deals is its own: once it is closed, together its result before costs. */
  readonly shares: readonly DealShare[];
}

/** The parts at `cuts`, ascending units of what was opened, each more than nothing and less than all. */
export function splitTrip(
  trip: RoundTrip,
  portions: readonly Portion[],
  cuts: readonly number[],
): readonly TripPart[] {
  const ranges = [0, ...cuts].map((from, at) => ({
    ...{ from, until: cuts[at] ?? units(trip.volumeLots) },
  }));
  const better = betterEntries(trip, portions, ranges);
  return ranges.map((range, at) => part(trip, portions, range, better[at] ?? noneBetter));
}

function part(
  trip: RoundTrip,
  portions: readonly Portion[],
  range: Range,
  better: Better,
): TripPart {
  const own = portions.filter((portion) => overlap(portion, range) > 0);
  const entries = own.filter(({ isOpening }) => isOpening);
  const exits = own.filter(({ isOpening }) => !isOpening);
  const opened = range.until - range.from;
  const closed = volume(exits, range);
  const of = (money: Money) =>
    tidy(own.reduce((sum, portion) => sum + shared(portion, range, money), 0));
  const gross = tidy(of('profit') + better.total);
  const [commission, fee, swap] = [of('commission'), of('fee'), of('swap')];
  return {
    ...told(trip),
    openedMs: entries[0]?.deal.atMs ?? trip.openedMs,
    closedMs: closed < opened ? null : (exits.at(-1)?.deal.atMs ?? null),
    volumeLots: opened / unitsPerLot,
    openLots: (opened - closed) / unitsPerLot,
    entryPrice: paid(entries, range) / opened,
    exitPrice: closed === 0 ? null : paid(exits, range) / closed,
    ...{ gross, commission, fee, swap },
    net: tidy(gross + commission + fee + swap),
    sl: entries.find(({ deal }) => deal.sl !== null)?.deal.sl ?? trip.sl,
    tp: entries.find(({ deal }) => deal.tp !== null)?.deal.tp ?? trip.tp,
    deals: own.map(({ key }) => key),
    shares: own.map((portion) => ({
      key: portion.key,
      volumeLots: overlap(portion, range) / unitsPerLot,
      profit: tidy(shared(portion, range, 'profit') + (better.ofExits.get(portion) ?? 0)),
    })),
  };
}

function volume(portions: readonly Portion[], range: Range): number {
  return portions.reduce((sum, portion) => sum + overlap(portion, range), 0);
}

/** Price × units of what lies in the range. */
function paid(portions: readonly Portion[], range: Range): number {
  return portions.reduce((sum, each) => sum + each.deal.price * overlap(each, range), 0);
}

/** Of a deal's money what belongs to the range: the parts are rounded so that they add up. */
function shared(portion: Portion, range: Range, money: Money): number {
  const { from, until, deal } = portion;
  const whole = until - from;
  const within = (end: number) => Math.max(0, Math.min(end, until) - from);
  const up = (end: number) =>
    within(end) === whole ? deal[money] : onGrid((deal[money] * within(end)) / whole, deal[money]);
  return up(range.until) - up(range.from);
}

/** In cents where the whole is in cents. */
function onGrid(amount: number, whole: number): number {
  const cents = Math.round(whole * 100);
  const perUnit = Math.abs(cents / 100 - whole) < 1e-9 ? 100 : 1e8;
  return Math.round(amount * perUnit) / perUnit;
}

/** What a part's entries were better than the mean that its closings were booked against. */
interface Better {
  readonly total: number;
  /** The same by its closings; of a part that has none yet the total is of those to come. */
  readonly ofExits: ReadonlyMap<Portion, number>;
}
const noneBetter: Better = { total: 0, ofExits: new Map() };

function betterEntries(
  trip: RoundTrip,
  portions: readonly Portion[],
  ranges: readonly Range[],
): readonly Better[] {
  const entries = portions.filter(({ isOpening }) => isOpening);
  const way = trip.side === 'buy' ? 1 : -1;
  const ways = ranges.map(() => new Map<Portion, number>());
  let [open, cost, booked, moved] = [0, 0, 0, 0];
  for (const portion of portions) {
    const size = portion.until - portion.from;
    if (portion.isOpening) {
      open += size;
      cost += portion.deal.price * size;
      continue;
    }
    const mean = cost / open;
    ranges.forEach((range, at) => {
      const piece = {
        from: Math.max(portion.from, range.from),
        until: Math.min(portion.until, range.until),
      };
      if (piece.until <= piece.from) return;
      ways[at]!.set(portion, way * (mean * (piece.until - piece.from) - paid(entries, piece)));
    });
    booked += portion.deal.profit;
    moved += way * (portion.deal.price - mean) * size;
    open -= size;
    cost -= mean * size;
  }
  const worth = booked / moved;
  if (!(worth > 0) || !Number.isFinite(worth)) return [];
  const round = (units: number) => onGrid(units * worth, trip.gross);
  const totals = ways.map((each) => round([...each.values()].reduce((sum, way) => sum + way, 0)));
  // What the last has is what the others have not.
  totals[totals.length - 1] = tidy(0 - totals.slice(0, -1).reduce((sum, each) => sum + each, 0));
  return totals.map((total, at) => ({ total, ofExits: dealtOut(total, ways[at]!, round) }));
}

/** To each closing what is its own, to the last of them what is left. */
function dealtOut(
  total: number,
  ways: ReadonlyMap<Portion, number>,
  round: (way: number) => number,
): ReadonlyMap<Portion, number> {
  let [left, ahead] = [total, ways.size];
  const dealt = new Map<Portion, number>();
  for (const [portion, way] of ways) {
    const own = --ahead === 0 ? left : round(way);
    dealt.set(portion, own);
    left = tidy(left - own);
  }
  return dealt;
}
