/** Collects closed round trips into columns that grow as needed. */
import type { RoundTripColumns } from './outcome.ts';

export interface RoundTripRow {
  readonly entryBar: number;
  readonly exitBar: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly units: number;
  readonly profit: number;
  readonly commission: number;
  /** Index into `exitReasons`. */
  readonly exitReason: number;
  readonly ambiguous: 0 | 1;
}

export interface RoundTripLog {
  add(row: RoundTripRow): void;
  /** The columns at their exact length, each with a buffer of its own. */
  columns(): RoundTripColumns;
}

const FIRST_CAPACITY = 256;

export function createRoundTripLog(): RoundTripLog {
  let columns = allocate(FIRST_CAPACITY);
  let count = 0;
  return {
    add(row) {
      if (count === columns.entryBar.length) columns = resize(columns, count * 2);
      columns.entryBar[count] = row.entryBar;
      columns.exitBar[count] = row.exitBar;
      columns.entryPrice[count] = row.entryPrice;
      columns.exitPrice[count] = row.exitPrice;
      columns.units[count] = row.units;
      columns.profit[count] = row.profit;
      columns.commission[count] = row.commission;
      columns.exitReason[count] = row.exitReason;
      columns.ambiguous[count] = row.ambiguous;
      count++;
    },
    columns: () => ({ ...resize(columns, count), count }),
  };
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
