/** Which of a million round trips lie in a span of time, found without looking at each of them. */

/** Columns of round trips, one index each, in any order. */
export interface MarkedRoundTrips {
  readonly count: number;
  readonly entryMs: Float64Array;
  readonly exitMs: Float64Array;
  readonly entryPrice: Float64Array;
  readonly exitPrice: Float64Array;
  /** Negative for a short. */
  readonly units: Float64Array;
  readonly profit: Float64Array;
  /** Missing = there was one market, 0. */
  readonly market?: Uint16Array;
}

/** Neighbours closed one after another, so a block of them covers little time. */
const BLOCK = 1_024;

export class RoundTripSpans {
  private readonly trips: MarkedRoundTrips;
  /** The first entry and the last exit of each block. */
  private readonly firstMs: Float64Array;
  private readonly lastMs: Float64Array;

  constructor(trips: MarkedRoundTrips) {
    this.trips = trips;
    const blocks = Math.ceil(trips.count / BLOCK);
    this.firstMs = new Float64Array(blocks).fill(Infinity);
    this.lastMs = new Float64Array(blocks).fill(-Infinity);
    for (let block = 0, i = 0; block < blocks; block++) {
      let first = Infinity;
      let last = -Infinity;
      for (const end = Math.min(i + BLOCK, trips.count); i < end; i++) {
        first = Math.min(first, trips.entryMs[i]!);
        last = Math.max(last, trips.exitMs[i]!);
      }
      this.firstMs[block] = first;
      this.lastMs[block] = last;
    }
  }

  /** Rising indices of those of a market that were open at some time of the span, ends included. */
  within(
    { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
    market: number,
  ): readonly number[] {
    const { count, entryMs, exitMs, market: markets } = this.trips;
    const found: number[] = [];
    for (let block = 0; block < this.firstMs.length; block++) {
      if (this.lastMs[block]! < fromMs || this.firstMs[block]! > toMs) continue;
      const end = Math.min((block + 1) * BLOCK, count);
      for (let i = block * BLOCK; i < end; i++) {
        const isIn = exitMs[i]! >= fromMs && entryMs[i]! <= toMs;
        if (isIn && (markets?.[i] ?? 0) === market) found.push(i);
      }
    }
    return found;
  }
}
