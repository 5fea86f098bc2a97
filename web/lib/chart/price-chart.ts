/**
 * A price chart of bars: candles or a line, volume, overlays, round trips, a crosshair that tells.
 *
 * It holds a window of the series, at most `windowBars`; when the trader scrolls near an edge it
 * calls `onEdge`, and `setBars` with the neighbouring window keeps the view where it was.
 */
import {
  CandlestickSeries,
  HistogramSeries,
  LineSeries,
  type IChartApi,
  type ISeriesApi,
  type MouseEventParams,
} from 'lightweight-charts';
import type { Bars } from '#core/market/bars.ts';
import type { TimeDisplay } from '../words/times.ts';
import { shiftOf } from './bar-window.ts';
import { createFrame, toChartTime } from './chart-frame.ts';
import type { ChartColours } from './colours.ts';
import { followEdges } from './edges.ts';
import { lineInWindow, panesOf, type OverlayLine } from './overlays.ts';
import { RoundTripMarks, type MarkedTrips } from './round-trip-marks.ts';

export type PriceStyle = 'candles' | 'line';

export interface PriceChartOptions {
  readonly times: TimeDisplay;
  readonly intraday: boolean;
  readonly digits: number;
  /** Index of the bar under the crosshair within the bars set; null when it left. */
  readonly onHover: (bar: number | null) => void;
  /** The trader scrolls towards an edge of the window, `viewBars` of it being in sight. */
  readonly onEdge: (edge: 'older' | 'newer', viewBars: number) => void;
}

export interface PriceChart {
  setBars(bars: Bars, view: 'keep' | 'end'): void;
  setStyle(style: PriceStyle): void;
  /** null = none. */
  setRoundTrips(marked: MarkedTrips | null): void;
  setOverlays(lines: readonly OverlayLine[]): void;
  setTimes(display: TimeDisplay): void;
  /** Brings a span into sight, with room on both sides. */
  show(span: { readonly fromMs: number; readonly toMs: number }): void;
  fit(): void;
  reset(): void;
  repaint(): void;
  image(): HTMLCanvasElement;
  destroy(): void;
}

/** Wide enough to tell a body from its wick. */
const barPixels = 6;

