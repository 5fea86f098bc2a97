/**
 * One pane of the charts page: bars in any style, indicators, drawings, sessions, bid and ask.
 *
 * It holds a window of the bars, as `price-chart.ts` does, and is told apart what follows at its
 * end, so that a price that moves costs the drawing of one bar.
 */
import { LineStyle, type IPriceLine, type MouseEventParams } from 'lightweight-charts';
import type { BarStyle } from '#core/collections/chart-layout.ts';
import type { Bars } from '#core/market/bars.ts';
import { withTail } from '#core/market/joined-bars.ts';
import type { ChartTail, IndicatorLines } from '#workers/chart/api.ts';
import type { TimeDisplay } from '../words/times.ts';
import { shiftOf } from './bar-window.ts';
import { createFrame, toChartTime } from './chart-frame.ts';
import { chartPlace, type ChartPlace } from './chart-place.ts';
import { DrawingLayer } from './drawing/drawing-layer.ts';
import type { ChartColours } from './colours.ts';
import { followEdges } from './edges.ts';
import { IndicatorSeries, type ShownIndicator } from './indicator-series.ts';
import type { ChartLayer } from './layer.ts';
import { MainSeries } from './main-series.ts';
import { SessionLayer } from './session-layer.ts';
import type { SessionSpan } from './sessions.ts';
import { msAt, placeOf } from './time-axis.ts';
import { say } from '../words/language.ts';

export interface PaneChartOptions {
  readonly times: TimeDisplay;
  readonly intraday: boolean;
  readonly digits: number;
  readonly barMs: number;
  /** Index of the bar under the crosshair; null when it left. Not told of a linked crosshair. */
  readonly onHover: (bar: number | null) => void;
  readonly onEdge: (edge: 'older' | 'newer', viewBars: number) => void;
}

export interface PaneChart {
  readonly place: ChartPlace;
  readonly drawings: DrawingLayer;
  setBars(bars: Bars, lines: readonly IndicatorLines[], view: 'keep' | 'end'): void;
  append(tail: ChartTail): void;
  setIndicators(shown: readonly ShownIndicator[]): void;
  setLines(lines: readonly IndicatorLines[]): void;
  setStyle(style: BarStyle): void;
  setSessions(spans: readonly SessionSpan[]): void;
  /** Lines at both prices; null = none. */
  setQuote(
    quote: { readonly bid: number; readonly ask: number; readonly isStale: boolean } | null,
  ): void;
  setTimes(display: TimeDisplay): void;
  /** The crosshair of another pane, at the bar of an instant. */
  cross(ms: number | null): void;
  /** While something is drawn or moved, the chart itself stays. */
  hold(isHeld: boolean): void;
  /** While something is moved by its price, prices stay where they are on the screen. */
  freezePrices(isFrozen: boolean): void;
  /** Draws one more layer, until the returned function is called. */
  attach(layer: ChartLayer): () => void;
  colours(): ChartColours;
  /** What the scales take of the element. */
  scalesPx(): { readonly right: number; readonly bottom: number };
  /** The bar of an instant in the middle of the view. */
  centre(ms: number): void;
  /** From one instant to another, over the whole width. */
  show(fromMs: number, toMs: number): void;
  fit(): void;
  reset(): void;
  repaint(): void;
  image(): HTMLCanvasElement;
  destroy(): void;
}

/** Wide enough to tell a body from its wick. */
const barPixels = 7;

