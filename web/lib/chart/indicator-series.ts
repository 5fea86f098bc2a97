/** Indicators on a chart: a line, dots or columns for each output, over the prices or below them. */
import {
  HistogramSeries,
  LineSeries,
  type IChartApi,
  type ISeriesApi,
  type SeriesType,
} from 'lightweight-charts';
import type { IndicatorFacts, IndicatorLines } from '#workers/chart/api.ts';
import { toChartTime } from './chart-frame.ts';
import type { ChartColours } from './colours.ts';
import { inkNamed } from './inks.ts';

export interface ShownIndicator {
  readonly id: string;
  readonly facts: IndicatorFacts;
  readonly inks: readonly string[];
  readonly isHidden: boolean;
}

/** More panes than these would leave none of them room. */
const mostOwnPanes = 3;

interface Drawn {
  readonly id: string;
  readonly isHistogram: boolean;
  readonly ink: string;
  readonly series: ISeriesApi<SeriesType>;
}

/** Where it is drawn: 0 = over the prices, else one of the panes below. */
function panesOfIndicators(shown: readonly Pick<ShownIndicator, 'facts'>[]): readonly number[] {
  let used = 0;
  return shown.map(({ facts }) => {
    if (facts.pane !== 'own' && facts.result !== 'condition') return 0;
    used = Math.min(used + 1, mostOwnPanes);
    return used;
  });
}

function isHistogram({ result }: IndicatorFacts, output: string): boolean {
  return output === 'histogram' || result === 'condition';
}

export class IndicatorSeries {
  private drawn: readonly Drawn[] = [];
  /** Of the last bar that values are drawn at. */
  private lastMs = -Infinity;
  private readonly chart: IChartApi;
  private readonly priceFormat: { type: 'price'; precision: number; minMove: number };

  constructor(chart: IChartApi, digits: number) {
    this.chart = chart;
    this.priceFormat = { type: 'price', precision: digits, minMove: 10 ** -digits };
  }

  /** Other indicators, or the same ones to be drawn otherwise. */
  set(shown: readonly ShownIndicator[], colours: ChartColours): void {
    for (const { series } of this.drawn) this.chart.removeSeries(series);
    const visible = shown.filter(({ isHidden }) => !isHidden);
    const panes = panesOfIndicators(visible);
    this.drawn = visible.flatMap((each, at) =>
      each.facts.outputs.map((output, k) =>
        this.add(each, { output, k, pane: panes[at]! }, colours),
      ),
    );
    this.chart.panes().forEach((pane, at) => pane.setStretchFactor(at === 0 ? 3 : 1));
  }

  private add(
    { id, facts, inks }: ShownIndicator,
    { output, k, pane }: { readonly output: string; readonly k: number; readonly pane: number },
    colours: ChartColours,
  ): Drawn {
    const ink = inkNamed(inks[k]);
    const shared = {
      color: colours.inks[ink],
      lastValueVisible: pane > 0,
      priceLineVisible: false,
      ...(pane === 0 && { priceFormat: this.priceFormat }),
    };
    if (isHistogram(facts, output)) {
      const series = this.chart.addSeries(HistogramSeries, shared, pane);
      return { id, ink, isHistogram: true, series };
    }
    const isDotted = facts.name === 'parabolic_sar';
    const line = {
      lineWidth: 1,
      crosshairMarkerVisible: false,
      ...(isDotted && { lineVisible: false, pointMarkersVisible: true, pointMarkersRadius: 1.5 }),
    } as const;
    const series = this.chart.addSeries(LineSeries, { ...shared, ...line }, pane);
    return { id, ink, isHistogram: false, series };
  }

  fill(timesMs: Float64Array, lines: readonly IndicatorLines[]): void {
    this.lastMs = timesMs.at(-1) ?? -Infinity;
    this.each(lines, (series, column) => {
      series.setData(
        Array.from(column, (value, i) => ({
          time: toChartTime(timesMs[i]!),
          ...(Number.isNaN(value) ? {} : { value }),
        })),
      );
    });
  }
  /** Values of bars at the end. */
  append(timesMs: Float64Array, lines: readonly IndicatorLines[]): void {
    const { lastMs } = this;
    this.each(lines, (series, column) => {
      column.forEach((value, i) => {
        const time = toChartTime(timesMs[i]!);
        const isOld = timesMs[i]! < lastMs;
        series.update({ time, ...(Number.isNaN(value) ? {} : { value }) }, isOld);
      });
    });
    this.lastMs = Math.max(lastMs, timesMs.at(-1) ?? -Infinity);
  }
  paint(colours: ChartColours): void {
    for (const { series, ink } of this.drawn) {
      series.applyOptions({ color: colours.inks[inkNamed(ink)] });
    }
  }

  private each(
    lines: readonly IndicatorLines[],
    put: (series: ISeriesApi<SeriesType>, column: Float64Array) => void,
  ): void {
    for (const { id, columns } of lines) {
      const own = this.drawn.filter((each) => each.id === id);
      own.forEach(({ series }, k) => {
        const column = columns[k];
        if (column) put(series, column);
      });
    }
  }
}
