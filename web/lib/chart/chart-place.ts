/** Where instants and prices lie on a chart, in pixels of its pane of prices, and back. */
import type { IChartApi, ISeriesApi, Logical, SeriesType } from 'lightweight-charts';
import type { ShapeView } from './drawing/shape.ts';
import { placeOf, type TimeAxis } from './time-axis.ts';

export interface ChartPlace extends ShapeView {
  readonly axis: TimeAxis;
  /** Bars from the first one held, as a fraction. */
  placeAt(x: number): number;
  priceAt(y: number): number | null;
}

interface PlaceOptions {
  readonly axis: () => TimeAxis;
  readonly digits: number;
}

export function chartPlace(
  chart: IChartApi,
  series: ISeriesApi<SeriesType>,
  { axis, digits }: PlaceOptions,
): ChartPlace {
  const scale = chart.timeScale();
  const left = (whole: number) => scale.logicalToCoordinate(whole as Logical) ?? 0;
  return {
    digits,
    get axis() {
      return axis();
    },
    get width() {
      return scale.width();
    },
    get height() {
      return chart.panes()[0]?.getHeight() ?? 0;
    },
    // The library places whole bars alone; between two of them lies what is between them.
    x(ms) {
      const place = placeOf(axis(), ms);
      const whole = Math.floor(place);
      const from = left(whole);
      return place === whole ? from : from + (place - whole) * (left(whole + 1) - from);
    },
    y: (price) => series.priceToCoordinate(price) ?? -1e4,
    barsBetween: (fromMs, toMs) => placeOf(axis(), toMs) - placeOf(axis(), fromMs),
    placeAt(x) {
      const whole = scale.coordinateToLogical(x) ?? 0;
      const from = left(whole);
      const widthPx = left(whole + 1) - from;
      return widthPx === 0 ? whole : whole + (x - from) / widthPx;
    },
    priceAt: (y) => series.coordinateToPrice(y),
  };
}