export function createPriceChart(element: HTMLElement, options: PriceChartOptions): PriceChart {
  const frame = createFrame(element, options);
  const { chart } = frame;
  let bars: Bars | null = null;
  let style: PriceStyle = 'candles';
  const priceFormat = {
    type: 'price',
    precision: options.digits,
    minMove: 10 ** -options.digits,
  } as const;
  const candles = chart.addSeries(CandlestickSeries, { priceFormat });
  const line = chart.addSeries(LineSeries, { priceFormat, visible: false, lineWidth: 2 });
  const volume = chart.addSeries(HistogramSeries, {
    priceScaleId: 'volume',
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  });
  chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.86, bottom: 0 } });
  const marks = new RoundTripMarks(frame.colours);
  candles.attachPrimitive(marks);
  let overlays: readonly { readonly line: OverlayLine; readonly drawn: ISeriesApi<'Line'> }[] = [];

  function paint(colours: ChartColours): void {
    candles.applyOptions({
      upColor: colours.up,
      downColor: colours.down,
      wickUpColor: colours.up,
      wickDownColor: colours.down,
      borderUpColor: colours.up,
      borderDownColor: colours.down,
    });
    line.applyOptions({ color: colours.accent });
    volume.applyOptions({ color: colours.grid });
    overlays.forEach(({ drawn }, at) =>
      drawn.applyOptions({ color: colours.overlays[at % colours.overlays.length]! }),
    );
  }
  paint(frame.colours());

  chart.subscribeCrosshairMove((event: MouseEventParams) => {
    const at = event.logical === undefined || !event.point ? null : Math.round(event.logical);
    options.onHover(at !== null && bars && at >= 0 && at < bars.length ? at : null);
  });
  const stopFollowing = followEdges(element, chart, {
    barsHeld: () => bars?.length ?? 0,
    onEdge: options.onEdge,
  });

  return {
    setBars(next, view) {
      const shift = bars && view === 'keep' ? shiftOf(bars.timesMs, next.timesMs) : null;
      const range = chart.timeScale().getVisibleLogicalRange();
      bars = next;
      // Volume has the foot of the pane to itself.
      const bottom = next.volume ? 0.17 : 0.06;
      chart.priceScale('right').applyOptions({ scaleMargins: { top: 0.08, bottom } });
      fill(next, candles, line, volume);
      for (const { line: each, drawn } of overlays) drawLine(drawn, each, next);
      if (shift !== null && range) {
        chart
          .timeScale()
          .setVisibleLogicalRange({ from: range.from + shift, to: range.to + shift });
      } else showEnd(chart, next.length);
    },
    setStyle(next) {
      style = next;
      // Candles stay drawn, only unseen: the round trips are attached to them.
      const seen = style === 'candles';
      const { up, down } = frame.colours();
      const clear = 'rgba(0, 0, 0, 0)';
      candles.applyOptions({
        upColor: seen ? up : clear,
        downColor: seen ? down : clear,
        wickUpColor: seen ? up : clear,
        wickDownColor: seen ? down : clear,
        borderVisible: seen,
        lastValueVisible: seen,
        priceLineVisible: seen,
      });
      line.applyOptions({ visible: !seen });
    },
    setRoundTrips: (marked) => marks.set(marked),
    setOverlays(lines) {
      for (const { drawn } of overlays) chart.removeSeries(drawn);
      const panes = panesOf(lines);
      const palette = frame.colours().overlays;
      overlays = lines.map((each, at) => {
        const drawn = chart.addSeries(
          LineSeries,
          {
            color: palette[at % palette.length]!,
            lineWidth: 1,
            lastValueVisible: false,
            priceLineVisible: false,
            crosshairMarkerVisible: false,
            ...(panes[at] === 0 && { priceFormat }),
          },
          panes[at],
        );
        if (bars) drawLine(drawn, each, bars);
        return { line: each, drawn };
      });
      chart.panes().forEach((pane, at) => pane.setStretchFactor(at === 0 ? 3 : 1));
    },
    setTimes: frame.setTimes,
    show({ fromMs, toMs }) {
      const room = Math.max(toMs - fromMs, 1) * 0.6;
      const barMs = bars && bars.length > 1 ? bars.timesMs[1]! - bars.timesMs[0]! : 60_000;
      const margin = Math.max(room, barMs * 30);
      chart.timeScale().setVisibleRange({
        from: toChartTime(fromMs - margin),
        to: toChartTime(toMs + margin),
      });
    },
    fit: () => chart.timeScale().fitContent(),
    reset() {
      chart.priceScale('right').applyOptions({ autoScale: true });
      showEnd(chart, bars?.length ?? 0);
    },
    repaint() {
      paint(frame.repaint());
      this.setStyle(style);
    },
    image: () => chart.takeScreenshot(true),
    destroy() {
      stopFollowing();
      chart.remove();
    },
  };
}

function fill(
  bars: Bars,
  candles: ISeriesApi<'Candlestick'>,
  line: ISeriesApi<'Line'>,
  volume: ISeriesApi<'Histogram'>,
): void {
  const { open, high, low, close } = bars.bid;
  const { scale } = bars;
  const times = Array.from(bars.timesMs, toChartTime);
  candles.setData(
    times.map((time, i) => ({
      time,
      open: open[i]! / scale,
      high: high[i]! / scale,
      low: low[i]! / scale,
      close: close[i]! / scale,
    })),
  );
  line.setData(times.map((time, i) => ({ time, value: close[i]! / scale })));
  const { volume: amounts } = bars;
  volume.setData(amounts ? times.map((time, i) => ({ time, value: amounts[i]! })) : []);
}

function drawLine(drawn: ISeriesApi<'Line'>, line: OverlayLine, { timesMs: windowMs }: Bars): void {
  const { timesMs, values } = lineInWindow(line, windowMs);
  drawn.setData(
    Array.from(values, (value, i) => ({
      time: toChartTime(timesMs[i]!),
      ...(Number.isNaN(value) ? {} : { value }),
    })),
  );
}

function showEnd(chart: IChartApi, length: number): void {
  const seen = Math.max(40, Math.round(chart.timeScale().width() / barPixels));
  chart.timeScale().setVisibleLogicalRange({ from: length - seen, to: length + 4 });
}
