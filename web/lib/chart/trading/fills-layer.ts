/** What was dealt: an arrow where each deal was done, and a line from the entry of a round trip to its end. */
import type { ChartPlace } from '../chart-place.ts';
import type { ChartColours } from '../colours.ts';
import { ChartLayer } from '../layer.ts';
import { msAt, placeOf, type TimeAxis } from '../time-axis.ts';

export interface Fill {
  readonly ms: number;
  readonly price: number;
  readonly side: 'buy' | 'sell';
  /** It opened something, or made it larger. */
  readonly isEntry: boolean;
}

/** From the mean price of its entries to that of its exits. */
export interface TripLine {
  readonly openedMs: number;
  readonly openPrice: number;
  readonly closedMs: number;
  readonly closePrice: number;
  readonly net: number;
}

export interface Dealt {
  readonly fills: readonly Fill[];
  readonly trips: readonly TripLine[];
}

const sizePx = 5;
const crowdedFrom = 150;

/** The open of the bar that an instant lies in. */
function barOpen(axis: TimeAxis, ms: number): number {
  return msAt(axis, Math.floor(placeOf(axis, ms) + 1e-9));
}

export class FillsLayer extends ChartLayer {
  private dealt: Dealt = { fills: [], trips: [] };
  private readonly place: ChartPlace;
  private readonly colours: () => ChartColours;

  constructor(place: ChartPlace, colours: () => ChartColours) {
    super('top');
    this.place = place;
    this.colours = colours;
  }
  set(dealt: Dealt): void {
    this.dealt = dealt;
    this.redraw();
  }

  protected draw(
    context: CanvasRenderingContext2D,
    { width }: { readonly width: number; readonly height: number },
  ): void {
    const { place } = this;
    const { up, down, buy, sell, surface } = this.colours();
    const x = (ms: number) => place.x(barOpen(place.axis, ms));
    context.setLineDash([3, 3]);
    for (const { openedMs, openPrice, closedMs, closePrice, net } of this.dealt.trips) {
      const [from, to] = [x(openedMs), x(closedMs)];
      if (to < 0 || from > width) continue;
      context.strokeStyle = net < 0 ? down : up;
      context.beginPath();
      context.moveTo(from, place.y(openPrice));
      context.lineTo(to, place.y(closePrice));
      context.stroke();
    }
    context.setLineDash([]);
    const seen = this.dealt.fills.filter(({ ms }) => {
      const at = x(ms);
      return at >= -sizePx && at <= width + sizePx;
    });
    const size = seen.length > crowdedFrom ? sizePx - 2 : sizePx;
    context.lineWidth = 1.5;
    context.strokeStyle = surface;
    for (const { ms, price, side, isEntry } of seen) {
      context.fillStyle = side === 'buy' ? buy : sell;
      paintMark(context, { x: x(ms), y: place.y(price), size, isUp: side === 'buy', isEntry });
    }
  }
}

/** A triangle with its tip at the price of an entry, a square on that of an exit. */
function paintMark(
  context: CanvasRenderingContext2D,
  mark: {
    readonly x: number;
    readonly y: number;
    readonly size: number;
    readonly isUp: boolean;
    readonly isEntry: boolean;
  },
): void {
  const { x, y, size, isUp, isEntry } = mark;
  context.beginPath();
  if (isEntry) {
    const foot = (isUp ? 1 : -1) * size * 1.7;
    context.moveTo(x, y);
    context.lineTo(x - size, y + foot);
    context.lineTo(x + size, y + foot);
    context.closePath();
  } else context.rect(x - size * 0.7, y - size * 0.7, size * 1.4, size * 1.4);
  context.stroke();
  context.fill();
}
