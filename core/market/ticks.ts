/**
 * Ticks in columns: one quote update an index, in the order of the file.
 *
 * Times never fall; several ticks of one millisecond are legal and keep their order. Prices are
 * whole points (price = points ÷ scale) or plain prices with scale 1, as in `bars.ts`.
 */
import type { PriceColumn } from './bars.ts';

export interface Ticks {
  readonly length: number;
  readonly timesMs: Float64Array;
  readonly scale: number;
  readonly digits: number;
  readonly bid: PriceColumn;
  /** null where the source has one price only. */
  readonly ask: PriceColumn | null;
  readonly volume: Float64Array | null;
}