export function createPaneChart(element: HTMLElement, options: PaneChartOptions): PaneChart {
  const frame = createFrame(element, options);
  const { chart } = frame;
  const { digits, barMs } = options;
  let bars: Bars | null = null;
  const noTimes = new Float64Array(0);
  const axis = () => ({ timesMs: bars?.timesMs ?? noTimes, barMs });
  const main = new MainSeries(chart, digits);
  const place = chartPlace(chart, main.candles, { axis, digits });
  const drawings = new DrawingLayer(place, frame.colours);
  const sessions = new SessionLayer(place, frame.colours);
  main.candles.attachPrimitive(sessions);
  main.candles.attachPrimitive(drawings);
  const indicators = new IndicatorSeries(chart, digits);
  main.paint(frame.colours());
  let isGone = false;
  let wasAuto: boolean | null = null;
  let quoteLines: { readonly bid: IPriceLine; readonly ask: IPriceLine } | null = null;

  chart.subscribeCrosshairMove((event: MouseEventParams) => {
    // Without an event of its own it was set from another pane.
    if (event.point && !event.sourceEvent) return;
    const at = event.logical === undefined || !event.point ? null : Math.round(event.logical);
    options.onHover(at !== null && bars && at >= 0 && at < bars.length ? at : null);
  });
  const stopFollowing = followEdges(element, chart, {
    barsHeld: () => bars?.length ?? 0,
    onEdge: options.onEdge,
  });
  function showEnd(): void {
    const length = bars?.length ?? 0;
    const seen = Math.max(40, Math.round(chart.timeScale().width() / barPixels));
    chart.timeScale().setVisibleLogicalRange({ from: length - seen, to: length + 6 });
  }
  function setLines(lines: readonly IndicatorLines[]): void {
    if (bars) indicators.fill(bars.timesMs, lines);
  }

  return {
    place,
    drawings,
    setBars(next, lines, view) {
      const shift = bars && view === 'keep' ? shiftOf(bars.timesMs, next.timesMs) : null;
      const range = chart.timeScale().getVisibleLogicalRange();
      bars = next;
      main.set(next);
      setLines(lines);
      if (shift === null || !range) return showEnd();
      chart.timeScale().setVisibleLogicalRange({ from: range.from + shift, to: range.to + shift });
    },
    append({ bars: tail, lines, redrawn }) {
      if (!bars) return;
      bars = withTail(bars, tail);
      main.append(bars, tail.length);
      indicators.append(tail.timesMs, lines);
      if (redrawn.length > 0) setLines(redrawn);
    },
    setIndicators: (shown) => indicators.set(shown, frame.colours()),
    setLines,
    setStyle: (style) => main.setStyle(style, frame.colours()),
    setSessions: (spans) => sessions.set(spans),
    setQuote(quote) {
      if (!quote) {
        if (quoteLines)
          Object.values(quoteLines).forEach((line) => main.candles.removePriceLine(line));
        quoteLines = null;
        return;
      }
      const { buy, sell, line } = frame.colours();
      const look = { lineWidth: 1, lineStyle: LineStyle.Dotted, axisLabelVisible: true } as const;
      quoteLines ??= {
        bid: main.candles.createPriceLine({ ...look, price: quote.bid, title: say`Bid` }),
        ask: main.candles.createPriceLine({ ...look, price: quote.ask, title: say`Ask` }),
      };
      quoteLines.bid.applyOptions({ price: quote.bid, color: quote.isStale ? line : sell });
      quoteLines.ask.applyOptions({ price: quote.ask, color: quote.isStale ? line : buy });
    },
    setTimes: frame.setTimes,
    cross(ms) {
      const at = ms === null || !bars ? -1 : Math.floor(placeOf(axis(), ms) + 1e-9);
      if (!bars || at < 0 || at >= bars.length) return chart.clearCrosshairPosition();
      const price = bars.bid.close[at]! / bars.scale;
      chart.setCrosshairPosition(price, toChartTime(msAt(axis(), at)), main.candles);
    },
    hold(isHeld) {
      chart.applyOptions({ handleScroll: !isHeld, handleScale: !isHeld });
    },
    freezePrices(isFrozen) {
      const scale = chart.priceScale('right');
      if (isFrozen) {
        wasAuto ??= scale.options().autoScale;
        scale.applyOptions({ autoScale: false });
      } else if (wasAuto !== null) {
        scale.applyOptions({ autoScale: wasAuto });
        wasAuto = null;
      }
    },
    attach(layer) {
      main.candles.attachPrimitive(layer);
      return () => {
        // With the chart everything on it went.
        if (!isGone) main.candles.detachPrimitive(layer);
      };
    },
    colours: frame.colours,
    scalesPx: () => ({
      right: chart.priceScale('right').width(),
      bottom: chart.timeScale().height(),
    }),
    centre(ms) {
      const range = chart.timeScale().getVisibleLogicalRange();
      if (!range) return;
      const half = (range.to - range.from) / 2;
      const at = placeOf(axis(), ms);
      chart.timeScale().setVisibleLogicalRange({ from: at - half, to: at + half });
    },
    show(fromMs, toMs) {
      const [from, to] = [placeOf(axis(), fromMs), placeOf(axis(), toMs)];
      chart.timeScale().setVisibleLogicalRange({ from, to });
    },
    fit: () => chart.timeScale().fitContent(),
    reset() {
      chart.priceScale('right').applyOptions({ autoScale: true });
      showEnd();
    },
    repaint() {
      const colours = frame.repaint();
      main.paint(colours);
      indicators.paint(colours);
    },
    image: () => chart.takeScreenshot(true),
    destroy() {
      isGone = true;
      stopFollowing();
      chart.remove();
    },
  };
}
