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
import { RoundTripSpans, type MarkedRoundTrips } from './round-trips-in-span.ts';

/** What is marked: the round trips of one market among those of a run. */
export interface MarkedTrips {
  readonly columns: MarkedRoundTrips;
  readonly market: number;
  /** Index of the one drawn with emphasis. */
  readonly selected: number | null;
}

type Renderer = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** Draws those of its round trips that are in sight; hand it to `series.attachPrimitive`. */
export class RoundTripMarks implements ISeriesPrimitive<Time> {
  private marked: MarkedTrips | null = null;
  private spans: RoundTripSpans | null = null;
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
  set(marked: MarkedTrips | null): void {
    if (marked?.columns !== this.marked?.columns) {
      this.spans = marked && new RoundTripSpans(marked.columns);
    }
    this.marked = marked;
    this.redraw();
  }

  private draw(target: Renderer): void {
    const { marked, spans } = this;
    const range = this.chart?.timeScale().getVisibleRange();
    if (!range || !marked || !spans) return;
    const span = { fromMs: fromChartTime(range.from), toMs: fromChartTime(range.to) };
    const inSight = spans.within(span, marked.market);
    target.useMediaCoordinateSpace(({ context }) => {
      const crowded = inSight.length > 150;
      for (const index of inSight) this.drawMark(context, marked, { index, crowded });
    });
  }

  private drawMark(
    context: CanvasRenderingContext2D,
    { columns, selected }: MarkedTrips,
    { index, crowded }: { readonly index: number; readonly crowded: boolean },
  ): void {
    const emphasis = index === selected;
    const entry = this.place(columns.entryMs[index]!, columns.entryPrice[index]!);
    const exit = this.place(columns.exitMs[index]!, columns.exitPrice[index]!);
    const colours = this.colours();
    const long = columns.units[index]! >= 0;
    const size = emphasis ? 6 : crowded ? 3 : 4.5;
    context.globalAlpha = emphasis || selected === null ? 1 : 0.6;
    if (entry && exit) {
      context.strokeStyle = columns.profit[index]! >= 0 ? colours.up : colours.down;
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
