/** The lines of trades over the bars, their prices at the scale, and where their tags belong. */
import type { AutoscaleInfo, ISeriesPrimitiveAxisView, Logical } from 'lightweight-charts';
import type { Bars } from '#core/market/bars.ts';
import type { ChartPlace } from '../chart-place.ts';
import type { ChartColours } from '../colours.ts';
import { ChartLayer } from '../layer.ts';
import { priceText } from '../../words/numbers.ts';

export type LineTone = 'buy' | 'sell' | 'stop' | 'target' | 'quiet';

export interface DrawnLine {
  readonly id: string;
  readonly price: number;
  readonly tone: LineTone;
  /** Not at the broker, or not there yet. */
  readonly isDashed: boolean;
  readonly isStrong: boolean;
}

export interface TradeLayerPorts {
  bars(): Bars | null;
  /** The chart has been drawn: prices lie elsewhere. */
  drawn(): void;
}

/** Lines further away than the bars in sight are high, times this, do not squeeze the bars. */
const mostReach = 1;

export class TradeLayer extends ChartLayer {
  private lines: readonly DrawnLine[] = [];
  private axisViews: readonly ISeriesPrimitiveAxisView[] = [];
  private readonly place: ChartPlace;
  private readonly colours: () => ChartColours;
  private readonly ports: TradeLayerPorts;

  constructor(place: ChartPlace, colours: () => ChartColours, ports: TradeLayerPorts) {
    super('top');
    this.place = place;
    this.colours = colours;
    this.ports = ports;
  }
  set(lines: readonly DrawnLine[]): void {
    this.lines = lines;
    this.axisViews = lines.map((line) => ({
      coordinate: () => this.place.y(line.price),
      text: () => priceText(line.price, this.place.digits),
      textColor: () => this.colours().surface,
      backColor: () => this.colourOf(line),
      visible: () => true,
      tickVisible: () => true,
    }));
    this.redraw();
  }
  priceAxisViews(): readonly ISeriesPrimitiveAxisView[] {
    return this.axisViews;
  }

  /** Room for the lines that are near what is in sight. */
  autoscaleInfo(from: Logical, to: Logical): AutoscaleInfo | null {
    const bars = this.ports.bars();
    if (!bars || this.lines.length === 0) return null;
    let [low, high] = [Infinity, -Infinity];
    const last = Math.min(bars.length - 1, Math.ceil(to));
    for (let i = Math.max(0, Math.floor(from)); i <= last; i++) {
      low = Math.min(low, bars.bid.low[i]!);
      high = Math.max(high, bars.bid.high[i]!);
    }
    if (!(high >= low)) return null;
    [low, high] = [low / bars.scale, high / bars.scale];
    const reach = (high - low) * mostReach;
    const near = this.lines
      .map(({ price }) => price)
      .filter((price) => price >= low - reach && price <= high + reach);
    if (near.length === 0) return null;
    return {
      priceRange: { minValue: Math.min(low, ...near), maxValue: Math.max(high, ...near) },
    };
  }

  protected draw(
    context: CanvasRenderingContext2D,
    { width }: { readonly width: number; readonly height: number },
  ): void {
    for (const line of this.lines) {
      const y = Math.round(this.place.y(line.price)) + 0.5;
      context.strokeStyle = this.colourOf(line);
      context.lineWidth = line.isStrong ? 2 : 1;
      context.setLineDash(line.isDashed ? [6, 4] : []);
      context.beginPath();
      context.moveTo(0, y);
      context.lineTo(width, y);
      context.stroke();
    }
    this.ports.drawn();
  }
  private colourOf({ tone }: DrawnLine): string {
    const { buy, sell, down, up, quiet } = this.colours();
    return { buy, sell, stop: down, target: up, quiet }[tone];
  }
}
