/** Round trips on a price chart: a triangle at the entry, a square at the exit, a line between. */
import type {
  IChartApi,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesApi,
  ISeriesPrimitive,
  SeriesAttachedParameter,
  SeriesType,
  Time,
} from 'lightweight-charts';
import { fromChartTime, toChartTime } from './chart-frame.ts';
import type { ChartColours } from './colours.ts';

export interface RoundTripMark {
  readonly entryMs: number;
  readonly exitMs: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly side: 'long' | 'short';
  readonly profit: number;
}

type Renderer = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** Draws those of its round trips that are in sight; hand it to `series.attachPrimitive`. */
export class RoundTripMarks implements ISeriesPrimitive<Time> {
  private marks: readonly RoundTripMark[] = [];
  private selected: number | null = null;
  private chart: IChartApi | undefined;
  private series: ISeriesApi<SeriesType> | undefined;
  private redraw: () => void = () => undefined;
  private readonly colours: () => ChartColours;
  private readonly views: readonly IPrimitivePaneView[];

  constructor(colours: () => ChartColours) {
    this.colours = colours;
    this.views = [
      { zOrder: () => 'top', renderer: () => ({ draw: (target) => this.draw(target) }) },
    ];
  }
  attached(parameters: SeriesAttachedParameter<Time>): void {
    this.chart = parameters.chart as IChartApi;
    this.series = parameters.series;
    this.redraw = parameters.requestUpdate;
  }
  paneViews(): readonly IPrimitivePaneView[] {
    return this.views;
  }
  /** `selected` is an index into `marks`, drawn with emphasis. */
  set(marks: readonly RoundTripMark[], selected: number | null): void {
    this.marks = marks;
    this.selected = selected;
    this.redraw();
  }

  private draw(target: Renderer): void {
    const range = this.chart?.timeScale().getVisibleRange();
    if (!range || this.marks.length === 0) return;
    const [fromMs, toMs] = [fromChartTime(range.from), fromChartTime(range.to)];
    // Every frame goes through all of them, of which there may be a million.
    const inSight: number[] = [];
    for (let index = 0; index < this.marks.length; index++) {
      const mark = this.marks[index]!;
      if (mark.exitMs >= fromMs && mark.entryMs <= toMs) inSight.push(index);
    }
    target.useMediaCoordinateSpace(({ context }) => {
      const crowded = inSight.length > 150;
      for (const index of inSight) {
        const emphasis = index === this.selected;
        this.drawMark(context, this.marks[index]!, { emphasis, crowded });
      }
    });
  }

  private drawMark(
    context: CanvasRenderingContext2D,
    mark: RoundTripMark,
    { emphasis, crowded }: { readonly emphasis: boolean; readonly crowded: boolean },
  ): void {
    const entry = this.place(mark.entryMs, mark.entryPrice);
    const exit = this.place(mark.exitMs, mark.exitPrice);
    const colours = this.colours();
    const long = mark.side === 'long';
    const size = emphasis ? 6 : crowded ? 3 : 4.5;
    context.globalAlpha = emphasis || this.selected === null ? 1 : 0.6;
    if (entry && exit) {
      context.strokeStyle = mark.profit >= 0 ? colours.up : colours.down;
      context.lineWidth = emphasis ? 2 : 1;
      context.setLineDash(emphasis ? [] : [3, 3]);
      context.beginPath();
      context.moveTo(entry.x, entry.y);
      context.lineTo(exit.x, exit.y);
      context.stroke();
      context.setLineDash([]);
    }
    context.lineWidth = 1.5;
    context.strokeStyle = colours.surface;
    context.fillStyle = long ? colours.buy : colours.sell;
    if (entry) {
      const point = long ? -size : size;
      context.beginPath();
      context.moveTo(entry.x, entry.y + point);
      context.lineTo(entry.x - size, entry.y - point * 0.7);
      context.lineTo(entry.x + size, entry.y - point * 0.7);
      context.closePath();
      context.stroke();
      context.fill();
    }
    if (exit) {
      context.fillStyle = long ? colours.sell : colours.buy;
      const half = size * 0.7;
      context.strokeRect(exit.x - half, exit.y - half, half * 2, half * 2);
      context.fillRect(exit.x - half, exit.y - half, half * 2, half * 2);
    }
    context.globalAlpha = 1;
  }

  private place(ms: number, price: number): { readonly x: number; readonly y: number } | null {
    const x = this.chart?.timeScale().timeToCoordinate(toChartTime(ms)) ?? null;
    const y = this.series?.priceToCoordinate(price) ?? null;
    return x === null || y === null ? null : { x, y };
  }
}
