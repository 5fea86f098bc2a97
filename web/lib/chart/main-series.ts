/** The bars themselves in any style, and their volume at the foot of the pane. */
import {
  AreaSeries,
  BarSeries,
  CandlestickSeries,
  HistogramSeries,
  LineSeries,
  type IChartApi,
  type ISeriesApi,
  type SeriesType,
} from 'lightweight-charts';
import type { BarStyle } from '#core/collections/chart-layout.ts';
import type { Bars } from '#core/market/bars.ts';
import { toChartTime } from './chart-frame.ts';
import type { ChartColours } from './colours.ts';

const clear = 'rgba(0, 0, 0, 0)';

export class MainSeries {
  /** There in every style, drawn or not: lines and layers are attached to it. */
  readonly candles: ISeriesApi<'Candlestick'>;
  private other: ISeriesApi<SeriesType> | null = null;
  private readonly volume: ISeriesApi<'Histogram'>;
  private style: BarStyle = 'candles';
  private bars: Bars | null = null;
  private readonly chart: IChartApi;
  private readonly priceFormat: { type: 'price'; precision: number; minMove: number };

  constructor(chart: IChartApi, digits: number) {
    this.chart = chart;
    this.priceFormat = { type: 'price', precision: digits, minMove: 10 ** -digits };
    this.candles = chart.addSeries(CandlestickSeries, { priceFormat: this.priceFormat });
    this.volume = chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume',
      priceFormat: { type: 'volume' },
      lastValueVisible: false,
      priceLineVisible: false,
    });
    chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.86, bottom: 0 } });
  }

  set(bars: Bars): void {
    this.bars = bars;
    // Volume has the foot of the pane to itself.
    const bottom = bars.volume ? 0.17 : 0.06;
    this.chart.priceScale('right').applyOptions({ scaleMargins: { top: 0.08, bottom } });
    const indices = Array.from({ length: bars.length }, (_, i) => i);
    this.candles.setData(indices.map((i) => candleOf(bars, i)));
    this.fillOther();
    const { volume, timesMs } = bars;
    this.volume.setData(
      volume ? indices.map((i) => ({ time: toChartTime(timesMs[i]!), value: volume[i]! })) : [],
    );
  }
  /** `all` is what is there now, of which the last `count` are new or changed. */
  append(all: Bars, count: number): void {
    const lastMs = this.bars?.timesMs.at(-1) ?? -Infinity;
    // The broker's own count of bars that are over may come after the next has begun.
    if ((all.timesMs.at(-1) ?? -Infinity) < lastMs) return this.set(all);
    this.bars = all;
    for (let i = all.length - count; i < all.length; i++) {
      const isOld = all.timesMs[i]! < lastMs;
      this.candles.update(candleOf(all, i), isOld);
      this.other?.update(this.otherOf(all, i), isOld);
      if (!all.volume) continue;
      this.volume.update({ time: toChartTime(all.timesMs[i]!), value: all.volume[i]! }, isOld);
    }
  }
  setStyle(style: BarStyle, colours: ChartColours): void {
    this.style = style;
    if (this.other) this.chart.removeSeries(this.other);
    const options = { priceFormat: this.priceFormat };
    this.other = null;
    if (style === 'line')
      this.other = this.chart.addSeries(LineSeries, { ...options, lineWidth: 2 });
    if (style === 'area')
      this.other = this.chart.addSeries(AreaSeries, { ...options, lineWidth: 2 });
    if (style === 'bars') this.other = this.chart.addSeries(BarSeries, options);
    this.fillOther();
    this.paint(colours);
  }
  paint(colours: ChartColours): void {
    const isSeen = this.style === 'candles' || this.style === 'hollow';
    const up = isSeen ? colours.up : clear;
    const down = isSeen ? colours.down : clear;
    this.candles.applyOptions({
      upColor: this.style === 'hollow' ? clear : up,
      downColor: down,
      wickUpColor: up,
      wickDownColor: down,
      borderUpColor: up,
      borderDownColor: down,
      lastValueVisible: isSeen,
      priceLineVisible: isSeen,
    });
    this.other?.applyOptions(
      this.style === 'bars'
        ? { upColor: colours.up, downColor: colours.down }
        : {
            color: colours.accent,
            lineColor: colours.accent,
            topColor: colours.accentFaint,
            bottomColor: clear,
          },
    );
    this.volume.applyOptions({ color: colours.grid });
  }

  private fillOther(): void {
    const { bars, other } = this;
    if (!bars || !other) return;
    other.setData(Array.from({ length: bars.length }, (_, i) => this.otherOf(bars, i)));
  }
  private otherOf(bars: Bars, i: number) {
    if (this.style === 'bars') return candleOf(bars, i);
    return { time: toChartTime(bars.timesMs[i]!), value: bars.bid.close[i]! / bars.scale };
  }
}

function candleOf({ timesMs, bid, scale }: Bars, i: number) {
  return {
    time: toChartTime(timesMs[i]!),
    open: bid.open[i]! / scale,
    high: bid.high[i]! / scale,
    low: bid.low[i]! / scale,
    close: bid.close[i]! / scale,
  };
}
