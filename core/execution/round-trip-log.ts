/** Collects closed round trips into columns that grow as needed, without an object a trip. */
import type { RoundTripColumns } from './outcome.ts';

export interface RoundTripLog {
  /** Longer than `count`: what lies beyond is room. */
  columns: RoundTripColumns;
  count: number;
}

const FIRST_CAPACITY = 256;

export function createRoundTripLog(): RoundTripLog {
  return { columns: allocate(FIRST_CAPACITY), count: 0 };
}

/** The row for one more round trip; its values in every column are the caller's to write. */
export function nextRow(log: RoundTripLog): number {
  if (log.count === log.columns.entryBar.length) {
    log.columns = resize(log.columns, log.count * 2);
  }
  return log.count++;
}

/** The columns at their exact length, each with a buffer of its own. */
export function finishedColumns({ columns, count }: RoundTripLog): RoundTripColumns {
  return { ...resize(columns, count), count };
}

function allocate(capacity: number): RoundTripColumns {
  return {
    count: 0,
    entryBar: new Int32Array(capacity),
    exitBar: new Int32Array(capacity),
    entryPrice: new Float64Array(capacity),
    exitPrice: new Float64Array(capacity),
    units: new Float64Array(capacity),
    profit: new Float64Array(capacity),
    commission: new Float64Array(capacity),
    exitReason: new Uint8Array(capacity),
    ambiguous: new Uint8Array(capacity),
  };
}

function resize(from: RoundTripColumns, capacity: number): RoundTripColumns {
  const to = allocate(capacity);
  to.entryBar.set(from.entryBar.subarray(0, capacity));
  to.exitBar.set(from.exitBar.subarray(0, capacity));
  to.entryPrice.set(from.entryPrice.subarray(0, capacity));
  to.exitPrice.set(from.exitPrice.subarray(0, capacity));
  to.units.set(from.units.subarray(0, capacity));
  to.profit.set(from.profit.subarray(0, capacity));
  to.commission.set(from.commission.subarray(0, capacity));
  to.exitReason.set(from.exitReason.subarray(0, capacity));
  to.ambiguous.set(from.ambiguous.subarray(0, capacity));
  return to;
}
