/** The arrays of a run as bytes of an archive, and such bytes as arrays again. */
import type { RunArrays } from './database.ts';
import { id } from '#core/collections/row-shapes.ts';
import { list, object, oneOf, orElse, whole, type Shape } from '#core/collections/shape.ts';

/** Round-trip columns by the size of their values, so that each starts where its type may. */
const doubles = [
  'entryMs',
  'exitMs',
  'entryPrice',
  'exitPrice',
  'units',
  'profit',
  'commission',
] as const;
const integers = ['entryBar', 'exitBar'] as const;
const bytes = ['exitReason', 'ambiguous'] as const;
/** What only some runs have: doubles, one a bar or one a round trip, then the market of a trip. */
const rareDoubles = ['swap', 'slippage', 'otherProfit'] as const;
const rare = ['timelineMs', ...rareDoubles, 'market'] as const;
type Rare = (typeof rare)[number];

/** How long the arrays of one run are, and which of the rare ones it has. */
export interface ArraysPlace {
  readonly runId: string;
  readonly equity: number;
  readonly roundTrips: number;
  readonly rare: readonly Rare[];
}

export const arraysPlaceShape: Shape<ArraysPlace> = object<ArraysPlace>({
  runId: id,
  equity: whole,
  roundTrips: whole,
  rare: orElse(list(oneOf(rare), rare.length), []),
});

export function placeOfArrays({ runId, equity, timelineMs, roundTrips }: RunArrays): ArraysPlace {
  const has: Record<Rare, unknown> = { timelineMs, ...pick(roundTrips) };
  return {
    runId,
    equity: equity.length,
    roundTrips: roundTrips.count,
    rare: rare.filter((key) => has[key] !== undefined),
  };
}

function pick({ swap, slippage, otherProfit, market }: RunArrays['roundTrips']) {
  return { swap, slippage, otherProfit, market };
}

/** Bytes that the arrays of one run take, a multiple of eight. */
export function sizeOfArrays({ equity, roundTrips, rare: has }: ArraysPlace): number {
  const ofBar = has.includes('timelineMs') ? 16 : 8;
  const some = rareDoubles.filter((key) => has.includes(key)).length;
  const ofTrip =
    8 * (doubles.length + some) +
    4 * integers.length +
    (has.includes('market') ? 2 : 0) +
    bytes.length;
  return 8 * Math.ceil((ofBar * equity + ofTrip * roundTrips) / 8);
}

export function writeArrays(
  { equity, timelineMs, roundTrips }: RunArrays,
  place: ArraysPlace,
): Uint8Array {
  const out = new Uint8Array(sizeOfArrays(place));
  let at = 0;
  const put = (column: Float64Array | Int32Array | Uint16Array | Uint8Array | undefined) => {
    if (column === undefined) return;
    out.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  };
  put(equity);
  put(timelineMs);
  for (const key of doubles) put(roundTrips[key]);
  for (const key of rareDoubles) put(roundTrips[key]);
  for (const key of integers) put(roundTrips[key]);
  put(roundTrips.market);
  for (const key of bytes) put(roundTrips[key]);
  return out;
}

/** The arrays of one run from bytes as long as `sizeOfArrays` says. */
export function readArrays(from: Uint8Array, place: ArraysPlace): RunArrays {
  const { buffer } = from.slice();
  const { roundTrips: count, rare: has } = place;
  let at = 0;
  const take = (width: number, length: number) => {
    const start = at;
    at += width * length;
    return buffer.slice(start, at);
  };
  const float = (length = count) => new Float64Array(take(8, length));
  const ifThere = <A>(key: Rare, read: () => A) => (has.includes(key) ? { [key]: read() } : {});
  const equity = float(place.equity);
  const timeline = ifThere('timelineMs', () => float(place.equity));
  const columns = {
    entryMs: float(),
    exitMs: float(),
    entryPrice: float(),
    exitPrice: float(),
    units: float(),
    profit: float(),
    commission: float(),
    ...ifThere('swap', float),
    ...ifThere('slippage', float),
    ...ifThere('otherProfit', float),
    entryBar: new Int32Array(take(4, count)),
    exitBar: new Int32Array(take(4, count)),
    ...ifThere('market', () => new Uint16Array(take(2, count))),
    exitReason: new Uint8Array(take(1, count)),
    ambiguous: new Uint8Array(take(1, count)),
  };
  return { runId: place.runId, equity, ...timeline, roundTrips: { count, ...columns } };
}
