/** Prices that were planned, from an instant to another, and moments that are named at the foot. */
import type { AutoscaleInfo } from 'lightweight-charts';
import type { ChartPlace } from './chart-place.ts';
import type { ChartColours } from './colours.ts';
import { ChartLayer } from './layer.ts';
import { placeOf } from './time-axis.ts';

export interface Level {
  readonly price: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly name: string;
  readonly ink: 'up' | 'down' | 'quiet';
}

export interface Moment {
  readonly ms: number;
  readonly name: string;
}

const namePx = 11;

export class LevelsLayer extends ChartLayer {
  private levels: readonly Level[] = [];
  private moments: readonly Moment[] = [];
  private readonly place: ChartPlace;
  private readonly colours: () => ChartColours;

  constructor(place: ChartPlace, colours: () => ChartColours) {
    super('top');
    this.place = place;
    this.colours = colours;
  }
  set(levels: readonly Level[], moments: readonly Moment[]): void {
    this.levels = levels;
    this.moments = moments;
    this.redraw();
  }

  /** Levels are in sight with the bars that they belong to. */
  autoscaleInfo(start: number, end: number): AutoscaleInfo | null {
    const { axis } = this.place;
    const seen = this.levels.filter(
      ({ fromMs, toMs }) => placeOf(axis, toMs) >= start && placeOf(axis, fromMs) <= end,
    );
    if (seen.length === 0) return null;
    const prices = seen.map(({ price }) => price);
    return { priceRange: { minValue: Math.min(...prices), maxValue: Math.max(...prices) } };
  }

  protected draw(
    context: CanvasRenderingContext2D,
    { width, height }: { readonly width: number; readonly height: number },
  ): void {
    const colours = this.colours();
    context.font = `${namePx}px system-ui, sans-serif`;
    context.textBaseline = 'bottom';
    context.setLineDash([5, 4]);
    for (const { price, fromMs, toMs, name, ink } of this.levels) {
      const [left, right] = [Math.max(0, this.place.x(fromMs)), this.place.x(toMs)];
      const y = Math.round(this.place.y(price)) + 0.5;
      if (right < 0 || left > width || y < 0 || y > height) continue;
      context.strokeStyle = context.fillStyle = colours[ink];
      line(context, [left, y], [Math.max(right, left + 24), y]);
      context.fillText(name, left + 3, y - 1);
    }
    context.setLineDash([2, 3]);
    context.strokeStyle = context.fillStyle = colours.quiet;
    let freeFrom = -Infinity;
    for (const { ms, name } of this.moments) {
      const x = Math.round(this.place.x(ms)) + 0.5;
      if (x < 0 || x > width) continue;
      line(context, [x, 0], [x, height]);
      // Several at one minute: the first is named, the list beside the chart has all.
      if (x < freeFrom) continue;
      context.fillText(name, x + 3, namePx + 6);
      freeFrom = x + context.measureText(name).width + 8;
    }
  }
}

type Point = readonly [x: number, y: number];

function line(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}
