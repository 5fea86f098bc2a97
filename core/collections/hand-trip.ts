/** A round trip that the trader entered by hand, where no statement tells of it. */
import type { Collection } from './collection.ts';
import { id, name } from './row-shapes.ts';
import { finite, oneOf, orNull } from './shape.ts';

export interface HandTrip {
  readonly id: string;
  readonly account: string;
  /** Null where nobody told it. */
  readonly currency: string | null;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly volumeLots: number;
  readonly openedMs: number;
  /** Null, as the price and the result: still open. */
  readonly closedMs: number | null;
  readonly entryPrice: number;
  readonly exitPrice: number | null;
  readonly sl: number | null;
  readonly tp?: number | null;
  /** Money before costs, and the costs as they are booked: < 0 is paid, > 0 a rebate. */
  readonly profit: number;
  readonly costs: number;
  readonly updatedMs: number;
}

export const handTrips: Collection = {
  name: 'handTrips',
  schemaVersion: 1,
  key: 'id',
  fields: {
    account: { merge: 'value', shape: name },
    currency: { merge: 'value', shape: orNull(id) },
    symbol: { merge: 'value', shape: id },
    side: { merge: 'value', shape: oneOf(['buy', 'sell']) },
    volumeLots: { merge: 'value', shape: finite },
    openedMs: { merge: 'value', shape: finite },
    closedMs: { merge: 'value', shape: orNull(finite) },
    entryPrice: { merge: 'value', shape: finite },
    exitPrice: { merge: 'value', shape: orNull(finite) },
    sl: { merge: 'value', shape: orNull(finite) },
    tp: { merge: 'value', shape: orNull(finite), optional: true },
    profit: { merge: 'value', shape: finite },
    costs: { merge: 'value', shape: finite },
    updatedMs: { merge: 'value', shape: finite },
  },
};
