/**
 * A line under a moving hand, between pixels, prices and the steps of the instrument. It knows of no
 * screen: it is told where the pointer is. The price follows the hand alone, never a quote.
 */
import type { Instrument } from '#core/broker/instrument.ts';
import { snapPrice } from '#core/risk/grid.ts';

export interface DragScale {
  y(price: number): number;
  /** Null where the chart has no prices. */
  priceAt(y: number): number | null;
}

export interface Held {
  /** Where the line lay when it was taken. */
  readonly from: number;
  readonly price: number;
  /** A press that has not gone far is no drag. */
  readonly isDragged: boolean;
}

/** Less than this is a press. */
const leastPx = 3;

export class LineDrag {
  held: Held | null = null;
  private grabY = 0;
  private readonly scale: DragScale;

  constructor(scale: DragScale) {
    this.scale = scale;
  }

  grab(price: number, y: number): void {
    this.grabY = y;
    this.held = { from: price, price, isDragged: false };
  }
  move(y: number, instrument: Pick<Instrument, 'tickSize'>): Held | null {
    const { held, scale, grabY } = this;
    if (!held) return null;
    const isDragged = held.isDragged || Math.abs(y - grabY) > leastPx;
    const at = scale.priceAt(scale.y(held.from) + y - grabY);
    // Back where it was taken it is what it was, on the grid or not.
    const price = y === grabY || at === null ? held.from : snapPrice(at, instrument);
    this.held = { ...held, isDragged, price: Math.max(price, instrument.tickSize) };
    return this.held;
  }
  /** By so many ticks, for the keyboard. */
  nudge(ticks: number, instrument: Pick<Instrument, 'tickSize'>): Held | null {
    const { held } = this;
    if (!held) return null;
    const price = snapPrice(held.price + ticks * instrument.tickSize, instrument);
    this.held = { ...held, isDragged: true, price: Math.max(price, instrument.tickSize) };
    return this.held;
  }
  /** The price it is let go at, once; null where it was not moved. */
  drop({ tickSize }: Pick<Instrument, 'tickSize'>): number | null {
    const { held } = this;
    this.held = null;
    if (!held?.isDragged) return null;
    return Math.abs(held.price - held.from) < tickSize / 2 ? null : held.price;
  }
  cancel(): boolean {
    const wasHeld = this.held !== null;
    this.held = null;
    return wasHeld;
  }
}
